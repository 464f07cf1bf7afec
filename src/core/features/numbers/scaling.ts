import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { rowConstant } from '../row-constant.ts';
import { mean, standardDeviation } from '../statistics.ts';

/** (x − centre) ÷ scale. */
export interface Scaling {
  readonly centre: number;
  readonly scale: number;
}

/** To mean 0 and deviation 1; a deviation that is only rounding of the mean is that of a constant column, and divides nothing. */
export function standardScaling(values: Float64Array): Scaling & { readonly isConstant: boolean } {
  const centre = mean(values);
  const deviation = standardDeviation(values, centre);
  const isConstant = deviation <= 10 * Number.EPSILON * Math.abs(centre);
  return { centre, scale: isConstant ? 1 : deviation, isConstant };
}

/**
 * Writes the scaling of float64 [N, columns] as (centre − x) ÷ −scale, the same bits: onnxruntime drops a Sub whose
 * constant on the right is nearly 0.
 */
export function emitScaled(
  graph: GraphBuilder,
  input: TensorName,
  scalings: readonly Scaling[],
): TensorName {
  const centre = rowConstant(
    graph,
    scalings.map((one) => one.centre),
    'centre',
  );
  const negated = scalings.map((one) => -one.scale);
  const divisor = rowConstant(graph, negated, 'negated_scale');
  return graph.node('Div', [graph.node('Sub', [centre, input]), divisor]);
}
