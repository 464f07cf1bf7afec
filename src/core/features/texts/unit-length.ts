import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { choiceOf, type ParameterSpec, type ParameterValues } from '#core/spec/parameters.ts';

/** A text without features has length 0, and is divided by this in its place. */
const SMALLEST_LENGTH = 1e-300;

export const normParameter: ParameterSpec = {
  name: 'norm',
  label: 'Length of a text',
  kind: 'choice',
  choices: ['l2', 'none'],
  default: 'l2',
  help: 'l2: the features of a text have length 1, so that long and short ones compare; none: as they are.',
};

export function isNormed(parameters: ParameterValues): boolean {
  return choiceOf(parameters, 'norm') === 'l2';
}

/** What features with this sum of squares are divided by, so that their length is 1. */
export function lengthOf(squares: number): number {
  return Math.max(Math.sqrt(squares), SMALLEST_LENGTH);
}

/** Divides each row of float64 [N, width] by its length. */
export function emitUnitLength(graph: GraphBuilder, features: TensorName): TensorName {
  const squares = graph.node('ReduceSum', [
    graph.node('Mul', [features, features]),
    graph.constant(BigInt64Array.of(1n), [1]),
  ]);
  const least = graph.constant(Float64Array.of(SMALLEST_LENGTH), [1]);
  return graph.node('Div', [features, graph.node('Max', [graph.node('Sqrt', [squares]), least])]);
}
