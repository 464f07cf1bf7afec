import type { FeatureMatrix } from '#core/features/matrix.ts';
import { mean, standardDeviation } from '#core/features/statistics.ts';
import { Breather } from '#core/breather.ts';
import { choiceOf, numberOf } from '#core/spec/parameters.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { centresModel, emitDistances } from './centres.ts';
import { randomRows, spreadRows } from './first-centres.ts';
import { groupCount, refuseGroups } from './group-count.ts';
import { lloyd, type Partition } from './lloyd.ts';
import { meanSquaredDistance } from './nearest-centre.ts';

export const kMeans: Estimator = {
  name: 'k_means',
  title: 'k-means',
  shortName: 'k-means',
  summary:
    'Puts the rows into k groups around centres, so that the squared distances to them are least; features should have like scales.',
  tasks: ['clustering'],
  answers: 'distances',
  proposed: true,
  complexity: 10,
  parameters: [
    groupCount,
    {
      name: 'init',
      label: 'First centres',
      kind: 'choice',
      choices: ['spread', 'random'],
      default: 'spread',
      help: 'Rows that lie far apart (k-means++), or rows drawn at random.',
    },
    {
      name: 'n_init',
      label: 'Starts',
      kind: 'integer',
      min: 1,
      max: 100,
      default: 10,
      help: 'How often it starts from other centres; the closest fit is kept.',
    },
    {
      name: 'max_iter',
      label: 'Iterations at most',
      kind: 'integer',
      min: 1,
      max: 10_000,
      default: 300,
      help: 'Of each start.',
    },
    {
      name: 'tol',
      label: 'Tolerance',
      kind: 'number',
      min: 0,
      max: 1,
      default: 1e-4,
      help: 'It stops once the centres’ squared shifts sum to this share of the features’ mean variance.',
    },
  ],
  train: trainKMeans,
  emit: emitDistances,
};

async function* trainKMeans(input: TrainingInput): Training {
  const { train, validation, parameters, random, signal } = input;
  const { features } = train;
  const k = numberOf(parameters, 'k');
  refuseGroups('k-means', k, features);
  const starts = numberOf(parameters, 'n_init');
  const maxIterations = numberOf(parameters, 'max_iter');
  const first = choiceOf(parameters, 'init') === 'spread' ? spreadRows : randomRows;
  const options = {
    tolerance: numberOf(parameters, 'tol') * meanVariance(features),
    maxIterations,
    breather: new Breather(signal),
  };
  let best: Partition | undefined;
  for (let start = 1; start <= starts; start += 1) {
    await options.breather.breathe();
    const centres = first(features, k, random.fork(`start:${start}`));
    const found = await lloyd(features, centres, k, options);
    if (best === undefined || found.inertia < best.inertia) best = found;
    yield {
      epoch: start,
      epochs: starts,
      trainLoss: best.inertia / features.rows,
      validationLoss: meanSquaredDistance(validation.features, best.centres, k),
    };
  }
  if (best === undefined) throw new RangeError('k-means made no start');
  const warnings = best.converged
    ? []
    : [`k-means did not settle in ${maxIterations} iterations; allow more, or a larger tolerance.`];
  return centresModel(best.centres, { k, width: features.width }, warnings);
}

/** Of the features' variances, n in the divisor. */
function meanVariance({ rows, width, values }: FeatureMatrix): number {
  let sum = 0;
  for (let j = 0; j < width; j += 1) {
    const column = Float64Array.from({ length: rows }, (_, i) => values[i * width + j] ?? 0);
    const deviation = standardDeviation(column, mean(column));
    sum += deviation * deviation;
  }
  return sum / width;
}
