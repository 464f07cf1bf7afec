import { keptParameters, principalAxes } from '#core/features/reduction/principal-axes.ts';
import { Breather } from '#core/breather.ts';
import type { RandomStream } from '#core/random.ts';
import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import {
  emitProjection,
  meanSquaredError,
  projectionAxes,
  projectionModel,
  type Projection,
} from './projection.ts';
import { refuseFeatures } from './refuse-features.ts';
import { eigenOf, spreadOf, type Spread } from './spread.ts';

const TITLE = 'Random directions';

/** Of p features k random directions keep k ÷ p of the variance in the mean: more than that is what the columns share. */
export const randomProjection: Estimator = {
  name: 'random_projection',
  title: TITLE,
  shortName: 'baseline',
  summary:
    'Baseline: each row’s places along random directions at right angles, as many as are asked for, or as principal components need for the share.',
  tasks: ['reduction'],
  answers: 'components',
  baseline: true,
  proposed: true,
  complexity: 0,
  parameters: keptParameters('count'),
  check: ({ features }, parameters, path) => refuseFeatures(TITLE, features, parameters, path),
  train: drawDirections,
  emit: emitProjection,
  axes: projectionAxes,
};

async function* drawDirections(input: TrainingInput): Training {
  const { train, validation, parameters, random, signal } = input;
  refuseFeatures(TITLE, train.features, parameters);
  const breather = new Breather(signal);
  const spread = await spreadOf(train, breather);
  const k = await countOf(spread, parameters, breather);
  const { width } = train.features;
  const projection: Projection = {
    centre: spread.centre,
    axes: orthonormal(k, width, random),
    scales: new Float64Array(k).fill(1),
  };
  yield await onlyEpoch(train, validation, (part) => meanSquaredError(projection, part.features));
  const variances = Array.from(projection.scales, (_, c) =>
    varianceAlong(projection.axes.subarray(c * width, (c + 1) * width), spread),
  );
  return projectionModel(projection, { variances, total: spread.total }, []);
}

/** As many as are asked for, or as principal components would need for the share. */
async function countOf(
  spread: Spread,
  parameters: ParameterValues,
  breather: Breather,
): Promise<number> {
  if (choiceOf(parameters, 'keep') === 'count') return numberOf(parameters, 'n_components');
  return principalAxes(await eigenOf(spread, breather), parameters).axes.length;
}

/**
 * Unit vectors at right angles, [k, width], without preference for any direction: normal draws, each freed of those before
 * it (Gram and Schmidt; twice, which is enough to the last bits: Giraud, Langou and Rozložník, 2005).
 */
function orthonormal(k: number, width: number, random: RandomStream): Float64Array {
  const axes = new Float64Array(k * width);
  for (let c = 0; c < k; c += 1) {
    const own = axes.subarray(c * width, (c + 1) * width);
    for (let j = 0; j < width; j += 1) own[j] = random.normal();
    for (const before of [...Array(2 * c).keys()].map((at) => at % c)) {
      const other = axes.subarray(before * width, (before + 1) * width);
      const share = product(own, other);
      for (let j = 0; j < width; j += 1) own[j] = (own[j] ?? 0) - share * (other[j] ?? 0);
    }
    const length = Math.sqrt(product(own, own));
    for (let j = 0; j < width; j += 1) own[j] = (own[j] ?? 0) / length;
  }
  return axes;
}

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + value * (b[j] ?? 0), 0);
}

function varianceAlong(axis: Float64Array, { covariance }: Spread): number {
  const width = axis.length;
  return axis.reduce(
    (sum, weight, j) =>
      sum + weight * product(covariance.subarray(j * width, (j + 1) * width), axis),
    0,
  );
}
