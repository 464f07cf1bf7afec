import { recordsOf, type FeaturePart } from '#core/onnx/feature-parts.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { TrainedModel } from '../estimator.ts';
import type { WeightTensor } from '../weight-tensor.ts';

/** A model that gives every record the same row of numbers. */
export function constantModel(row: WeightTensor<Float32Array>): TrainedModel {
  const { values } = row;
  return {
    weights: [row],
    warnings: [],
    predict(features) {
      const out = new Float32Array(features.rows * values.length);
      for (let i = 0; i < features.rows; i += 1) out.set(values, i * values.length);
      return Promise.resolve(out);
    },
    dispose: () => undefined,
  };
}

/** Writes a constant row into the graph, once per record: [N, row length]. */
export function repeatRow(
  graph: GraphBuilder,
  features: TensorName | readonly FeaturePart[],
  row: WeightTensor<Float32Array>,
): TensorName {
  const length = row.values.length;
  const records = typeof features === 'string' ? features : recordsOf(features);
  const count = graph.node('Shape', [records], { start: 0, end: 1 });
  const width = graph.constant(BigInt64Array.of(BigInt(length)), [1]);
  const shape = graph.node('Concat', [count, width], { axis: 0 });
  return graph.node('Expand', [graph.constant(row.values, [1, length], row.name), shape]);
}
