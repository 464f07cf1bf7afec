import type { GraphBuilder, TensorName } from './graph-builder.ts';

/** Some of the features in the graph, side by side. */
export type FeaturePart = WrittenPart | PlacePart;

export interface WrittenPart {
  readonly kind: 'written';
  /** float32 [N, width] */
  readonly tensor: TensorName;
  readonly width: number;
}

/** Features of which each record has one at most that is not 0. */
export interface PlacePart {
  readonly kind: 'place';
  /** int64 [N]: which one it is, or `width` for none. */
  readonly place: TensorName;
  /** float64 [N, 1]: its value, where that is not always 1. */
  readonly value?: TensorName;
  readonly width: number;
}

/** A tensor with a record in each row, of the parts the one that costs least. */
export function recordsOf(parts: readonly FeaturePart[]): TensorName {
  const least = parts.find(({ kind }) => kind === 'place') ?? parts[0];
  if (least === undefined) throw new RangeError('there are no features');
  return least.kind === 'place' ? least.place : least.tensor;
}

/**
 * Writes features · coefficients + intercept. Of features by place the coefficients are looked up, so that nobody writes
 * zeros and multiplies by them.
 * @param coefficients [features, outputs] row-major
 * @param intercept [outputs]
 * @returns float64 [N, outputs]
 */
export function emitPartProducts(
  graph: GraphBuilder,
  parts: readonly FeaturePart[],
  coefficients: Float64Array,
  intercept: Float64Array,
): TensorName {
  const outputs = intercept.length;
  let first = 0;
  const products = parts.map((part) => {
    const own = coefficients.subarray(first * outputs, (first + part.width) * outputs);
    first += part.width;
    if (part.kind === 'written') {
      const table = graph.constant(own, [part.width, outputs], 'coefficients');
      return graph.node('MatMul', [graph.cast(part.tensor, 'float64'), table]);
    }
    const withNone = new Float64Array(own.length + outputs);
    withNone.set(own);
    const table = graph.constant(withNone, [part.width + 1, outputs], 'coefficients');
    const found = graph.node('Gather', [table, part.place]);
    return part.value === undefined ? found : graph.node('Mul', [found, part.value]);
  });
  return graph.node('Sum', [...products, graph.constant(intercept, [1, outputs], 'intercept')]);
}
