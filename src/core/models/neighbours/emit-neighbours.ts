import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { EmittedModel } from '../estimator.ts';
import { weightOf, weightOfType } from '../weight-tensor.ts';
import { ruleOf } from './rule.ts';

/**
 * Writes the search into the graph, one row at a time, so that memory is for one row's differences alone however many
 * rows are asked about.
 */
export function emitNeighbours(
  graph: GraphBuilder,
  features: TensorName,
  { weights, parameters, outputs }: EmittedModel,
): TensorName {
  const { k, byDistance, euclidean } = ruleOf(parameters);
  const axis = (at: number): TensorName => graph.constant(BigInt64Array.of(BigInt(at)), [1]);
  const [first, second] = [axis(0), axis(1)];
  const kept = weightOf(weights, 'features');
  const keptFeatures = graph.cast(graph.constant(kept.values, kept.shape, kept.name), 'float64');
  const perRow = (name: string): TensorName => {
    const { values, shape } = weightOfType(weights, name, Float64Array);
    return graph.constant(values, shape, name);
  };
  const found = Math.min(k, kept.shape[1] ?? 0);
  const [sums = '', places = ''] = graph.scan(
    [],
    [graph.cast(features, 'float64')],
    (_, [row = '']) => {
      const away = graph.node('Sub', [keptFeatures, graph.node('Unsqueeze', [row, second])]);
      const terms = euclidean ? graph.node('Mul', [away, away]) : graph.node('Abs', [away]);
      const total = graph.node('ReduceSum', [terms, first], { keepdims: 0 });
      return { states: [], stacked: graph.smallest(total, found) };
    },
  );
  const targets = graph.node('Gather', [perRow('targets'), places]);
  const near = byDistance
    ? nearness(graph, euclidean ? graph.node('Sqrt', [sums]) : sums, second)
    : ones(graph, places);
  const votes = weights.some(({ name }) => name === 'counts')
    ? graph.node('Mul', [near, graph.node('Gather', [perRow('counts'), places])])
    : near;
  const total = graph.node('ReduceSum', [votes, second], { keepdims: 1 });
  if (outputs === 1) {
    const sum = graph.node('ReduceSum', [graph.node('Mul', [votes, targets]), second]);
    return graph.cast(graph.node('Div', [sum, total]), 'float32');
  }
  const last = axis(2);
  const classes = graph.constant(
    BigInt64Array.from({ length: outputs }, (_, c) => BigInt(c)),
    [outputs],
  );
  const labels = graph.node('Unsqueeze', [graph.cast(targets, 'int64'), last]);
  const isClass = graph.cast(graph.node('Equal', [labels, classes]), 'float64');
  const perClass = graph.node('Mul', [isClass, graph.node('Unsqueeze', [votes, last])]);
  const shares = graph.node('ReduceSum', [perClass, second], { keepdims: 0 });
  return graph.cast(graph.node('Div', [shares, total]), 'float32');
}

/** One over each distance; where a row has distances of 0, 1 for these and 0 for the others. */
function nearness(graph: GraphBuilder, distances: TensorName, axis: TensorName): TensorName {
  const zero = graph.constant(Float64Array.of(0), [1]);
  const isZero = graph.node('Equal', [distances, zero]);
  const least = graph.node('ReduceMin', [distances, axis], { keepdims: 1 });
  return graph.node('Where', [
    graph.node('Equal', [least, zero]),
    graph.cast(isZero, 'float64'),
    graph.node('Reciprocal', [distances]),
  ]);
}

/** 1 for every place, float64. */
function ones(graph: GraphBuilder, places: TensorName): TensorName {
  return graph.node('Expand', [
    graph.constant(Float64Array.of(1), [1]),
    graph.node('Shape', [places]),
  ]);
}
