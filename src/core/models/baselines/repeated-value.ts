import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { EmittedModel, TrainedModel, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { weightOfType } from '../weight-tensor.ts';

/**
 * Trains a model that answers with its first feature, an earlier value of the target; with the training mean where
 * that is missing. It learns only how the target was standardized.
 */
export async function* trainRepetition({ train, validation }: TrainingInput): Training {
  const { mean, standardDeviation } = train.targetScale ?? { mean: 0, standardDeviation: 1 };
  const scale = Float64Array.of(mean, standardDeviation);
  const predict = (features: FeatureMatrix): Float32Array => repeated(features, scale);
  const loss = ({ features, target }: typeof train): number | null => {
    let sum = 0;
    for (const [i, value] of predict(features).entries()) {
      const error = value - (target[i] ?? 0);
      sum += error * error;
    }
    return target.length === 0 ? null : sum / target.length;
  };
  yield await onlyEpoch(train, validation, loss);
  return {
    weights: [{ name: 'target_scale', shape: [2], values: scale }],
    warnings: [],
    predict: (features) => Promise.resolve(predict(features)),
    dispose: () => undefined,
  } satisfies TrainedModel;
}

function repeated({ rows, width, values }: FeatureMatrix, scale: Float64Array): Float32Array {
  const [mean = 0, deviation = 1] = scale;
  return Float32Array.from({ length: rows }, (_, row) => {
    const value = values[row * width] ?? NaN;
    return Number.isNaN(value) ? 0 : (mean - value) / -deviation;
  });
}

/** Writes it into the graph, in float64, as (mean − x) ÷ −deviation: of (x − mean) onnxruntime drops a mean near 0. */
export function emitRepetition(
  graph: GraphBuilder,
  features: TensorName,
  { weights }: EmittedModel,
): TensorName {
  const [mean = 0, deviation = 1] = weightOfType(weights, 'target_scale', Float64Array).values;
  const number = (value: number): TensorName => graph.constant(Float64Array.of(value), [1]);
  const first = graph.node('Gather', [features, graph.constant(BigInt64Array.of(0n), [1])], {
    axis: 1,
  });
  const wide = graph.cast(first, 'float64');
  const difference = graph.node('Sub', [number(mean), wide]);
  const standardized = graph.node('Div', [difference, number(-deviation)]);
  const isMissing = graph.node('IsNaN', [wide]);
  return graph.cast(graph.node('Where', [isMissing, number(0), standardized]), 'float32');
}
