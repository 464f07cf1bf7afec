import { ln } from '#core/math.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';

/** Shares of 0 and 1 have no normal value: those nearer to them than this count as this near, as in scikit-learn. */
export const LEAST_SHARE = 1e-7 - Number.EPSILON;
const MOST_SHARE = 1 - LEAST_SHARE;

/** A ratio of two polynomials, highest power first, of what is left of its variable after `shift`. */
interface Ratio {
  readonly shift: number;
  readonly above: readonly number[];
  readonly below: readonly number[];
}

/** Up to this far from a half the middle ratio holds. */
const MIDDLE = 0.425;

/** By MIDDLE² less the square of the distance from a half; the value is the ratio times the distance. */
const middle: Ratio = {
  shift: 0,
  above: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  below: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1,
  ],
};

/** By √−ln of the share of the nearer end; good for shares down to e^−25, which are far below LEAST_SHARE. */
const outer: Ratio = {
  shift: 1.6,
  above: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
    3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  below: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
    0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
  ],
};

/**
 * The standard normal value that a share of all is below, for shares from LEAST_SHARE to 1 − LEAST_SHARE and for those
 * beyond the value of the nearest of these; NaN for NaN. To 16 digits (Wichura, 1988, algorithm AS 241, PPND16).
 */
export function normalQuantile(share: number): number {
  const p = Math.min(Math.max(share, LEAST_SHARE), MOST_SHARE);
  const away = p - 0.5;
  if (Math.abs(away) <= MIDDLE) return away * ratioAt(MIDDLE * MIDDLE - away * away, middle);
  const value = ratioAt(Math.sqrt(-ln(Math.min(p, 1 - p))), outer);
  return away < 0 ? -value : value;
}

/** Writes `normalQuantile` of a float64 tensor. */
export function emitNormalQuantile(graph: GraphBuilder, shares: TensorName): TensorName {
  const number = (value: number) => graph.constant(Float64Array.of(value), []);
  const p = graph.node('Min', [
    graph.node('Max', [shares, number(LEAST_SHARE)]),
    number(MOST_SHARE),
  ]);
  const away = graph.node('Sub', [p, number(0.5)]);
  const square = graph.node('Mul', [away, away]);
  const inside = graph.node('Sub', [number(MIDDLE * MIDDLE), square]);
  const near = graph.node('Mul', [away, emitRatio(graph, inside, middle)]);
  const end = graph.node('Min', [p, graph.node('Sub', [number(1), p])]);
  const root = graph.node('Sqrt', [graph.node('Neg', [graph.node('Log', [end])])]);
  const size = emitRatio(graph, root, outer);
  const isLow = graph.node('Less', [away, number(0)]);
  const far = graph.node('Where', [isLow, graph.node('Neg', [size]), size]);
  const isNear = graph.node('LessOrEqual', [graph.node('Abs', [away]), number(MIDDLE)]);
  return graph.node('Where', [isNear, near, far]);
}

function ratioAt(variable: number, { shift, above, below }: Ratio): number {
  const x = variable - shift;
  let [top, bottom] = [0, 0];
  for (const factor of above) top = top * x + factor;
  for (const factor of below) bottom = bottom * x + factor;
  return top / bottom;
}

function emitRatio(graph: GraphBuilder, variable: TensorName, ratio: Ratio): TensorName {
  const number = (value: number) => graph.constant(Float64Array.of(value), []);
  const x = ratio.shift === 0 ? variable : graph.node('Sub', [variable, number(ratio.shift)]);
  const polynomial = ([first = 0, ...rest]: readonly number[]) =>
    rest.reduce(
      (sum, factor) => graph.node('Add', [graph.node('Mul', [sum, x]), number(factor)]),
      number(first),
    );
  return graph.node('Div', [polynomial(ratio.above), polynomial(ratio.below)]);
}
