import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { SparseRows } from '#core/features/sparse-rows.ts';
import { exp } from '#core/math.ts';
import { emitPartProducts, type FeaturePart } from '#core/onnx/feature-parts.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { EmittedModel, TrainedModel, TrainingData } from '../estimator.ts';
import { weightOfType, type WeightTensor } from '../weight-tensor.ts';

/** What linear models share: scores = features · coefficients + intercept, with float64 weights. */
export function linearWeights(
  coefficients: Float64Array,
  intercepts: Float64Array,
  width: number,
): readonly WeightTensor[] {
  const outputs = intercepts.length;
  return [
    { name: 'coefficients', shape: [width, outputs], values: coefficients },
    { name: 'intercept', shape: [outputs], values: intercepts },
  ];
}

/** Scores float64 [rows, outputs], summed in float64. */
export function linearScores(
  features: FeatureMatrix,
  weights: readonly WeightTensor[],
): Float64Array {
  const coefficients = weightOfType(weights, 'coefficients', Float64Array).values;
  const intercept = weightOfType(weights, 'intercept', Float64Array).values;
  const outputs = intercept.length;
  const { rows, width, sparse } = features;
  if (sparse !== undefined) return sparseScores(sparse, coefficients, intercept);
  const { values } = features;
  const scores = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i += 1) {
    for (let k = 0; k < outputs; k += 1) {
      let sum = intercept[k] ?? 0;
      for (let j = 0; j < width; j += 1) {
        sum += (values[i * width + j] ?? 0) * (coefficients[j * outputs + k] ?? 0);
      }
      scores[i * outputs + k] = sum;
    }
  }
  return scores;
}

function sparseScores(
  { starts, places, values }: SparseRows,
  coefficients: Float64Array,
  intercept: Float64Array,
): Float64Array {
  const outputs = intercept.length;
  const rows = starts.length - 1;
  const scores = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i += 1) {
    for (let k = 0; k < outputs; k += 1) {
      let sum = intercept[k] ?? 0;
      for (let at = starts[i] ?? 0; at < (starts[i + 1] ?? 0); at += 1) {
        sum += (values[at] ?? 0) * (coefficients[(places[at] ?? 0) * outputs + k] ?? 0);
      }
      scores[i * outputs + k] = sum;
    }
  }
  return scores;
}

/** Mean of (target − score)² over rows, or null where there is none. */
export function meanSquaredError(
  { features, target }: TrainingData,
  weights: readonly WeightTensor[],
): number | null {
  const scores = linearScores(features, weights);
  let error = 0;
  for (const [i, y] of target.entries()) {
    const difference = y - (scores[i] ?? 0);
    error += difference * difference;
  }
  return target.length === 0 ? null : error / target.length;
}

/** Row-wise softmax in place: exp(s − max) ÷ Σ. */
export function softmaxRows(scores: Float64Array, outputs: number): Float64Array {
  for (let start = 0; start < scores.length; start += outputs) {
    let largest = -Infinity;
    for (let k = 0; k < outputs; k += 1) largest = Math.max(largest, scores[start + k] ?? 0);
    let sum = 0;
    for (let k = 0; k < outputs; k += 1) {
      const power = exp((scores[start + k] ?? 0) - largest);
      scores[start + k] = power;
      sum += power;
    }
    for (let k = 0; k < outputs; k += 1) scores[start + k] = (scores[start + k] ?? 0) / sum;
  }
  return scores;
}

export function linearTrained(
  weights: readonly WeightTensor[],
  task: 'classification' | 'regression',
  warnings: readonly string[],
): TrainedModel {
  const outputs = weightOfType(weights, 'intercept', Float64Array).values.length;
  return {
    weights,
    warnings,
    predict(features) {
      const scores = linearScores(features, weights);
      const answers = task === 'classification' ? softmaxRows(scores, outputs) : scores;
      return Promise.resolve(Float32Array.from(answers));
    },
    dispose: () => undefined,
  };
}

/**
 * Writes scores, and for classification their softmax. In float64, like the trainer's own predictions: far
 * outside the training range scores are large, and sums in float32 would lose the digits that parity checks.
 */
export function emitLinear(
  graph: GraphBuilder,
  features: TensorName | readonly FeaturePart[],
  model: EmittedModel,
): TensorName {
  const scores = emitScores(graph, features, model);
  const answers =
    model.task === 'classification' ? graph.node('Softmax', [scores], { axis: 1 }) : scores;
  return graph.cast(answers, 'float32');
}

/** Scores float64 [N, outputs]. */
export function emitScores(
  graph: GraphBuilder,
  features: TensorName | readonly FeaturePart[],
  { weights }: EmittedModel,
): TensorName {
  if (typeof features !== 'string') {
    const valuesOf = (name: string) => weightOfType(weights, name, Float64Array).values;
    return emitPartProducts(graph, features, valuesOf('coefficients'), valuesOf('intercept'));
  }
  const constant = (name: string): TensorName => {
    const { values, shape } = weightOfType(weights, name, Float64Array);
    return graph.constant(values, shape, name);
  };
  return graph.node('Gemm', [
    graph.cast(features, 'float64'),
    constant('coefficients'),
    constant('intercept'),
  ]);
}
