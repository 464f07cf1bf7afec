import { beforeAll, describe, expect, it } from 'vitest';
import { startNetworkMachine, type NetworkMachine } from '#core/kernels/network-kernels.ts';
import { RandomStream } from '#core/random.ts';

const random = new RandomStream(1);
let machine: NetworkMachine;
beforeAll(async () => {
  machine = await startNetworkMachine();
});

function place(values: readonly number[]): number {
  const at = machine.memory.take(4 * values.length);
  machine.memory.float32(at, values.length).set(values);
  return at;
}
const read = (at: number, count: number): number[] => [...machine.memory.float32(at, count)];
const draw = (count: number): number[] =>
  Array.from({ length: count }, () => Math.fround(random.normal()));

describe.each([
  [1, 4],
  [5, 8],
  [12, 16],
])('of %i rows of %i numbers', (rows, width) => {
  const matrix = Array.from({ length: rows }, () => draw(width));
  // Equal ones, of which the first counts.
  for (const row of matrix) row.fill(3, 1, 2);
  const columns = (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j] ?? NaN));
  const tops = columns.map((column) => Math.max(...column));

  it('the largest of each column is found', () => {
    const to = machine.memory.take(4 * width);
    machine.kernels.maxRows(place(matrix.flat()), rows, width, to);
    expect(read(to, width)).toEqual(tops);
  });

  it('the first of the largest gets the derivative', () => {
    const given = draw(width);
    const to = place(matrix.flat());
    machine.kernels.maxRowsBack(place(matrix.flat()), rows, width, place(given), to);
    const expected = new Array<number>(rows * width).fill(0);
    for (const [j, column] of columns.entries()) {
      expected[column.indexOf(tops[j] ?? NaN) * width + j] = given[j] ?? NaN;
    }
    expect(read(to, rows * width)).toEqual(expected);
  });
});

describe('what is no number', () => {
  it('is the largest, so that a loss tells of it', () => {
    const to = machine.memory.take(16);
    machine.kernels.maxRows(place([1, NaN, 2, 4, NaN, 3, -1, 5]), 2, 4, to);
    expect(read(to, 4)).toEqual([NaN, NaN, 2, 5]);
  });
});
