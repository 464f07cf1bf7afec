import { beforeAll, describe, expect, it } from 'vitest';
import { startTreeMachine, type TreeMachine } from '#core/kernels/tree-kernels.ts';
import { ln } from '#core/math.ts';
import { RandomStream } from '#core/random.ts';

const SHIFT = 12;
const CLASSES = 4;

/** Rows of a node over one feature: a bin each, missing values in the last one. */
interface Node {
  readonly rows: readonly number[];
  readonly bins: readonly number[];
  readonly missing: number;
  /** Class numbers, which are values too. */
  readonly target: readonly number[];
  readonly weights: readonly number[];
  readonly leastRows: number;
  /** Smallest and largest value of each bin. */
  readonly limits: readonly (readonly [number, number])[];
  /** Draws a threshold between the node's smallest and largest value, and from 1 on missing values go left. */
  readonly draw: number | undefined;
}

interface NodeSplit {
  readonly score: number;
  readonly lastLeft: number;
  readonly firstRight: number;
  readonly missing: 'left' | 'right' | 'none';
}

/** Every threshold in turn, with missing values right and then left; the first of the best. */
function plainNodeSplit(node: Node, scoreOf: (rows: readonly number[]) => number) {
  const { rows, bins, missing, leastRows, draw } = node;
  const binOf = (row: number): number => bins[row] ?? NaN;
  const used = [...new Set(rows.map(binOf))].filter((bin) => bin < missing).sort((a, b) => a - b);
  const absent = rows.filter((row) => binOf(row) === missing);
  const only = draw === undefined ? undefined : drawn(node, used, draw);
  let best: NodeSplit | undefined;
  const bothSides = ['right', 'left'] as const;
  const sides =
    draw === undefined ? bothSides : bothSides.filter((side) => (side === 'left') === draw >= 1);
  for (const side of absent.length > 0 ? sides : (['none'] as const)) {
    for (const [i, lastLeft] of used.entries()) {
      const left = rows.filter(
        (row) => binOf(row) <= lastLeft || (side === 'left' && binOf(row) === missing),
      );
      const right = rows.filter((row) => !left.includes(row));
      if (only !== undefined && lastLeft !== only) continue;
      if (left.length < leastRows || right.length < leastRows || right.length === 0) continue;
      const score = scoreOf(left) + scoreOf(right);
      if (score > (best?.score ?? -Infinity) + 1e-9) {
        best = { score, lastLeft, firstRight: used[i + 1] ?? -1, missing: side };
      }
    }
  }
  return best;
}

/** The last bin that is whole below the threshold, but not the node's last one; its first one where none is. */
function drawn({ limits }: Node, used: readonly number[], draw: number): number | undefined {
  const low = limits[used[0] ?? -1]?.[0] ?? 0;
  const threshold = low + (draw % 1) * ((limits[used.at(-1) ?? -1]?.[1] ?? 0) - low);
  const below = used.slice(0, -1).filter((bin) => (limits[bin]?.[1] ?? NaN) <= threshold);
  const [chosen = used[0]] = below.slice(-1);
  return chosen;
}

let machine: TreeMachine;
beforeAll(async () => {
  machine = await startTreeMachine();
});

function drawNode(seed: number): Node {
  const random = new RandomStream(seed);
  const all = [1, 2, 9, 60, 500][seed % 5] ?? 1;
  const missing = 1 + random.integer(seed % 2 === 0 ? 12 : 255);
  const withMissing = random.integer(2);
  return {
    rows: Array.from({ length: all }, (_, i) => i).filter(() => random.uniform() < 0.8),
    bins: Array.from({ length: all }, () => random.integer(missing + withMissing)),
    missing,
    target: Array.from({ length: all }, () => random.integer(CLASSES)),
    weights: Array.from({ length: all }, () => 1 + random.integer(3)),
    leastRows: 1 + random.integer(3),
    limits: Array.from({ length: missing }, (_, bin) => [bin, bin + random.integer(3) / 4]),
    draw: random.integer(3) === 0 ? 2 * random.uniform() : undefined,
  };
}

function place(values: readonly number[], kind: 'float64' | 'float32' | 'int32'): number {
  const at = machine.memory.take(values.length * 8);
  machine.memory[kind](at, values.length).set(values);
  return at;
}

function placeColumn(bins: readonly number[]): number {
  const at = machine.memory.take(bins.length * 4);
  const bytes = machine.memory.bytes(at, bins.length * 4);
  for (const [row, bin] of bins.entries()) bytes[row * 4] = bin;
  return at;
}

/** What a kernel found, from its four integers. */
function read(score: number, integers: Int32Array): NodeSplit | undefined {
  const [feature, lastLeft = NaN, firstRight = NaN, missing = NaN] = integers;
  if (feature !== 3) return undefined;
  const side = (['right', 'left', 'none'] as const)[missing] ?? 'none';
  return { score, lastLeft, firstRight, missing: side };
}

function expectSame(got: NodeSplit | undefined, wanted: NodeSplit | undefined): void {
  expect(got && { ...got, score: 0 }).toEqual(wanted && { ...wanted, score: 0 });
  if (wanted !== undefined) expect(got?.score).toBeCloseTo(wanted.score, 6);
}

describe.each(Array.from({ length: 40 }, (_, seed) => seed))('draw %i', (seed) => {
  const node = drawNode(seed);
  const { rows, bins, missing, target, weights, leastRows, limits, draw = -1 } = node;
  const sumOf = (of: readonly number[], term: (row: number) => number): number =>
    of.reduce((sum, row) => sum + term(row), 0);
  const weightOf = (row: number): number => weights[row] ?? NaN;
  const targetOf = (row: number): number => target[row] ?? NaN;
  const isParted = new Set(rows.map((row) => bins[row])).size > 1;

  it('the best split by sums', () => {
    const { memory, kernels } = machine;
    const words = weights.flatMap((weight, row) => [
      BigInt(targetOf(row) * weight),
      (BigInt(weight) << BigInt(SHIFT)) + 1n,
    ]);
    const sums = memory.take(words.length * 8);
    memory.uint64(sums, words.length).set(words);
    const totals = memory.take(16);
    const [first, second] = [0, 1].map((k) =>
      rows.reduce((sum, row) => sum + (words[row * 2 + k] ?? 0n), 0n),
    );
    memory.uint64(totals, 2).set([first ?? 0n, second ?? 0n]);
    const [histogram, occupied, out] = [memory.take(4096), memory.take(32), memory.take(48)];
    const at = place(rows, 'int32');
    const column = placeColumn(bins);
    const edges = place(limits.flat(), 'float32');
    memory.float64(out, 1)[0] = -1;
    const answer = kernels.findNodeSplit(
      ...([at, rows.length, column, missing, sums, histogram, occupied, totals] as const),
      ...([SHIFT, leastRows, draw, edges, 3, out] as const),
    );
    expect(answer).toBe(Number(isParted && rows.some((row) => bins[row] !== missing)));
    const wanted = plainNodeSplit(
      node,
      (of) => sumOf(of, (row) => weightOf(row) * targetOf(row)) ** 2 / sumOf(of, weightOf),
    );
    expectSame(read(memory.float64(out, 1)[0] ?? NaN, memory.int32(out + 24, 4)), wanted);
    expect(memory.bytes(histogram, 4096).every((byte) => byte === 0)).toBe(true);
  });

  it.each(['gini', 'entropy'] as const)('the best split by classes: %s', (criterion) => {
    const { memory, kernels } = machine;
    const size = (CLASSES + 1) * 8;
    const classWeight = (of: readonly number[], k: number): number =>
      sumOf(of, (row) => (targetOf(row) === k ? weightOf(row) : 0));
    const classes = Array.from({ length: CLASSES }, (_, k) => k);
    const totals = place([...classes.map((k) => classWeight(rows, k)), rows.length], 'float64');
    const [histogram, out] = [memory.take(256 * size), memory.take(24 + size)];
    const scratch = memory.take(3 * size);
    const at = place(rows, 'int32');
    const column = placeColumn(bins);
    const [classOf, given] = [place(target, 'float64'), place(weights, 'float64')];
    const edges = place(limits.flat(), 'float32');
    memory.float64(out, 1)[0] = -Infinity;
    const answer = kernels.findClassSplit(
      ...([at, rows.length, column, missing, classOf, given, CLASSES, histogram] as const),
      ...([totals, leastRows, criterion === 'entropy', draw, edges, 3, out, scratch] as const),
    );
    expect(answer).toBe(Number(isParted && rows.some((row) => bins[row] !== missing)));
    const wanted = plainNodeSplit(node, (of) => {
      const all = sumOf(of, weightOf);
      const term = (weight: number): number =>
        criterion === 'gini' ? weight ** 2 / all : weight && weight * ln(weight / all);
      return classes.reduce((sum, k) => sum + term(classWeight(of, k)), 0);
    });
    expectSame(read(memory.float64(out, 1)[0] ?? NaN, memory.int32(out + 8, 4)), wanted);
    expect(memory.bytes(histogram, 256 * size).every((byte) => byte === 0)).toBe(true);
  });
});
