import { beforeAll, describe, expect, it } from 'vitest';
import { compileKernels, forThreads } from '#cli/compile-kernels.mjs';
import { forSharedMemory } from '#core/kernels/shared-module.ts';
import { startTreeMachine, type TreeMachine } from '#core/kernels/tree-kernels.ts';
import { treesWasm } from '#core/kernels/trees-wasm.ts';
import { exp } from '#core/math.ts';
import { RandomStream } from '#core/random.ts';
import {
  plainHistogram,
  plainPacked,
  plainPartition,
  plainSplit,
  plainSum,
  type Bin,
} from './plain-trees.ts';

it('for a memory that threads share the compiler makes the same bytes but for a flag', () => {
  const own = Buffer.from(treesWasm, 'base64');
  const shared = forSharedMemory(own);
  expect(Buffer.from(shared)).toEqual(compileKernels('trees', forThreads));
  expect(own.filter((byte, at) => shared[at] !== byte)).toHaveLength(1);
  expect(() => forSharedMemory(shared)).toThrow('the module imports no memory');
}, 120_000);

const SHIFT = 13;
/** The last is more than histograms bring together at a time. */
const sizes = [0, 1, 2, 7, 300, 4099];

let machine: TreeMachine;
let random: RandomStream;
beforeAll(async () => {
  machine = await startTreeMachine();
  random = new RandomStream(1);
});

const integers = (length: number, below: number): number[] =>
  Array.from({ length }, () => random.integer(below));
const normals = (length: number): number[] => Array.from({ length }, () => random.normal());
const someRows = (of: number): number[] =>
  integers(of, 2).flatMap((one, row) => (one ? [row] : []));

function placeInts(values: readonly number[]): number {
  const at = machine.memory.take(values.length * 4);
  machine.memory.int32(at, values.length).set(values);
  return at;
}
function placeFloats(values: readonly number[]): number {
  const at = machine.memory.take(values.length * 4);
  machine.memory.float32(at, values.length).set(values);
  return at;
}
/** With room for an even number, as kernels that take two rows at a time want. */
function placeDoubles(values: readonly number[]): number {
  const at = machine.memory.take(Math.ceil(values.length / 2) * 16);
  machine.memory.float64(at, values.length).set(values);
  return at;
}
function placeBins(bins: readonly Bin[]): number {
  const at = machine.memory.take(bins.length * 16);
  const words = machine.memory.uint64(at, bins.length * 2);
  for (const [i, { gradient, hessian, count }] of bins.entries()) {
    words[2 * i] = BigInt.asUintN(64, gradient);
    words[2 * i + 1] = (hessian << BigInt(SHIFT)) + BigInt(count);
  }
  return at;
}
function readBins(at: number, count: number, shift = SHIFT): Bin[] {
  const words = machine.memory.uint64(at, count * 2);
  return Array.from({ length: count }, (_, i) => ({
    gradient: BigInt.asIntN(64, words[2 * i] ?? 0n),
    hessian: (words[2 * i + 1] ?? 0n) >> BigInt(shift),
    count: Number(BigInt.asUintN(shift, words[2 * i + 1] ?? 0n)),
  }));
}
const drawSums = (rows: number): Bin[] =>
  Array.from({ length: rows }, () => ({
    gradient: BigInt(random.integer(2000) - 1000),
    hessian: BigInt(random.integer(1000)),
    count: 1,
  }));

describe.each(sizes)('of %i rows', (rows) => {
  it('histograms are sums over rows, for pairs of features, and can be subtracted', () => {
    const { memory, kernels } = machine;
    const [groups, features] = [6, 24];
    const pitch = rows * 4;
    const quads = memory.take(pitch * groups);
    memory.bytes(quads, pitch * groups).set(integers(pitch * groups, 256));
    const binsOf = (feature: number): number[] => {
      const quad = memory.bytes(quads + (feature >> 2) * pitch, pitch);
      return Array.from(quad).filter((_, i) => i % 4 === feature % 4);
    };
    const sums = drawSums(rows);
    const chosen = someRows(rows);
    const all = Array.from(sums.keys());
    const room = features * 4096;
    const [some, full, desk] = [room, room, 2048 * 32].map((bytes) => memory.take(bytes));
    const at = placeBins(sums);
    const entries = Array.from({ length: features }, (_, j) => [j * 256, 256, 0, 0]);
    const table = placeInts(entries.flat());
    const records = memory.take((rows + 1) * 32);
    kernels.writeRecords(quads, pitch, groups, rows, records, 32);
    const add = (list: number, count: number, from: number, to: number, out = 0): void => {
      if (list === 0) kernels.addAllRows(count, quads, pitch, at, table, from, to, out);
      else kernels.addRows(list, count, records, 32, at, table, from, to, out, desk ?? 0);
    };
    // From the second of a group's pairs on, more than are brought together at a time, and then what is left.
    const list = placeInts(chosen);
    add(list, chosen.length, 1, 11, some);
    add(list, chosen.length, 0, 1, some);
    add(list, chosen.length, 11, 12, some);
    add(0, rows, 0, 3, full);
    add(0, rows, 3, 12, full);
    for (let j = 0; j < features; j += 1) {
      const place = j * 4096;
      expect(readBins((some ?? 0) + place, 256)).toEqual(plainHistogram(chosen, binsOf(j), sums));
      expect(readBins((full ?? 0) + place, 256)).toEqual(plainHistogram(all, binsOf(j), sums));
    }
    machine.kernels.subtractBins(full ?? 0, some ?? 0, features * 256);
    const rest = all.filter((row) => !chosen.includes(row));
    expect(readBins(full ?? 0, 256)).toEqual(plainHistogram(rest, binsOf(0), sums));
    machine.kernels.addBins((some ?? 0) + 16, (full ?? 0) + 16, 255);
    const whole = plainHistogram(all, binsOf(0), sums).slice(1);
    expect(readBins((some ?? 0) + 16, 255)).toEqual(whole);
    const out = memory.take(16);
    kernels.sumBins(at, rows, out);
    expect(readBins(out, 1)).toEqual([plainSum(sums)]);
    kernels.clearBins((full ?? 0) + 16, 255);
    expect(readBins((full ?? 0) + 16, 255)).toEqual(plainHistogram([], binsOf(0), sums).slice(1));
    expect(readBins(full ?? 0, 1)).toEqual(plainHistogram(rest, binsOf(0), sums).slice(0, 1));
  });

  it('rows are parted stably', () => {
    const chosen = someRows(rows);
    const bins = integers(rows * 4, 256);
    const goesLeft = integers(256, 2);
    const column = machine.memory.take(rows * 4);
    machine.memory.bytes(column, rows * 4).set(bins);
    const table = machine.memory.take(256);
    machine.memory.bytes(table, 256).set(goesLeft);
    const at = placeInts(chosen);
    const scratch = machine.memory.take(rows * 4);
    const left = machine.kernels.partitionRows(at, chosen.length, column + 2, table, scratch);
    const wanted = plainPartition(
      chosen,
      bins.filter((_, i) => i % 4 === 2),
      goesLeft,
    );
    expect(left).toBe(wanted.left);
    expect(Array.from(machine.memory.int32(at, chosen.length))).toEqual(wanted.rows);
  });

  it.each([0, 0.3, 1])('rows are placed from both ends, of which %d forward', (share) => {
    const { memory, kernels } = machine;
    const chosen = someRows(rows);
    const bins = integers(rows * 4, 256);
    const goesLeft = integers(256, 2);
    const column = memory.take(rows * 4);
    memory.bytes(column, rows * 4).set(bins);
    const table = memory.take(256);
    memory.bytes(table, 256).set(goesLeft.map((one) => one * 255));
    const wanted = plainPartition(
      chosen,
      bins.filter((_, i) => i % 4 === 3),
      goesLeft,
    );
    const from = placeInts(chosen);
    const to = memory.take(chosen.length * 4);
    const [right, end] = [to + wanted.left * 4, to + chosen.length * 4];
    const forward = Math.floor(chosen.length * share);
    const rest = [from + forward * 4, chosen.length - forward] as const;
    kernels.placeRows(...rest, true, column + 3, table, right - 4, end - 4);
    kernels.placeRows(from, forward, false, column + 3, table, to, right);
    expect(Array.from(memory.int32(to, chosen.length))).toEqual(wanted.rows);
  });

  it('what leaves say is added to the scores of their rows, stretch by stretch', () => {
    const scores = normals(rows);
    const leafOf = integers(rows, 3);
    const values = [0.3, -1.7, 0];
    const leaves = machine.memory.take(3 * 16);
    for (const [leaf, value] of values.entries()) {
      const own = [...leafOf.keys()].filter((row) => leafOf[row] === leaf);
      const list = placeInts(own);
      machine.memory.int32(leaves + leaf * 16, 2).set([list, own.length]);
      machine.memory.float64(leaves + leaf * 16 + 8, 1)[0] = value;
    }
    const at = placeDoubles(scores);
    const middle = Math.floor(rows / 3);
    machine.kernels.addToScores(leaves, 3, middle, rows, at);
    const after = (from: number) =>
      scores.map((score, row) => (row < from ? score : score + (values[leafOf[row] ?? 0] ?? NaN)));
    expect(Array.from(machine.memory.float64(at, rows))).toEqual(after(middle));
    machine.kernels.addToScores(leaves, 3, 0, middle, at);
    expect(Array.from(machine.memory.float64(at, rows))).toEqual(after(0));
  });

  it('values are sorted without NaN, and put into bins', () => {
    const odd = [NaN, -0, 0, -3.5e38, 1e-45, -1e-45].map(Math.fround).slice(0, rows);
    const values = [...odd, ...normals(rows - odd.length).map(Math.fround)];
    const finite = values.map((one) => Math.max(-3e38, one));
    const at = placeFloats(finite);
    const scratch = machine.memory.take(rows * 4);
    const sorted = Float32Array.from(finite.filter((one) => !Number.isNaN(one))).sort();
    for (const to of [machine.memory.take(rows * 4), at]) {
      const [desk, counters] = [scratch, machine.memory.take(24_576)];
      const numbers = machine.kernels.sortValues(at, rows, to, desk, counters);
      expect(machine.memory.float32(to, numbers)).toEqual(sorted);
    }

    const edges = [-1, -0.5, 0, 0.25, 2];
    const padded = Array.from({ length: 256 }, (_, i) => edges[i] ?? Infinity);
    const out = machine.memory.take(rows * 4);
    machine.kernels.binValues(placeFloats(finite), rows, placeFloats(padded), 6, out);
    const bins = Array.from(machine.memory.bytes(out, rows * 4)).filter((_, i) => i % 4 === 0);
    expect(bins).toEqual(
      finite.map((one) => (Number.isNaN(one) ? 6 : edges.filter((edge) => edge < one).length)),
    );
  });

  it('probabilities are the sigmoid and the softmax within two units in the last place', () => {
    const planes = [1, 10, 300].map((scale) => normals(rows).map((one) => one * scale));
    const stride = Math.ceil(rows / 2) * 16;
    const scores = machine.memory.take(stride * 3);
    const out = machine.memory.take(stride * 3);
    for (const [k, plane] of planes.entries()) {
      machine.memory.float64(scores + k * stride, rows).set(plane);
    }
    machine.kernels.softmax(scores, 3, stride, rows, out);
    for (let row = 0; row < rows; row += 1) {
      const own = planes.map((plane) => plane[row] ?? NaN);
      const powers = own.map((score) => exp(Math.max(-700, score - Math.max(...own))));
      const sum = powers.reduce((total, power) => total + power, 0);
      for (const [k, power] of powers.entries()) {
        const got = machine.memory.float64(out + k * stride, rows)[row] ?? NaN;
        expectClose(got, power / sum);
      }
    }
    machine.kernels.sigmoid(scores + stride, rows, out);
    for (const [row, got] of machine.memory.float64(out, rows).entries()) {
      expectClose(got, 1 / (1 + exp(-(planes[1]?.[row] ?? NaN))));
    }
  });

  it.each([false, true])('gradients are packed as integers; weighted: %s', (isWeighted) => {
    const probabilities = Array.from({ length: rows }, () => random.uniform());
    const target = integers(rows, 3);
    const weights = probabilities.map(() => (isWeighted ? 2 * random.uniform() : 1));
    const [gScale, hScale] = [2 ** 40, 2 ** 30];
    const out = machine.memory.take(Math.ceil(rows / 2) * 32);
    const given = isWeighted ? placeDoubles(weights) : 0;
    const weighted = (of: (p: number, i: number) => number) =>
      probabilities.map((p, i) => of(p, i) * (weights[i] ?? NaN));
    const at = placeDoubles(probabilities);
    machine.kernels.packProbabilities(
      ...([at, placeDoubles(target), 2, given, rows, gScale, hScale, SHIFT, out] as const),
    );
    const gradients = weighted((p, i) => p - Number(target[i] === 2));
    const hessians = weighted((p) => p * (1 - p));
    expect(readBins(out, rows)).toEqual(plainPacked(gradients, hessians, gScale, hScale));

    const own = weighted((p) => p);
    machine.kernels.packGradients(at, 0, given, rows, gScale, hScale, SHIFT, out);
    expect(readBins(out, rows)).toEqual(plainPacked(own, weights, gScale, hScale));
    machine.kernels.packGradients(at, at, given, rows, gScale, hScale, SHIFT, out);
    expect(readBins(out, rows)).toEqual(plainPacked(own, own, gScale, hScale));
  });
});

function expectClose(got: number, wanted: number): void {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(8 * Number.EPSILON * wanted + 1e-300);
}

describe('the best split', () => {
  const units = { gradientUnit: 1 / 64, hessianUnit: 1 / 1024 };

  it.each(Array.from({ length: 90 }, (_, seed) => seed))('is found in draw %i', (seed) => {
    random = new RandomStream(seed);
    const rows = 1 + random.integer(200);
    const sums = drawSums(rows);
    const options = { ...units, l2: random.integer(3), leastRows: 1 + random.integer(10) };
    const isBounded = seed >= 60;
    const lower = isBounded && seed % 2 === 0 ? -random.uniform() / 2 : -Infinity;
    const upper = isBounded && seed % 3 === 0 ? random.uniform() / 2 : Infinity;
    const features = Array.from({ length: 1 + random.integer(5) }, () => {
      const count = 1 + random.integer(20);
      const hasMissing = random.integer(2) === 1;
      const bins = plainHistogram(
        Array.from(sums.keys()),
        integers(rows, count + Number(hasMissing)),
        sums,
      );
      return {
        bins: bins.slice(0, count),
        missing: hasMissing ? bins[count] : undefined,
        direction: isBounded ? random.integer(3) - 1 : 0,
      };
    });
    const histogram = placeBins(
      features.flatMap(({ bins, missing }) => (missing === undefined ? bins : [...bins, missing])),
    );
    let offset = 0;
    const table = placeInts(
      features.flatMap(({ bins, missing, direction }) => {
        const entry = [offset, bins.length, missing === undefined ? 0 : 1, direction];
        offset += bins.length + (missing === undefined ? 0 : 1);
        return entry;
      }),
    );
    const out = machine.memory.take(48);
    machine.memory.int32(out + 24, 1)[0] = -1;
    const totals = placeBins([plainSum(sums)]);
    machine.kernels.findSplit(
      ...([histogram, table, 0, features.length, totals, SHIFT] as const),
      ...([units.gradientUnit, units.hessianUnit, options.l2, options.leastRows] as const),
      ...([isBounded, lower, upper, out] as const),
    );
    const [feature = NaN, bin, missing] = machine.memory.int32(out + 24, 3);
    const wanted = plainSplit(features, { ...options, toBeat: 0, lower, upper });
    if (wanted === undefined) {
      expect(feature).toBe(-1);
      return;
    }
    expect(machine.memory.float64(out, 1)[0]).toBeCloseTo(wanted.score, 6);
    expect({ feature, bin, missingGoesLeft: missing === 1 }).toEqual({
      feature: wanted.feature,
      bin: wanted.bin,
      missingGoesLeft: wanted.missingGoesLeft,
    });
    const { bins, missing: absent } = features[feature] ?? { bins: [], missing: undefined };
    const left = bins.slice(0, wanted.bin + 1);
    if (absent !== undefined && wanted.missingGoesLeft) left.push(absent);
    expect(readBins(out + 8, 1)).toEqual([plainSum(left)]);
  });
});
