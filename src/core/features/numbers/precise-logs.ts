import { exp, ln } from '#core/math.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';

/** Below this, 1 + x has lost digits of x that the two functions give back. */
const SMALL = 0.5;

/**
 * ln(1 + x) for x ≥ 0, exact to the last digits where x is small: what 1 + x lost in rounding is put right by the
 * ratio of x and (1 + x) − 1 (Kahan). ONNX has no such operator, and this is made of ones that it has.
 */
export function ln1p(x: number): number {
  const sum = 1 + x;
  if (x >= SMALL) return ln(sum);
  return sum === 1 ? x : (ln(sum) * x) / (sum - 1);
}

/** e^x − 1, exact to the last digits where x is near 0 (Kahan). */
export function expm1(x: number): number {
  const power = exp(x);
  if (Math.abs(x) >= SMALL) return power - 1;
  return power === 1 ? x : ((power - 1) * x) / ln(power);
}

/** Writes `ln1p` of a float64 tensor. */
export function emitLn1p(graph: GraphBuilder, x: TensorName): TensorName {
  const one = scalar(graph, 1);
  const sum = graph.node('Add', [one, x]);
  const log = graph.node('Log', [sum]);
  const lost = graph.node('Sub', [sum, one]);
  const corrected = graph.node('Div', [graph.node('Mul', [log, x]), lost]);
  const small = graph.node('Where', [graph.node('Equal', [sum, one]), x, corrected]);
  return graph.node('Where', [graph.node('Less', [x, scalar(graph, SMALL)]), small, log]);
}

/** Writes `expm1` of a float64 tensor. */
export function emitExpm1(graph: GraphBuilder, x: TensorName): TensorName {
  const one = scalar(graph, 1);
  const power = graph.node('Exp', [x]);
  const rest = graph.node('Sub', [power, one]);
  const corrected = graph.node('Div', [graph.node('Mul', [rest, x]), graph.node('Log', [power])]);
  const small = graph.node('Where', [graph.node('Equal', [power, one]), x, corrected]);
  const isSmall = graph.node('Less', [graph.node('Abs', [x]), scalar(graph, SMALL)]);
  return graph.node('Where', [isSmall, small, rest]);
}

function scalar(graph: GraphBuilder, value: number): TensorName {
  return graph.constant(Float64Array.of(value), []);
}
