import type { FeatureMatrix } from '#core/features/matrix.ts';
import { ln } from '#core/math.ts';
import type { FeaturePart } from '#core/onnx/feature-parts.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { Breather } from '#core/breather.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type {
  EmittedModel,
  Estimator,
  Training,
  TrainingData,
  TrainingInput,
} from '../estimator.ts';
import type { WeightTensor } from '../weight-tensor.ts';
import { answersOfLogs, emitAnswersOfLogs, logLinkWeight } from '../log-link.ts';
import { rowWeights, weightedMean } from '../row-weights.ts';
import { minimize } from './lbfgs.ts';
import { emitScores, linearScores, linearWeights } from './linear-model.ts';
import { poissonLoss } from './poisson-loss.ts';
import { RowBlocks } from './row-blocks.ts';
import { scaledProblem } from './scaled-problem.ts';
import { stoppingParameters } from './stopping.ts';

export const poissonRegression: Estimator = {
  name: 'poisson_regression',
  title: 'Poisson regression',
  shortName: 'poisson',
  summary:
    'For counts and other amounts of at least 0: the exponential of a linear score, with an L2 penalty.',
  tasks: ['regression'],
  acceptsSparse: () => true,
  acceptsWeights: true,
  leastTarget: () => 0,
  linear: 'logarithm',
  complexity: 10,
  parameters: [
    {
      name: 'alpha',
      label: 'Penalty α',
      kind: 'number',
      min: 0,
      max: 1e9,
      default: 1,
      help: 'Weight of half the squared coefficients beside the mean deviance in the target’s own unit; 0 is none.',
    },
    ...stoppingParameters({
      iterations: { max: 10_000, default: 300 },
      tolerance: 1e-6,
      help: 'Stops when no entry of the gradient, by features of unit scale and a target with the mean 1, is larger.',
    }),
  ],
  train: trainPoisson,
  emit: emitPoisson,
  emitSparse: emitPoisson,
};

function emitPoisson(
  graph: GraphBuilder,
  features: TensorName | readonly FeaturePart[],
  model: EmittedModel,
): TensorName {
  return emitAnswersOfLogs(graph, emitScores(graph, features, model), model.weights);
}

/**
 * Minimizes mean(exp(xw + b) − y·(xw + b)) + α ÷ 2·‖w‖², as scikit-learn's PoissonRegressor does, over targets divided
 * by their mean, which moves the intercept alone.
 */
async function* trainPoisson(input: TrainingInput): Training {
  const { train, validation, parameters, signal } = input;
  const { width } = train.features;
  const { mean = 0, standardDeviation = 1 } = train.targetScale ?? {};
  const counts = rowWeights(train);
  // A target of 0 comes back from its standardized form as 0 but for rounding.
  const amounts = train.target.map((z) => Math.max(0, z * standardDeviation + mean));
  const level = weightedMean(amounts, counts) || 1;
  const relative = amounts.map((amount) => amount / level);
  const breather = new Breather(signal);
  const curvature = 1;
  const { objective, unscale } = await scaledProblem({
    blocks: await RowBlocks.over({ ...train, target: relative }, 1, breather),
    loss: poissonLoss,
    penalty: numberOf(parameters, 'alpha') / level,
    curvature,
  });
  const weightsAt = (scaled: Float64Array): readonly WeightTensor[] => {
    const point = unscale(scaled);
    const intercept = (point[width] ?? 0) + ln(level);
    return [
      ...linearWeights(point.slice(0, width), Float64Array.of(intercept), width),
      logLinkWeight({ mean, standardDeviation }),
    ];
  };
  const [maxIterations, tolerance] = [
    numberOf(parameters, 'max_iter'),
    numberOf(parameters, 'tol'),
  ];
  const search = minimize(objective, new Float64Array(width + 1), {
    maxIterations,
    tolerance,
    curvature,
  });
  let step = await search.next();
  while (step.done !== true) {
    const weights = weightsAt(step.value.point);
    yield {
      epoch: step.value.iteration,
      epochs: maxIterations,
      trainLoss: squaredError(train, weights) ?? 0,
      validationLoss: squaredError(validation, weights),
    };
    step = await search.next();
  }
  const { converged, iteration, slope, point } = step.value;
  const weights = weightsAt(point);
  return {
    weights,
    warnings: converged
      ? []
      : [
          `Poisson regression stopped after ${iteration} iterations with a gradient of ${slope.toPrecision(2)}, above the tolerance ${tolerance}.`,
        ],
    predict: (features) => Promise.resolve(Float32Array.from(answers(features, weights))),
    dispose: () => undefined,
  };
}

function answers(features: FeatureMatrix, weights: readonly WeightTensor[]): Float64Array {
  return answersOfLogs(linearScores(features, weights), weights);
}

function squaredError(
  { features, target }: TrainingData,
  weights: readonly WeightTensor[],
): number | null {
  if (target.length === 0) return null;
  let sum = 0;
  for (const [i, answer] of answers(features, weights).entries()) {
    const difference = answer - (target[i] ?? 0);
    sum += difference * difference;
  }
  return sum / target.length;
}
