import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRuns } from '#core/data/read/parquet/runs.ts';
import { fuzz } from '../../support/fuzz.ts';

interface Run {
  readonly isPacked: boolean;
  readonly values: readonly number[];
}

/** A run as the format's document writes it: a head, and then a value or groups of eight. */
function written({ isPacked, values }: Run, width: number): number[] {
  const groups = Math.ceil(values.length / 8);
  const head = varint(isPacked ? 2 * groups + 1 : 2 * values.length);
  if (!isPacked) return [...head, ...bytesOf(BigInt(values[0] ?? 0), Math.ceil(width / 8))];
  let bits = 0n;
  for (const [i, value] of values.entries()) bits |= BigInt(value) << BigInt(i * width);
  return [...head, ...bytesOf(bits, groups * width)];
}

function bytesOf(number: bigint, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Number((number >> BigInt(8 * i)) & 255n));
}

function varint(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))];
}

const cases = fc.integer({ min: 1, max: 32 }).chain((width) => {
  const value = fc.integer({ min: 0, max: 2 ** width - 1 });
  const repeated = fc
    .tuple(value, fc.integer({ min: 1, max: 300 }))
    .map(([one, count]): Run => ({ isPacked: false, values: Array<number>(count).fill(one) }));
  const packed = fc.array(value, { minLength: 1, maxLength: 5 }).map((values): Run => ({
    isPacked: true,
    values: Array(8)
      .fill(values)
      .flat()
      .slice(0, 8 * values.length),
  }));
  const runs = fc.array(fc.oneof(repeated, packed), { minLength: 1, maxLength: 6 });
  return runs.map((all) => ({ width, runs: all }));
});

describe('runs of levels and indices', () => {
  it('are read as they were written, of any width, with anything before and behind', () => {
    fc.assert(
      fc.property(cases, fc.nat(3), fc.nat(5), ({ width, runs }, before, behind) => {
        const body = runs.flatMap((run) => written(run, width));
        const values = runs.flatMap((run) => run.values);
        const page = Uint8Array.from([...Array<number>(before).fill(255), ...body]);
        const bytes = new Uint8Array(page.length + behind).fill(255);
        bytes.set(page);
        const read = new Uint32Array(values.length);
        readRuns(bytes, { from: before, to: page.length, width }, read);
        expect([...read]).toEqual(values);
      }),
      fuzz(300),
    );
  });

  it('may be filled up to a group of eight', () => {
    const bytes = Uint8Array.from(written({ isPacked: true, values: [1, 2, 3, 0, 0, 0, 0, 0] }, 3));
    const read = new Uint32Array(3);
    readRuns(bytes, { from: 0, to: bytes.length, width: 3 }, read);
    expect([...read]).toEqual([1, 2, 3]);
  });

  it.each([
    ['end too early', [2 * 4, 1], 1, 5],
    ['has more values', [2 * 600, 1], 1, 5],
    ['has more values', [0, 1], 1, 5],
    ['end too early', [2 * 1 + 1, 255], 9, 8],
    ['wider than 32 bits', [2 * 5, 1], 33, 5],
    ['too many bytes', [255, 255, 255, 255, 255, 255], 1, 5],
  ])('are refused where one %s', (message, bytes, width, count) => {
    const page = Uint8Array.from(bytes);
    const runs = { from: 0, to: page.length, width };
    expect(() => {
      readRuns(page, runs, new Uint32Array(count));
    }).toThrow(message);
  });
});
