import { beforeAll, describe, expect, it } from 'vitest';
import { startNetworkMachine, type NetworkMachine } from '#core/kernels/network-kernels.ts';
import { RandomStream } from '#core/random.ts';
import { plainAttend, plainAttendBack } from './plain-attention.ts';

const random = new RandomStream(1);
let machine: NetworkMachine;
beforeAll(async () => {
  machine = await startNetworkMachine();
});

const draw = (count: number): number[] =>
  Array.from({ length: count }, () => Math.fround(random.normal()));
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

function place(values: readonly number[]): number {
  const at = machine.memory.take(4 * values.length + 4);
  machine.memory.float32(at, values.length).set(values);
  return at;
}
const read = (at: number, count: number): number[] =>
  Array.from(machine.memory.float32(at, count), (x) => (x === 0 ? 0 : x));
const unsigned = (values: readonly number[]): number[] => values.map((x) => (x === 0 ? 0 : x));

describe.each([
  [1, 4],
  [2, 8],
  [7, 8],
  [9, 24],
])('attention over %i places of %i numbers', (places, width) => {
  // Full rows, one with holes, one of a single place, one without any, and one whose scores lie far apart.
  const rows = [0, 1, 2, 3, 4].map((row) =>
    Array.from({ length: places }, (_, k) => {
      if (row === 1 && k % 3 === 1) return zeros(width);
      if ((row === 2 && k > 0) || row === 3) return zeros(width);
      return draw(width).map((x) => (row === 4 ? Math.fround(60 * x) : x));
    }),
  );
  const query = draw(width);
  const attended = rows.map((row) => plainAttend(row, query));

  const attend = (): { values: number; shares: number; to: number; queryAt: number } => {
    const [values, queryAt] = [place(rows.flat(2)), place(query)];
    const [shares, to] = [place(zeros(rows.length * places)), place(draw(rows.length * width))];
    machine.kernels.attend(values, rows.length, places, width, queryAt, shares, to);
    return { values, shares, to, queryAt };
  };

  it('has the bits of plain means and shares', () => {
    const { shares, to } = attend();
    expect(read(shares, rows.length * places)).toEqual(attended.flatMap((one) => one.shares));
    expect(read(to, rows.length * width)).toEqual(unsigned(attended.flatMap(({ mean }) => mean)));
  });

  it('has shares of sum 1 where there is a place, and gives zeros where there is none', () => {
    for (const [row, { shares, mean }] of attended.entries()) {
      const sum = shares.reduce((all, share) => all + share, 0);
      expect(sum).toBeCloseTo(row === 3 ? 0 : 1, 5);
      if (row === 3) expect(mean).toEqual(zeros(width));
    }
  });

  it('hands derivatives back with the bits of the plain way', () => {
    const { values, shares, queryAt } = attend();
    const given = rows.map(() => draw(width));
    const [slopes, derivatives] = [place(zeros(places)), place(draw(rows.length * places * width))];
    const [gradient, givenAt] = [place(draw(width)), place(given.flat())];
    const back = (to: number): void => {
      const { kernels } = machine;
      const sizes = [rows.length, places, width] as const;
      kernels.attendBack(values, ...sizes, queryAt, shares, givenAt, slopes, to, gradient);
    };
    let sum: readonly number[] = zeros(width);
    const wanted = rows.map((row, i) => {
      const one = plainAttendBack(row, query, given[i] ?? [], sum);
      sum = one.query;
      return one.places;
    });
    back(derivatives);
    expect(read(derivatives, rows.length * places * width)).toEqual(unsigned(wanted.flat(2)));
    expect(read(gradient, width)).toEqual(unsigned(sum));
    machine.memory.float32(gradient, width).fill(7);
    back(0);
    expect(read(gradient, width)).toEqual(unsigned(sum));
  });
});

it('a place that holds no number tells so', () => {
  const values = place([1, 2, 3, NaN, 0, 0, 0, 0]);
  const [shares, to] = [place([0, 0]), place(zeros(4))];
  machine.kernels.attend(values, 1, 2, 4, place([1, 1, 1, 1]), shares, to);
  expect(read(to, 4).some(Number.isNaN)).toBe(true);
});

it('rows are added where they were copied from, one after the other; copies of what lies behind are left out', () => {
  const given = [1e8, 1, -1e8, 1, 5, 6].map((x) => [x, 2 * x, 3 * x, 4 * x].map(Math.fround));
  const order = [1, 1, 1, 0, 2, 7];
  const orderAt = machine.memory.take(4 * order.length);
  machine.memory.uint32(orderAt, order.length).set(order);
  const to = place(zeros(12));
  machine.kernels.scatterRows(place(given.flat()), orderAt, order.length, 16, to, 2);
  const sums = [zeros(4), zeros(4), zeros(4)];
  for (const [i, row] of given.entries()) {
    const own = sums[order[i] ?? 9];
    if (own === undefined || order[i] === 2) continue;
    for (const [j, x] of row.entries()) own[j] = Math.fround((own[j] ?? 0) + x);
  }
  expect(read(to, 12)).toEqual(sums.flat());
});
