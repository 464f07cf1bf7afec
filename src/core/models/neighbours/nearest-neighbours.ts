import { inputError } from '#core/errors.ts';
import { shapeOf, type FeatureMatrix } from '#core/features/matrix.ts';
import type { Estimator, Training, TrainingData, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { logLoss } from '../log-loss.ts';
import { emitNeighbours } from './emit-neighbours.ts';
import { keepRows } from './kept-rows.ts';
import { answersOf } from './neighbour-answers.ts';
import { ruleOf } from './rule.ts';

/** A prediction looks at every cell that is kept: at this many the graph takes about 15 ms a row. */
export const MAX_CELLS = 2_000_000;
/** Rows of a part that its loss is computed over; all would cost the square of their number. */
const LOSS_ROWS = 300;

export const nearestNeighbours: Estimator = {
  name: 'nearest_neighbours',
  title: 'Nearest neighbours',
  shortName: 'neighbours',
  summary:
    'Answers with the mean of the k training rows that are closest; features should have like scales.',
  tasks: ['classification', 'regression'],
  carriesData:
    'Nearest neighbours keep all training rows: their features as the steps leave them, and their targets.',
  complexity: 30,
  parameters: [
    {
      name: 'k',
      label: 'Neighbours k',
      kind: 'integer',
      min: 1,
      max: 1000,
      default: 5,
      help: 'How many training rows answer; of equally close ones those that come first.',
    },
    {
      name: 'weights',
      label: 'Neighbours count',
      kind: 'choice',
      choices: ['uniform', 'distance'],
      default: 'uniform',
      help: 'Each the same, or one over its distance; rows at distance 0 then answer alone.',
    },
    {
      name: 'metric',
      label: 'Distance',
      kind: 'choice',
      choices: ['euclidean', 'manhattan'],
      default: 'euclidean',
      help: 'The root of the squared differences, or the sum of the absolute ones.',
    },
  ],
  train: trainNeighbours,
  emit: emitNeighbours,
};

async function* trainNeighbours({ train, validation, parameters }: TrainingInput): Training {
  const rule = ruleOf(parameters);
  refuseSizes(train.features, rule.k);
  const weights = keepRows(train);
  const predict = (features: FeatureMatrix): Promise<Float32Array> =>
    answersOf(features, weights, rule, train.outputs);
  yield await onlyEpoch(train, validation, (part) => lossOf(part, predict));
  return { weights, warnings: [], predict, dispose: () => undefined };
}

function refuseSizes({ rows, width }: FeatureMatrix, k: number): void {
  if (k > rows) {
    throw inputError(
      'too_few_neighbours',
      `Nearest neighbours: k is ${k}, and there ${rows === 1 ? 'is 1 training row' : `are ${rows} training rows`}.`,
      `Choose a k of at most ${rows}.`,
    );
  }
  if (rows * width > MAX_CELLS) {
    throw inputError(
      'too_many_neighbours',
      `Nearest neighbours would keep ${rows} training rows of ${width} features, ${rows * width} numbers, and every prediction would look at all of them; the limit is ${MAX_CELLS}.`,
      `Give at most ${Math.floor(MAX_CELLS / width)} rows of so many features, or choose another model.`,
    );
  }
}

/** Of the first rows: cross-entropy, or squared error. */
async function lossOf(
  { task, features, target, outputs }: TrainingData,
  predict: (features: FeatureMatrix) => Promise<Float32Array>,
): Promise<number | null> {
  const rows = Math.min(features.rows, LOSS_ROWS);
  const values = features.values.subarray(0, rows * features.width);
  const answers = await predict({ ...shapeOf(features), rows, values });
  const truth = target.subarray(0, rows);
  if (task === 'classification') return logLoss(answers, truth, outputs);
  const squares = truth.map((y, i) => (y - (answers[i] ?? 0)) * (y - (answers[i] ?? 0)));
  return rows === 0 ? null : squares.reduce((sum, square) => sum + square, 0) / rows;
}
