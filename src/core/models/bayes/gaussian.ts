import type { FeatureMatrix } from '#core/features/matrix.ts';
import { ln } from '#core/math.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { EmittedModel, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { weightOfType, type WeightTensor } from '../weight-tensor.ts';
import { softmaxRows } from '../linear/linear-model.ts';
import { logLoss } from '../log-loss.ts';
import { classPrior } from './class-prior.ts';

const LN_2_PI = 1.8378770664093453;

/** Each feature is normal within a class; variances are smoothed as scikit-learn's GaussianNB smooths them. */
export const gaussian = { train: trainGaussian, emit: emitGaussian } as const;

async function* trainGaussian({ train, validation, parameters }: TrainingInput): Training {
  const { outputs, target, features } = train;
  const { width, rows, values } = features;
  const { weights: counted, counts, logShares } = classPrior(train);
  /** Adds up a number of every cell by feature and class, in shares of the class. */
  const byClass = (numberAt: (x: number, at: number) => number): Float64Array => {
    const sums = new Float64Array(width * outputs);
    for (let i = 0; i < rows; i += 1) {
      const label = target[i] ?? 0;
      const share = (counted[i] ?? 0) / (counts[label] || 1);
      for (let j = 0; j < width; j += 1) {
        const at = j * outputs + label;
        sums[at] = (sums[at] ?? 0) + share * numberAt(values[i * width + j] ?? 0, at);
      }
    }
    return sums;
  };
  const means = byClass((x) => x);
  const variances = byClass((x, at) => (x - (means[at] ?? 0)) * (x - (means[at] ?? 0)));
  const added = numberOf(parameters, 'var_smoothing') * (largestVariance(features) || 1);
  const halfPrecisions = variances.map((variance) => 0.5 / (variance + added));
  const offsets = logShares.map((share, k) => {
    let sum = 0;
    for (let j = 0; j < width; j += 1) {
      sum += LN_2_PI + ln((variances[j * outputs + k] ?? 0) + added);
    }
    return share - sum / 2;
  });
  const weights: readonly WeightTensor[] = [
    { name: 'means', shape: [width, outputs], values: means },
    { name: 'half_precisions', shape: [width, outputs], values: halfPrecisions },
    { name: 'offsets', shape: [1, outputs], values: offsets },
  ];
  const probabilities = (of: FeatureMatrix): Float64Array =>
    softmaxRows(scores(of, means, halfPrecisions, offsets), outputs);
  yield await onlyEpoch(train, validation, (part) =>
    logLoss(probabilities(part.features), part.target, outputs),
  );
  return {
    weights,
    warnings: [],
    predict: (of) => Promise.resolve(Float32Array.from(probabilities(of))),
    dispose: () => undefined,
  };
}

/**
 * ln of share and density: offset − Σ (x − mean)²·precision ÷ 2, from differences and in the order of the features.
 * Far from the training rows these sums are huge and their last digits decide, so the graph does it step for step.
 */
function scores(
  { rows, width, values }: FeatureMatrix,
  means: Float64Array,
  halfPrecisions: Float64Array,
  offsets: Float64Array,
): Float64Array {
  const outputs = offsets.length;
  const found = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i += 1) {
    for (let k = 0; k < outputs; k += 1) {
      let score = offsets[k] ?? 0;
      for (let j = 0; j < width; j += 1) {
        const away = (values[i * width + j] ?? 0) - (means[j * outputs + k] ?? 0);
        score -= away * away * (halfPrecisions[j * outputs + k] ?? 0);
      }
      found[i * outputs + k] = score;
    }
  }
  return found;
}

function emitGaussian(
  graph: GraphBuilder,
  features: TensorName,
  { weights, outputs }: EmittedModel,
): TensorName {
  const constant = (name: string): TensorName => {
    const { values, shape } = weightOfType(weights, name, Float64Array);
    return graph.constant(values, shape, name);
  };
  const rows = graph.node('Shape', [features], { start: 0, end: 1 });
  const shape = graph.node(
    'Concat',
    [rows, graph.constant(BigInt64Array.of(BigInt(outputs)), [1])],
    { axis: 0 },
  );
  const start = graph.node('Expand', [constant('offsets'), shape]);
  const byFeature = graph.cast(graph.node('Transpose', [features], { perm: [1, 0] }), 'float64');
  const lastAxis = graph.constant(BigInt64Array.of(1n), [1]);
  const [found = ''] = graph.scan(
    [start],
    [byFeature, constant('means'), constant('half_precisions')],
    ([score = ''], [x = '', mean = '', halfPrecision = '']) => {
      const away = graph.node('Sub', [graph.node('Unsqueeze', [x, lastAxis]), mean]);
      const term = graph.node('Mul', [graph.node('Mul', [away, away]), halfPrecision]);
      return { states: [graph.node('Sub', [score, term])], stacked: [] };
    },
  );
  return graph.cast(graph.node('Softmax', [found], { axis: 1 }), 'float32');
}

/** The largest variance that a feature has over all rows. */
function largestVariance({ rows, width, values }: FeatureMatrix): number {
  let largest = 0;
  for (let j = 0; j < width; j += 1) {
    let [mean, variance] = [0, 0];
    for (let i = 0; i < rows; i += 1) mean += (values[i * width + j] ?? 0) / rows;
    for (let i = 0; i < rows; i += 1) {
      const away = (values[i * width + j] ?? 0) - mean;
      variance += (away * away) / rows;
    }
    largest = Math.max(largest, variance);
  }
  return largest;
}
