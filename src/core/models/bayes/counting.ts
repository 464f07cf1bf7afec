import { inputError } from '#core/errors.ts';
import { firstCell, forEachCell, shapeOf, sparseMatrix } from '#core/features/matrix.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { ln } from '#core/math.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { EmittedModel, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { emitLinear, linearTrained, linearWeights } from '../linear/linear-model.ts';
import { logLoss } from '../log-loss.ts';
import { classPrior } from './class-prior.ts';

/** Each feature is above 0 or not, independently within a class (scikit-learn's BernoulliNB). */
export const bernoulli = {
  train: (input: TrainingInput): Training => trainCounting(input, presences, bernoulliScores),
  emit: (graph: GraphBuilder, features: TensorName, model: EmittedModel): TensorName => {
    const zero = graph.constant(Float32Array.of(0), [1]);
    const present = graph.cast(graph.node('Greater', [features, zero]), 'float32');
    return emitLinear(graph, present, model);
  },
} as const;

/** Features are counts, drawn one by one with a class's own shares (scikit-learn's MultinomialNB). */
export const multinomial = {
  train: (input: TrainingInput): Training =>
    trainCounting(input, refuseNegative, multinomialScores),
  emit: emitLinear,
} as const;

/** Sums of the features by class, [width, outputs], and the rows of each class; both by weight. */
interface Counts {
  readonly sums: Float64Array;
  readonly rows: Float64Array;
  readonly alpha: number;
}

/** Coefficients [width, outputs], and what the scores begin with. */
interface Scores {
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
}

async function* trainCounting(
  { train, validation, parameters }: TrainingInput,
  read: (features: FeatureMatrix) => FeatureMatrix,
  scoresOf: (counts: Counts) => Scores,
): Training {
  const { outputs, target } = train;
  const features = read(train.features);
  const { width } = features;
  const { weights: counted, counts, logShares } = classPrior(train);
  const sums = new Float64Array(width * outputs);
  forEachCell(features, (i, j, value) => {
    const at = j * outputs + (target[i] ?? 0);
    sums[at] = (sums[at] ?? 0) + (counted[i] ?? 0) * value;
  });
  const alpha = numberOf(parameters, 'alpha');
  const { coefficients, intercepts } = scoresOf({ sums, rows: counts, alpha });
  const total = intercepts.map((intercept, k) => intercept + (logShares[k] ?? 0));
  const model = linearTrained(linearWeights(coefficients, total, width), 'classification', []);
  const predict = (features: FeatureMatrix): Promise<Float32Array> =>
    model.predict(read === presences ? presences(features) : features);
  yield await onlyEpoch(train, validation, async (part) =>
    logLoss(await predict(part.features), part.target, outputs),
  );
  return { ...model, predict };
}

/** 1 where a feature is above 0, and else 0. */
function presences(features: FeatureMatrix): FeatureMatrix {
  const { sparse } = features;
  const of = (values: Float32Array): Float32Array => values.map((value) => Number(value > 0));
  return sparse === undefined
    ? { ...features, values: of(features.values) }
    : sparseMatrix(shapeOf(features), { ...sparse, values: of(sparse.values) });
}

function refuseNegative(features: FeatureMatrix): FeatureMatrix {
  const found = firstCell(features, (value) => value < 0);
  if (found === null) return features;
  const name = features.names[found.feature] ?? '';
  throw inputError(
    'negative_count',
    `Naive Bayes of the kind multinomial takes counts of at least 0, and the feature "${name}" has the value ${found.value} in a training row.`,
    'Leave out the step that makes it negative (scale does), or choose the kind gaussian.',
  );
}

/** ln p where a feature is there and ln(1 − p) where it is not, as differences from all being away. */
function bernoulliScores({ sums, rows, alpha }: Counts): Scores {
  const intercepts = new Float64Array(rows.length);
  const coefficients = sums.map((sum, at) => {
    const k = at % rows.length;
    const of = (rows[k] ?? 0) + 2 * alpha;
    const away = ln(((rows[k] ?? 0) - sum + alpha) / of);
    intercepts[k] = (intercepts[k] ?? 0) + away;
    return ln((sum + alpha) / of) - away;
  });
  return { coefficients, intercepts };
}

/** ln of each feature's share of a class's counts. */
function multinomialScores({ sums, rows, alpha }: Counts): Scores {
  const totals = new Float64Array(rows.length);
  for (const [at, sum] of sums.entries()) {
    const k = at % rows.length;
    totals[k] = (totals[k] ?? 0) + sum + alpha;
  }
  const coefficients = sums.map((sum, at) => ln((sum + alpha) / (totals[at % rows.length] ?? 1)));
  return { coefficients, intercepts: new Float64Array(rows.length) };
}
