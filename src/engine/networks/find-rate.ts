import { takeMatrixRows } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import {
  RANGE_STEPS,
  rateCurve,
  rateOfStep,
  type RateFinder,
  type RateFinderInput,
} from '#core/networks/rate-finder.ts';
import { Breather } from '#core/breather.ts';
import { rowsOfBatch, type Network, type NetworkBackend } from './network.ts';
import { networkStart, type PlanOf } from './network-start.ts';
import { Pace } from './pace.ts';
import { TrainingBatches } from './training-batches.ts';

/** Finds learning rates of a network on a backend. The same input gives the same bits. */
export function findRateOn(backend: NetworkBackend, planOf: PlanOf): RateFinder {
  return async (input) => {
    // A backend may measure validation rows by itself: it gets none but one that it trains on.
    const start = networkStart(planOf(input), { ...input, validation: firstRow(input.train) });
    const network = await backend.start(start);
    try {
      return await takeSteps(network, new TrainingBatches(start, input), input);
    } finally {
      network.free();
    }
  };
}

/** As a training does, over as many epochs as the steps need. */
async function takeSteps(network: Network, batches: TrainingBatches, input: RateFinderInput) {
  const { perEpoch } = batches;
  const breather = new Breather(input.signal);
  const pace = new Pace();
  const losses: number[] = [];
  let curve = rateCurve(losses);
  while (curve.ended === null) {
    const step = losses.length;
    const size = pace.next(Math.min(perEpoch - (step % perEpoch), RANGE_STEPS - step));
    const rates = Float64Array.from({ length: size }, (_, i) => rateOfStep(step + i));
    const some = batches.take(step, rates);
    const sums = await pace.time(size, () => network.trainBatches(some, breather));
    for (const [i, sum] of sums.entries()) {
      const [from, to] = rowsOfBatch(some, i);
      losses.push(sum / (to - from));
    }
    curve = rateCurve(losses);
    input.onSteps(curve.points.length);
  }
  return curve;
}

function firstRow(train: TrainingData): TrainingData {
  const { features, target, queries, weights } = train;
  return {
    ...train,
    features: takeMatrixRows(features, Int32Array.of(0)),
    target: target.slice(0, 1),
    ...(queries && { queries: queries.slice(0, 1) }),
    ...(weights && { weights: weights.slice(0, 1) }),
  };
}
