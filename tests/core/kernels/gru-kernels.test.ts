import { beforeAll, describe, expect, it } from 'vitest';
import { startNetworkMachine, type NetworkMachine } from '#core/kernels/network-kernels.ts';
import { expBelowZero } from '#core/models/linear/exp-below-zero.ts';
import { RandomStream } from '#core/random.ts';

const { fround } = Math;
const random = new RandomStream(1);
let machine: NetworkMachine;
beforeAll(async () => {
  machine = await startNetworkMachine();
});

const draw = (count: number): number[] =>
  Array.from({ length: count }, () => fround(2 * random.normal()));
function place(values: readonly number[]): number {
  const at = machine.memory.take(4 * values.length);
  machine.memory.float32(at, values.length).set(values);
  return at;
}
const read = (at: number, count: number): number[] => [...machine.memory.float32(at, count)];

/** The plain twins. */
function logistic(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const power = expBelowZero(-Math.abs(x));
  return fround((x < 0 ? power : 1) / (1 + power));
}
function squeezed(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const power = expBelowZero(-2 * Math.abs(x));
  return fround(((1 - power) / (1 + power)) * (x < 0 || Object.is(x, -0) ? -1 : 1));
}

const ROWS = 5;
const UNITS = 8;
/** One row's numbers of a unit: of three groups side by side, and of one. */
const groupsOf = (all: readonly number[], i: number, j: number): readonly number[] =>
  [0, 1, 2].map((g) => all[3 * UNITS * i + g * UNITS + j] ?? NaN);
const cells = Array.from({ length: ROWS * UNITS }, (_, at) => ({
  at,
  i: Math.floor(at / UNITS),
  j: at % UNITS,
}));

describe('a step of gated recurrent units', () => {
  const [given, sums, bias, before] = [
    draw(3 * ROWS * UNITS),
    draw(3 * ROWS * UNITS),
    draw(UNITS),
    draw(ROWS * UNITS),
  ];
  // Far outside, and what is no number.
  given.splice(0, 4, 1e30, -1e30, NaN, -0);
  before[4] = NaN;
  sums[4] = 90;
  const plain = cells.map(({ at, i, j }) => {
    const [z = 0, r = 0, n = 0] = groupsOf(given, i, j);
    const [sz = 0, sr = 0, sn = 0] = groupsOf(sums, i, j);
    const update = logistic(fround(z + sz));
    const reset = logistic(fround(r + sr));
    const kept = fround(sn + (bias[j] ?? 0));
    const candidate = squeezed(fround(n + fround(reset * kept)));
    const mine = fround(fround(1 - update) * candidate);
    const after = fround(mine + fround(update * (before[at] ?? 0)));
    return { gates: [update, reset, candidate], kept, after };
  });

  it('has the bits of its plain twin', () => {
    const [gates, kept, after] = [place(given), place(before), place(before)];
    const old = place(before);
    machine.kernels.gruStep(gates, place(sums), place(bias), old, ROWS, UNITS, kept, after);
    expect(read(after, ROWS * UNITS)).toEqual(plain.map((one) => one.after));
    expect(read(kept, ROWS * UNITS)).toEqual(plain.map((one) => one.kept));
    const made = read(gates, 3 * ROWS * UNITS);
    expect(cells.map(({ i, j }) => groupsOf(made, i, j))).toEqual(plain.map((one) => one.gates));
    expect(plain[2]?.after).toBeNaN();
  });

  it('goes back with the bits of its plain twin', () => {
    const made = draw(3 * ROWS * UNITS).map((x) => fround(Math.tanh(x)));
    const [kept, derivatives] = [draw(ROWS * UNITS), draw(ROWS * UNITS)];
    const old = before.map((x) => (Number.isNaN(x) ? 0 : x));
    const [at, gates, to] = [place(derivatives), place(made), place(made)];
    machine.kernels.gruStepBack(at, gates, place(kept), place(old), ROWS, UNITS, to);
    const [byInput, byState] = [gates, to].map((one) => read(one, 3 * ROWS * UNITS));
    for (const cell of cells) {
      const [z = 0, r = 0, n = 0] = groupsOf(made, cell.i, cell.j);
      const [d = 0, c = 0] = [derivatives[cell.at], kept[cell.at]];
      const other = fround(1 - z);
      const away = fround(d * fround((old[cell.at] ?? 0) - n));
      const dz = fround(away * fround(z * other));
      const dn = fround(fround(d * other) * fround(1 - fround(n * n)));
      const dr = fround(fround(dn * c) * fround(r * fround(1 - r)));
      expect(groupsOf(byInput ?? [], cell.i, cell.j)).toEqual([dz, dr, dn]);
      expect(groupsOf(byState ?? [], cell.i, cell.j)).toEqual([dz, dr, fround(dn * r)]);
      expect(read(at, ROWS * UNITS)[cell.at]).toBe(fround(d * z));
    }
  });
});
