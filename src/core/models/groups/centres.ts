import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { EmittedModel, TrainedModel } from '../estimator.ts';
import { weightOfType, type WeightTensor } from '../weight-tensor.ts';

/** Centres as a model keeps them, [k, width], in the unit of the features. */
function centresWeight(values: Float64Array, k: number, width: number): WeightTensor {
  return { name: 'centres', shape: [k, width], values };
}

/** A model that answers with the distance to each of its centres; the nearest is a row's group. */
export function centresModel(
  centres: Float64Array,
  { k, width }: { readonly k: number; readonly width: number },
  warnings: readonly string[],
): TrainedModel {
  return {
    weights: [centresWeight(centres, k, width)],
    warnings,
    predict: (features) => Promise.resolve(distancesTo(centres, k, features)),
    dispose: () => undefined,
  };
}

/** Euclidean distance of every row to every centre, [rows, k]. */
export function distancesTo(
  centres: Float64Array,
  k: number,
  { rows, width, values }: FeatureMatrix,
): Float32Array {
  const distances = new Float32Array(rows * k);
  for (let i = 0; i < rows; i += 1) {
    for (let c = 0; c < k; c += 1) {
      distances[i * k + c] = Math.sqrt(squaredDistance(values, i, centres, c, width));
    }
  }
  return distances;
}

/** Between row i of one matrix and row c of another. */
export function squaredDistance(
  rows: Float32Array | Float64Array,
  i: number,
  centres: Float32Array | Float64Array,
  c: number,
  width: number,
): number {
  let sum = 0;
  const [row, centre] = [i * width, c * width];
  for (let j = 0; j < width; j += 1) {
    const away = (rows[row + j] ?? 0) - (centres[centre + j] ?? 0);
    sum += away * away;
  }
  return sum;
}

/** Writes the distances into the graph, one centre after the other, so that memory is for the differences to one. */
export function emitDistances(
  graph: GraphBuilder,
  features: TensorName,
  { weights }: EmittedModel,
): TensorName {
  const { values, shape, name } = weightOfType(weights, 'centres', Float64Array);
  const wide = graph.cast(features, 'float64');
  const second = graph.constant(BigInt64Array.of(1n), [1]);
  const centres = graph.constant(values, shape, name);
  const [distances = ''] = graph.scan([], [centres], (_, [centre = '']) => {
    const away = graph.node('Sub', [wide, centre]);
    const squares = graph.node('Mul', [away, away]);
    const sum = graph.node('ReduceSum', [squares, second], { keepdims: 0 });
    return { states: [], stacked: [graph.node('Sqrt', [sum])] };
  });
  return graph.cast(graph.node('Transpose', [distances], { perm: [1, 0] }), 'float32');
}
