import { eigenSteps, type Eigen } from '#core/features/reduction/symmetric-eigen.ts';
import type { Breather } from '#core/breather.ts';
import { normalEquations } from '../linear/normal-equations.ts';
import type { TrainingData } from '../estimator.ts';

/** The mean of the training rows, [width], and their covariances, [width, width], by n − 1. */
export interface Spread {
  readonly centre: Float64Array;
  readonly covariance: Float64Array;
  /** Sum of the variances of all features. */
  readonly total: number;
}

export async function spreadOf(data: TrainingData, breather: Breather): Promise<Spread> {
  const { rows, width } = data.features;
  const { means, gram } = await normalEquations(data, breather);
  const divisor = Math.max(1, rows - 1);
  const covariance = new Float64Array(width * width);
  let total = 0;
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j < width; j += 1) {
      const both = (gram[i * width + j] ?? 0) + (gram[j * width + i] ?? 0);
      covariance[i * width + j] = both / (2 * divisor);
    }
    total += Math.max(0, covariance[i * width + i] ?? 0);
  }
  return { centre: means, covariance, total };
}

/** Eigenvalues and vectors of the covariances; a cancel is heard between its steps. */
export async function eigenOf({ covariance, centre }: Spread, breather: Breather): Promise<Eigen> {
  const steps = eigenSteps(covariance, centre.length);
  for (;;) {
    await breather.breathe();
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
