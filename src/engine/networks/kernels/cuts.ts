import type { AllKernels } from '#core/kernels/network-kernels.ts';

/** How a call of a kernel is cut into calls that each do some of it: some rows, or some numbers. */
export interface Cut {
  /** The argument that counts them, and so many that are not to be parted. */
  readonly count: number;
  readonly unit: number;
  /** About how long a unit takes, in nanoseconds. */
  readonly ns: number;
  /** Arguments that go on from unit to unit, and by how much: addresses mostly. */
  readonly moves: readonly (readonly [argument: number, by: number])[];
  /** The address of room that each thread needs for itself. */
  readonly room?: number;
}

/** About how long a multiplication with its addition takes, and other things that are done to each number. */
export const PRODUCT_NS = 0.08;
const PASS_NS = 0.3;
const ROOT_NS = 2;
const POWER_NS = 5;

/**
 * Which kernels can be cut by what they write, so that each number is summed by one thread in the order in which one alone
 * would. Sums over rows are not among them: their order is one.
 */
export const cuts = {
  multiply: (_a, rowStep, _columnStep, _b, _bias, _c, _m, n, k) => ({
    ...{ count: 6, unit: 4, ns: 4 * n * k * PRODUCT_NS, room: 9 },
    moves: [
      [0, 4 * rowStep],
      [5, 16 * n],
    ],
  }),
  relu: () => inFours([0], 1, PASS_NS),
  tanh: () => inFours([0], 1, POWER_NS),
  reluBack: () => inFours([0, 1], 2, PASS_NS),
  tanhBack: () => inFours([0, 1], 2, PASS_NS),
  scale: () => inFours([0], 1, PASS_NS),
  adam: () => inFours([0, 1, 2, 3], 4, ROOT_NS),
  sgd: () => inFours([0, 1, 2], 3, PASS_NS),
  add: () => ({ ...inFours([0, 1], 2, PASS_NS), unit: 16 }),
  dropout: (_from, _to, _rows, columns, step) => ({
    ...inRows([0, 1], 2, step, PASS_NS),
    // The masks are made of each number's place among all.
    moves: [
      [0, step],
      [1, step],
      [5, columns],
    ],
  }),
  normalize: (_from, _rows, width) => inRows([0, 5], 1, 4 * width, PASS_NS),
  scaleColumns: (_from, _rows, width) => inRows([0, 5], 1, 4 * width, PASS_NS),
  normalizeBack: (_derivatives, _normalized, _rows, width) => inRows([0, 1], 2, 4 * width, PASS_NS),
  gruStep: (_gates, _sums, _bias, _before, _rows, units) => ({
    ...{ count: 4, unit: 1, ns: 3 * units * POWER_NS },
    moves: [
      [0, 12 * units],
      [1, 12 * units],
      [3, 4 * units],
      [6, 4 * units],
      [7, 4 * units],
    ],
  }),
  gruStepBack: (_derivatives, _gates, _kept, _before, _rows, units) => ({
    ...{ count: 4, unit: 1, ns: 8 * units * PASS_NS },
    moves: [
      [0, 4 * units],
      [1, 12 * units],
      [2, 4 * units],
      [3, 4 * units],
      [6, 12 * units],
    ],
  }),
  gelu: () => inFours([0, 1], 2, POWER_NS),
  geluBack: () => inFours([0, 1], 2, POWER_NS),
  normRows: (_from, _rows, width) => ({
    ...inRows([], 1, 4 * width, 3 * PASS_NS),
    moves: [
      [0, 4 * width],
      [6, 4 * width],
      [7, 4],
      [8, 4 * width],
    ],
  }),
  normRowsBack: (_derivatives, _rows, width) => ({
    ...inRows([], 1, 4 * width, 3 * PASS_NS),
    moves: [
      [0, 4 * width],
      [4, 4 * width],
      [5, 4],
    ],
  }),
  attendCausal: (_query, _key, _value, _shares, _seen, _texts, places, heads, own) => ({
    ...{ count: 5, unit: 1, ns: attentionNs(places, heads, own) },
    moves: ofTexts([0, 1, 2, 4], 3, places, heads, own),
  }),
  // Room for shares is scratch.
  attendCausalBack: (...[, , , , , , , , , places, heads, own]) => ({
    ...{ count: 8, unit: 1, ns: 3 * attentionNs(places, heads, own), room: 12 },
    moves: ofTexts([0, 1, 2, 4, 5, 6, 7], 3, places, heads, own),
  }),
} satisfies {
  readonly [Name in keyof AllKernels]?: (...values: Parameters<AllKernels[Name]>) => Cut;
};

/** How many units the arguments of a call count. */
export function unitsOf(values: readonly number[], { count, unit }: Cut): number {
  return Math.ceil((values[count] ?? 0) / unit);
}

/**
 * The arguments of calls that together do what one of `values` does, one for each lane: there are at least as many units.
 * @param roomStep bytes from a lane's room to the next one's
 */
export function cutCall(
  values: readonly number[],
  cut: Cut,
  lanes: number,
  roomStep: number,
): number[][] {
  const units = unitsOf(values, cut);
  const all = values[cut.count] ?? 0;
  return Array.from({ length: lanes }, (_, lane) => {
    const from = Math.floor((lane * units) / lanes);
    const end = Math.floor(((lane + 1) * units) / lanes);
    const part = [...values];
    part[cut.count] = Math.min(all, end * cut.unit) - from * cut.unit;
    for (const [at, by] of cut.moves) part[at] = (part[at] ?? 0) + from * by;
    if (cut.room !== undefined) part[cut.room] = (part[cut.room] ?? 0) + lane * roomStep;
    return part;
  });
}

/** Half of the places see each other, by two products and a power. */
function attentionNs(places: number, heads: number, own: number): number {
  return 0.5 * places * places * heads * (2 * own * PRODUCT_NS + POWER_NS);
}

/** From text to text: of vectors, and of the shares that places have in each other. */
function ofTexts(
  vectors: readonly number[],
  shares: number,
  places: number,
  heads: number,
  own: number,
): Cut['moves'] {
  return [
    ...vectors.map((at) => [at, 4 * places * heads * own] as const),
    [shares, 4 * heads * places * places],
  ];
}

/** Of numbers that lie in arrays beside each other. */
function inFours(arrays: readonly number[], count: number, numberNs: number): Cut {
  return { count, unit: 4, ns: 4 * numberNs, moves: arrays.map((at) => [at, 16]) };
}

/** Of rows of so many bytes. */
function inRows(arrays: readonly number[], count: number, bytes: number, numberNs: number): Cut {
  return { count, unit: 1, ns: (bytes / 4) * numberNs, moves: arrays.map((at) => [at, bytes]) };
}
