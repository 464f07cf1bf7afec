import { inputError } from '#core/errors.ts';
import { hintNear } from '#core/nearest-name.ts';
import { pixels } from '#core/features/images/pixels.ts';
import { steps as featureSteps } from '#core/features/registry.ts';
import { sequence } from '#core/features/sequences/sequence.ts';
import type { Spec } from '#core/spec/spec.ts';
import type { Estimator } from './estimator.ts';
import { autoencoder } from './networks/autoencoder.ts';
import { evenScore } from './anomalies/even-score.ts';
import { isolationForest } from './anomalies/isolation-forest.ts';
import { gaussianMixture } from './groups/gaussian-mixture.ts';
import { kMeans } from './groups/k-means.ts';
import { randomCentres } from './groups/random-centres.ts';
import { constantScore } from './baselines/constant-score.ts';
import { pca } from './components/pca.ts';
import { randomProjection } from './components/random-projection.ts';
import { decisionTree } from './trees/forest/decision-tree.ts';
import { elasticNet } from './linear/elastic-net.ts';
import { extraTrees } from './trees/forest/extra-trees.ts';
import { gradientBoosting } from './trees/boosting/gradient-boosting.ts';
import { lambdaMart } from './trees/boosting/lambda-mart.ts';
import { lasso } from './linear/lasso.ts';
import { lastValue } from './baselines/last-value.ts';
import { logisticRegression } from './linear/logistic-regression.ts';
import { majority } from './baselines/majority.ts';
import { meanBaseline } from './baselines/mean.ts';
import { medianBaseline } from './baselines/median.ts';
import { characterCounts } from './characters/character-counts.ts';
import { characterPairs } from './characters/character-pairs.ts';
import { charTransformer } from './networks/char-transformer.ts';
import { cnn } from './networks/cnn.ts';
import { conv1d } from './networks/conv1d.ts';
import { gru } from './networks/gru.ts';
import { mlp } from './networks/mlp.ts';
import { textClassifier } from './networks/text-classifier.ts';
import { naiveBayes } from './bayes/naive-bayes.ts';
import { nearestNeighbours } from './neighbours/nearest-neighbours.ts';
import { randomForest } from './trees/forest/random-forest.ts';
import { poissonRegression } from './linear/poisson-regression.ts';
import { quantileRegression } from './linear/quantile-regression.ts';
import { ridge } from './linear/ridge.ts';
import { seasonalNaive } from './baselines/seasonal-naive.ts';

/** Every estimator there is, simplest first; adding one is a file and a row here. */
export const estimators: readonly Estimator[] = [
  majority,
  meanBaseline,
  medianBaseline,
  lastValue,
  seasonalNaive,
  constantScore,
  naiveBayes,
  logisticRegression,
  ridge,
  lasso,
  elasticNet,
  poissonRegression,
  quantileRegression,
  nearestNeighbours,
  decisionTree,
  randomForest,
  extraTrees,
  gradientBoosting,
  lambdaMart,
  mlp,
  conv1d,
  gru,
  cnn,
  textClassifier,
  randomCentres,
  kMeans,
  gaussianMixture,
  evenScore,
  isolationForest,
  autoencoder,
  randomProjection,
  pca,
  characterCounts,
  characterPairs,
  charTransformer,
];

/**
 * What can do what a spec asks for; the baselines of forecasts only where it asks for one, what reads images only where
 * its steps make pixels of them, what reads texts only where a step is for these, and what reads sequences only where a
 * step makes them, or of a forecast's windows.
 */
export function estimatorsFor({
  task,
  forecast,
  steps = [],
}: Pick<Spec, 'task' | 'forecast'> & Partial<Pick<Spec, 'steps'>>): readonly Estimator[] {
  const seesImages = steps.some(({ step }) => step === pixels.name);
  const seesTexts = steps.some(({ step }) =>
    featureSteps.some(({ name, accepts }) => name === step && accepts.includes('text')),
  );
  const seesSequences = forecast !== undefined || steps.some(({ step }) => step === sequence.name);
  return estimators.filter(
    ({ tasks, repeats, readsImages, readsTokens, readsSequences }) =>
      tasks.includes(task) &&
      (repeats === undefined || forecast !== undefined) &&
      (readsImages === undefined || seesImages) &&
      (readsTokens === undefined || seesTexts) &&
      (readsSequences === undefined || seesSequences),
  );
}

export function estimatorNamed(name: string, path = 'candidates'): Estimator {
  const found = estimators.find((estimator) => estimator.name === name);
  if (found !== undefined) return found;
  const known = estimators.map((estimator) => estimator.name);
  throw inputError(
    'unknown_model',
    `${path}: there is no model named "${name}".`,
    hintNear(name, known, `Known models: ${known.join(', ')}.`),
    { path },
  );
}
