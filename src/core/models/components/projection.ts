import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { EmittedModel, ProjectionAxes, TrainedModel } from '../estimator.ts';
import { weightOfType, type WeightTensor } from '../weight-tensor.ts';

/** Rows seen along k orthonormal axes: component = axis · (row − centre) ÷ scale. */
export interface Projection {
  /** Mean of the training rows, [width]. */
  readonly centre: Float64Array;
  /** Unit vectors, at right angles to each other, [k, width]. */
  readonly axes: Float64Array;
  /** What each component is divided by, [k]. */
  readonly scales: Float64Array;
}

/** A model that answers with the components of a row, and how far the row is from what they say it is. */
export function projectionModel(
  projection: Projection,
  variances: Omit<ProjectionAxes, 'axes'>,
  warnings: readonly string[],
): TrainedModel {
  const { centre, axes, scales } = projection;
  const weights: WeightTensor[] = [
    { name: 'centre', shape: [centre.length], values: centre },
    { name: 'axes', shape: [scales.length, centre.length], values: axes },
    { name: 'scales', shape: [scales.length], values: scales },
    {
      name: 'variances',
      shape: [variances.variances.length],
      values: Float64Array.from(variances.variances),
    },
    { name: 'total_variance', shape: [1], values: Float64Array.of(variances.total) },
  ];
  return {
    weights,
    warnings,
    predict: (features) => Promise.resolve(projectRows(projection, features)),
    dispose: () => undefined,
  };
}

/** The axes of a trained model. */
export function projectionAxes(weights: readonly WeightTensor[]): ProjectionAxes {
  const read = (name: string): Float64Array => weightOfType(weights, name, Float64Array).values;
  const [axes, width] = [read('axes'), read('centre').length];
  const [total = 0] = read('total_variance');
  return {
    axes: Array.from(read('scales'), (_, k) => axes.subarray(k * width, (k + 1) * width)),
    variances: Array.from(read('variances')),
    total,
  };
}

/** Each row's k components and, behind them, its distance from the row that they stand for: [rows, k + 1]. */
function projectRows(
  { centre, axes, scales }: Projection,
  { rows, width, values }: Pick<FeatureMatrix, 'rows' | 'width' | 'values'>,
): Float32Array {
  const k = scales.length;
  const answers = new Float32Array(rows * (k + 1));
  const left = new Float64Array(width);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < width; j += 1) left[j] = (values[i * width + j] ?? 0) - (centre[j] ?? 0);
    const away = left.slice();
    for (let c = 0; c < k; c += 1) {
      let sum = 0;
      for (let j = 0; j < width; j += 1) sum += (away[j] ?? 0) * (axes[c * width + j] ?? 0);
      for (let j = 0; j < width; j += 1)
        left[j] = (left[j] ?? 0) - sum * (axes[c * width + j] ?? 0);
      answers[i * (k + 1) + c] = sum / (scales[c] ?? 1);
    }
    let square = 0;
    for (const value of left) square += value * value;
    answers[i * (k + 1) + k] = Math.sqrt(square);
  }
  return answers;
}

/** Mean squared distance of rows from what their components say; null for no rows. */
export function meanSquaredError(projection: Projection, features: FeatureMatrix): number | null {
  const answers = projectRows(projection, features);
  const step = projection.scales.length + 1;
  let sum = 0;
  for (let at = step - 1; at < answers.length; at += step) {
    const error = answers[at] ?? 0;
    sum += error * error;
  }
  return features.rows === 0 ? null : sum / features.rows;
}

/** The same as `projectRows`; minus (centre − x), because onnxruntime drops a Sub whose constant on the right is nearly 0. */
export function emitProjection(
  graph: GraphBuilder,
  features: TensorName,
  { weights }: EmittedModel,
): TensorName {
  const axes = weightOfType(weights, 'axes', Float64Array);
  const [k = 0, width = 0] = axes.shape;
  const across = Float64Array.from(
    { length: width * k },
    (_, at) => -(axes.values[(at % k) * width + Math.floor(at / k)] ?? 0),
  );
  const constantOf = (name: string): TensorName => {
    const { values, shape } = weightOfType(weights, name, Float64Array);
    return graph.constant(values, shape, name);
  };
  const negated = graph.node('Sub', [constantOf('centre'), graph.cast(features, 'float64')]);
  const along = graph.node('MatMul', [negated, graph.constant(across, [width, k])]);
  const stoodFor = graph.node('MatMul', [along, constantOf('axes')]);
  const left = graph.node('Add', [stoodFor, negated]);
  const second = graph.constant(BigInt64Array.of(1n), [1]);
  const sum = graph.node('ReduceSum', [graph.node('Mul', [left, left]), second], { keepdims: 1 });
  const components = graph.node('Div', [along, constantOf('scales')]);
  return graph.cast(graph.concat([components, graph.node('Sqrt', [sum])]), 'float32');
}
