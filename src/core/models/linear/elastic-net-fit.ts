import { Breather } from '#core/breather.ts';
import { numberOf, type ParameterSpec } from '#core/spec/parameters.ts';
import type { Training, TrainingInput } from '../estimator.ts';
import { columnsOf } from './centred-columns.ts';
import { CoordinateDescent } from './coordinate-descent.ts';
import { linearTrained, linearWeights, meanSquaredError } from './linear-model.ts';
import { rowWeights, weightedMean } from '../row-weights.ts';

/** Passes over the coefficients that are not 0 between two over all. */
const ACTIVE_PASSES = 10;

/** The parameters that lasso and elastic net share. */
export const penaltyParameters: readonly ParameterSpec[] = [
  {
    name: 'alpha',
    label: 'Penalty α',
    kind: 'number',
    min: 1e-6,
    max: 1e6,
    default: 0.01,
    help: 'Weight of the penalty, for a target in units of its own standard deviation.',
  },
  {
    name: 'max_iter',
    label: 'Most passes',
    kind: 'integer',
    min: 1,
    max: 100_000,
    default: 1000,
    help: 'Passes over all features, at most; ends here even where it has not converged, and says so.',
  },
  {
    name: 'tol',
    label: 'Tolerance',
    kind: 'number',
    min: 1e-14,
    max: 1,
    default: 1e-6,
    help: 'Stops when the duality gap is at most this share of the target’s squares.',
  },
];

/**
 * Minimizes 1 ÷ 2n·‖y − Xw − b‖² + α·l1Ratio·‖w‖₁ + α(1 − l1Ratio) ÷ 2·‖w‖² by coordinate descent until the
 * duality gap is small, as scikit-learn's ElasticNet does, over a standardized target.
 * @param title how the warning calls the model
 */
export async function* fitElasticNet(
  { train, validation, parameters, signal }: TrainingInput,
  l1Ratio: number,
  title: string,
): Training {
  const { rows, width } = train.features;
  const [alpha, tolerance] = [numberOf(parameters, 'alpha'), numberOf(parameters, 'tol')];
  const most = numberOf(parameters, 'max_iter');
  const counts = rowWeights(train);
  const centre = weightedMean(train.target, counts);
  const target = train.target.map((y) => y - centre);
  const problem = new CoordinateDescent(
    columnsOf(train.features),
    counts,
    target.slice(),
    new Float64Array(width),
  );
  const [l1, l2] = [alpha * l1Ratio * rows, alpha * (1 - l1Ratio) * rows];
  const wanted = tolerance * squares(target, counts);
  const breather = new Breather(signal);
  let gap = Infinity;
  let pass = 0;
  while (pass < most && gap > wanted) {
    pass += 1;
    await problem.pass(l1, l2, false, breather);
    for (let i = 0; i < ACTIVE_PASSES; i += 1) {
      const change = await problem.pass(l1, l2, true, breather);
      if (change * change <= tolerance) break;
    }
    gap = dualityGap(problem, target, counts, l1, l2);
    await breather.breathe();
    const weights = modelOf(problem, centre);
    yield {
      epoch: pass,
      epochs: most,
      trainLoss: squares(problem.residual, counts) / rows,
      validationLoss: meanSquaredError(validation, weights),
    };
  }
  const warnings =
    gap <= wanted
      ? []
      : [
          `${title} stopped after ${pass} passes with a duality gap of ${((gap * tolerance) / wanted).toPrecision(2)} of the target’s squares, above the tolerance ${tolerance}.`,
        ];
  return linearTrained(modelOf(problem, centre), 'regression', warnings);
}

function modelOf({ coefficients, means }: CoordinateDescent, centre: number) {
  const intercept = coefficients.reduce((sum, w, j) => sum - w * (means[j] ?? 0), centre);
  return linearWeights(coefficients, Float64Array.of(intercept), coefficients.length);
}

/** How far the objective can be above its minimum: primal less dual at the scaled residual (Kim et al., 2007). */
function dualityGap(
  problem: CoordinateDescent,
  target: Float64Array,
  counts: Float64Array,
  l1: number,
  l2: number,
): number {
  const { coefficients, residual, width } = problem;
  let [steepest, l1Norm, l2Norm] = [0, 0, 0];
  for (let j = 0; j < width; j += 1) {
    const w = coefficients[j] ?? 0;
    steepest = Math.max(steepest, Math.abs(problem.slope(j) - l2 * w));
    l1Norm += Math.abs(w);
    l2Norm += w * w;
  }
  const scale = steepest > l1 ? l1 / steepest : 1;
  const product = residual.reduce((sum, r, i) => sum + r * (target[i] ?? 0) * (counts[i] ?? 0), 0);
  const fit = squares(residual, counts);
  return (
    (fit * (1 + scale * scale)) / 2 +
    l1 * l1Norm -
    scale * product +
    (l2 / 2) * (1 + scale * scale) * l2Norm
  );
}

/** Σ vᵢ·xᵢ². */
function squares(values: Float64Array, counts: Float64Array): number {
  return values.reduce((sum, value, i) => sum + value * value * (counts[i] ?? 0), 0);
}
