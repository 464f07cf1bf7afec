import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presentSorted } from '#core/data/readings.ts';
import { sortDecimals } from '#core/data/profile/sort-decimals.ts';

const ROWS = 40_000;

/** Numbers that a sequence draws, the same every time. */
function drawn(make: (share: number, row: number) => number): Float64Array {
  let state = 7;
  return Float64Array.from({ length: ROWS }, (_, row) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return make(state / 2 ** 32, row);
  });
}

function sorted(values: Float64Array): Float64Array | null {
  const there = values.filter((value) => !Number.isNaN(value));
  return sortDecimals(values, {
    count: there.length,
    low: there.reduce((a, b) => Math.min(a, b)),
    high: there.reduce((a, b) => Math.max(a, b)),
  });
}

/** What the engine's own sort makes of the numbers that are there; 0 for −0. */
function expected(values: Float64Array): Float64Array {
  return values
    .filter((value) => !Number.isNaN(value))
    .map((value) => value + 0)
    .sort();
}

describe('decimals in order', () => {
  it.each([
    ['days', (share: number) => Math.floor(share * 20_000) * 86_400_000],
    ['seconds', (share: number) => (Math.floor(share * 1e8) - 5e7) * 1000],
    ['small integers', (share: number) => Math.floor(share * 50)],
    ['integers of both signs', (share: number) => Math.floor((share - 0.5) * 2 ** 31)],
    ['large integers', (share: number) => 2 ** 52 + Math.floor(share * 1e6)],
    ['prices', (share: number) => Number((share * 1000).toFixed(2))],
    ['eight decimals', (share: number) => Number(share.toFixed(8))],
    ['negative decimals', (share: number) => Number((-share).toFixed(9))],
    ['missing ones', (share: number, row: number) => (row % 5 === 0 ? NaN : Math.floor(share * 9))],
    ['zeros of both signs', (share: number) => Math.round((share - 0.5) * 4)],
  ])('%s', (_, make) => {
    const values = drawn(make);
    const before = values.slice();
    expect(sorted(values)).toEqual(expected(values));
    expect(values).toEqual(before);
  });

  it.each([
    ['fractions of no unit', (share: number) => share / 3],
    [
      'one fraction among integers',
      (share: number, row: number) => (row === 39_999 ? 1 / 3 : Math.floor(share * 9)),
    ],
    ['integers too far apart', (share: number) => Math.floor(share * 2 ** 40)],
    ['an infinity', (share: number, row: number) => (row === 9 ? Infinity : Math.floor(share * 9))],
    ['numbers whose multiples overflow', (share: number) => share * 1e308],
  ])('not %s', (_, make) => {
    expect(sorted(drawn(make))).toBeNull();
  });

  it('not few numbers, which are sorted as fast as they are', () => {
    expect(sorted(drawn((share) => Math.floor(share * 9)).subarray(0, 1000))).toBeNull();
  });
});

describe('the numbers of a column that are there', () => {
  it('are in order, whatever they are, 0 for −0', () => {
    const kinds = fc.record({
      scale: fc.constantFrom(1, 10, 1000, 1e9, 3, 1e-5, 86_400_000),
      spread: fc.constantFrom(2, 1000, 1e6, 2 ** 31, 2 ** 45),
      shift: fc.constantFrom(0, -0.5, -1),
      missing: fc.boolean(),
    });
    fc.assert(
      fc.property(kinds, ({ scale, spread, shift, missing }) => {
        const values = drawn((share, row) =>
          missing && row % 7 === 0 ? NaN : Math.round((share + shift) * spread) / scale,
        );
        expect(presentSorted(values)).toEqual(expected(values));
      }),
      { numRuns: 12 },
    );
  });

  it('are the column itself where it is in order and complete', () => {
    const values = Float64Array.of(-1, 0, 0, 2.5);
    expect(presentSorted(values)).toBe(values);
    expect(presentSorted(Float64Array.of(NaN, -0, 3))).toEqual(Float64Array.of(0, 3));
  });
});
