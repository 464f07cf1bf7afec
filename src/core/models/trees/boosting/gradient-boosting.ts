import { startTreeMachine, type TreeMachine } from '#core/kernels/tree-kernels.ts';
import { ONE_THREAD } from '#core/parallel/threads.ts';
import { Breather } from '#core/breather.ts';
import { choiceOf, numberOf } from '#core/spec/parameters.ts';
import type { Estimator, Training, TrainingInput } from '#core/models/estimator.ts';
import { logLinkWeight, NOT_STANDARDIZED } from '#core/models/log-link.ts';
import { binFeatures } from '../binned-features.ts';
import { Boosted, Watched } from './boosted.ts';
import { boostingAnswers, emitBoosting } from './boosting-answers.ts';
import { boostingParameters } from './boosting-parameters.ts';
import { gainImportances } from '../gain-importances.ts';
import { lossFor } from './losses/registry.ts';
import { directionsOf } from './monotone.ts';
import { usableCategories } from './usable-categories.ts';

export const gradientBoosting: Estimator = {
  name: 'gradient_boosting',
  title: 'Gradient boosting',
  shortName: 'boosting',
  summary:
    'Trees that each correct the ones before, grown leaf by leaf over histograms of at most 255 bins; takes missing values as they are, and ordinal codes of categories as sets.',
  tasks: ['classification', 'regression'],
  stopsEarly: true,
  acceptsMissing: true,
  acceptsWeights: true,
  complexity: 60,
  leastTarget: (parameters) => (choiceOf(parameters, 'loss') === 'poisson' ? 0 : undefined),
  check: (train, parameters, path) => void directionsOf(train, parameters, path),
  parameters: boostingParameters,
  train: trainBoosting,
  importances: gainImportances,
  trees: 'added',
  emit: emitBoosting,
};

/**
 * Histogram gradient boosting with the definitions of scikit-learn's HistGradientBoosting (bins, baseline, gains, leaf
 * values, missing values). It stops once the loss of the validation rows has had no new best for `patience`
 * iterations, and then keeps the trees up to the best one, as LightGBM does; scikit-learn keeps all.
 */
export async function* trainBoosting(input: TrainingInput): Training {
  const { threads = ONE_THREAD } = input;
  const machine = await startTreeMachine(workMs(input) < threads.worthMs ? ONE_THREAD : threads);
  try {
    return yield* boost(input, machine);
  } finally {
    machine.crew.end();
  }
}

/** About how long one thread takes: 3 ns for each row, feature and tree. */
function workMs({ train: { features, outputs, task }, parameters }: TrainingInput): number {
  const perIteration = task === 'classification' && outputs > 2 ? outputs : 1;
  const trees = numberOf(parameters, 'max_iter') * perIteration;
  return features.rows * features.width * trees * 3e-6;
}

interface Losses {
  trainLoss: number;
  validationLoss: number | null;
}

async function* boost(input: TrainingInput, machine: TreeMachine): Training {
  const { train, validation, parameters, random, signal } = input;
  const number = (name: string): number => numberOf(parameters, name);
  const breather = new Breather(signal);
  const { categories, warnings } = usableCategories(train.features, number('max_bins'));
  const drawn = random.fork('bins');
  const binned = binFeatures(machine, train.features, number('max_bins'), drawn, categories);
  await breather.breathe();
  const loss = lossFor(train.task, parameters);
  const share = number('max_features');
  const boosted = new Boosted(machine, binned, train, loss, {
    maxLeaves: number('max_leaf_nodes'),
    maxDepth: number('max_depth'),
    leastRows: number('min_samples_leaf'),
    l2: number('l2_regularization'),
    learningRate: number('learning_rate'),
    directions: directionsOf(train, parameters, 'parameters'),
    tried: share < 1 ? { share, random: random.fork('features') } : undefined,
  });
  const { outputs } = boosted;
  const watched = new Watched(validation, loss, boosted.baseline);
  const epochs = number('max_iter');
  const patience = number('patience');
  let best = { loss: Infinity, epoch: 0 };
  boosted.prepare(() => undefined);
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    for (let k = 0; k < outputs; k += 1) {
      boosted.addTree(k);
      await breather.breathe();
    }
    const measured: Losses = { trainLoss: 0, validationLoss: null };
    boosted.prepare(() => {
      watched.add(boosted.trees, (epoch - 1) * outputs);
      measured.trainLoss = boosted.loss();
      measured.validationLoss = watched.loss();
    });
    const { validationLoss } = measured;
    yield { epoch, epochs, ...measured };
    if (validationLoss === null || patience === 0) continue;
    if (validationLoss < best.loss) best = { loss: validationLoss, epoch };
    if (epoch - best.epoch >= patience) break;
  }
  if (best.epoch > 0) boosted.trees.cut(best.epoch * outputs);
  const { targetScale = NOT_STANDARDIZED } = train;
  const weights = [
    ...boosted.trees.weights(boosted.baseline),
    ...(loss.logLink === true ? [logLinkWeight(targetScale)] : []),
  ];
  return {
    weights,
    warnings,
    predict: (features) =>
      Promise.resolve(Float32Array.from(boostingAnswers(weights, train.task, features))),
    dispose: () => undefined,
  };
}
