import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partNames } from '#core/data/split/parts.ts';
import { foldRows, splitRows } from '#core/data/split/split-rows.ts';
import { TerrariumError } from '#core/errors.ts';
import { fuzz } from '../../../support/fuzz.ts';
import { refusalOf } from '../../../support/refusal.ts';
import { anyShares, count, inputOf, partsByEntry, rowAt } from './split-cases.ts';

const usual = { train: 0.6, validation: 0.2, test: 0.2 };

function timesIn(times: readonly number[], rows: Int32Array): number[] {
  const timeOf = new Map(times.map((time, i) => [rowAt(i), time]));
  return Array.from(rows, (row) => timeOf.get(row) ?? NaN);
}

/** What is made, or undefined where a gap leaves a part without rows or times are too few. */
function unlessRefused<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (thrown) {
    if (
      thrown instanceof TerrariumError &&
      ['gap_too_large', 'too_few_times'].includes(thrown.code)
    ) {
      return undefined;
    }
    throw thrown;
  }
}

/** Times with many ties, in any order. */
const anyTimes = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 10, maxLength: 80 });
const anyGap = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 8 }));

describe('a hold-out by time', () => {
  it('puts the earliest rows into training and the latest into the test, with more than the gap between', () => {
    let made = 0;
    fc.assert(
      fc.property(anyTimes, anyShares, anyGap, (times, shares, gap) => {
        const input = inputOf({ values: times.map((_, i) => i), by: times, gap });
        const split = unlessRefused(() => splitRows('time', input, shares));
        if (split === undefined) return;
        made += 1;
        const [train, validation, test] = partNames.map((part) =>
          timesIn(times, split.parts[part]),
        );
        const afterTrain = Math.min(...(validation ?? [])) - Math.max(...(train ?? []));
        const afterValidation = Math.min(...(test ?? [])) - Math.max(...(validation ?? []));
        expect(afterTrain).toBeGreaterThan(gap);
        expect(afterValidation).toBeGreaterThan(gap);
        const kept = partNames.reduce((sum, part) => sum + split.parts[part].length, 0);
        expect(kept + split.leftOut.length).toBe(times.length);
        if (gap === 0) expect(split.leftOut).toHaveLength(0);
      }),
      fuzz(400),
    );
    expect(made).toBeGreaterThan(200);
  });

  it('leaves out no row but those within the gap after a boundary', () => {
    const times = Array.from({ length: 100 }, (_, i) => i);
    const input = inputOf({ values: times, by: times, gap: 5 });
    const { parts, leftOut } = splitRows('time', input, usual);
    expect(timesIn(times, parts.train)).toEqual(times.slice(0, 60));
    expect(timesIn(times, leftOut)).toEqual([...times.slice(60, 65), ...times.slice(80, 85)]);
    expect(timesIn(times, parts.validation)).toEqual(times.slice(65, 80));
    expect(timesIn(times, parts.test)).toEqual(times.slice(85));
  });

  it('keeps shares within one row where all times differ', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 120 }), anyShares, (rows, shares) => {
        fc.pre(partNames.every((part) => rows * shares[part] >= 1));
        const times = Array.from({ length: rows }, (_, i) => (i * 37) % 127);
        const input = inputOf({ values: times, by: times });
        const { parts } = splitRows('time', input, shares);
        for (const part of partNames) {
          expect(Math.abs(parts[part].length - rows * shares[part])).toBeLessThanOrEqual(1);
        }
      }),
      fuzz(150),
    );
  });

  it('cuts at the change of time that is nearest', () => {
    const times = [1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3];
    const input = inputOf({ values: times.map((_, i) => i), by: times });
    const partOf = partsByEntry(splitRows('time', input, usual), 12);
    expect(count(partOf, (part) => part === 'train')).toBe(7);
    expect(count(partOf, (part) => part === 'validation')).toBe(2);
  });

  it('reads dates, counts the gap in days, and tells times of a day apart', () => {
    const by = Array.from({ length: 10 }, (_, i) => [
      `2024-02-${String(26 + i).padStart(2, '0')}`,
      `2024-02-${String(26 + i).padStart(2, '0')}T12:30:00.5`,
    ])
      .flat()
      .slice(0, 8)
      .concat(['2024-03-01', '2024-03-01T06:00:00Z', '2024-03-02', '2024-03-02T23:59:59.999999']);
    const values = by.map((_, i) => i);
    const none = splitRows('time', inputOf({ values, by }), usual);
    expect(timesIn(values, none.parts.train)).toEqual(values.slice(0, 7));
    expect(none.leftOut).toHaveLength(0);
    const shares = { train: 0.34, validation: 0.33, test: 0.33 };
    const halfDay = splitRows('time', inputOf({ values, by, gap: 0.6 }), shares);
    // Training ends at noon of the 27th; the 28th begins within the gap, its noon does not.
    expect(timesIn(values, halfDay.leftOut)).toEqual([4, 8]);
  });

  it('does not depend on the seed, nor on stratify', () => {
    const times = Array.from({ length: 30 }, (_, i) => (i * 11) % 30);
    const of = (seed: number, stratify: boolean) =>
      splitRows('time', inputOf({ values: times, by: times, seed, stratify }), usual);
    expect(of(1, true)).toEqual(of(99, false));
  });

  it('is refused where rows have no time, times are too few, or the gap eats a part', async () => {
    const values = Array.from({ length: 20 }, (_, i) => i);
    const refused = (by: readonly (string | number)[], gap = 0) =>
      refusalOf(() => splitRows('time', inputOf({ values, by, gap }), usual));
    expect((await refused(values.with(3, NaN))).message).toMatch(
      /^split\.by: row 5, column "by" has no value/,
    );
    expect((await refused(values.map((i) => i % 2))).message).toMatch(
      /^split\.by: column "by" has 2 distinct times/,
    );
    const eaten = await refused(values, 6);
    expect(eaten.message).toBe('split.gap: a gap of 6 leaves no row for the validation part.');
    expect(eaten.details?.path).toBe('split.gap');
    const days = values.map((i) => `2024-01-${String(i + 1).padStart(2, '0')}`);
    expect((await refused(days, 1e9)).message).toMatch(/a gap of 1000000000 days leaves no row/);
    expect((await refused(values, Number.POSITIVE_INFINITY)).code).toBe('gap_too_large');
  });

  it('is refused where a class is first seen after the training rows', async () => {
    const by = Array.from({ length: 20 }, (_, i) => i);
    const input = inputOf({ classes: by.map((i) => (i > 15 ? 2 : i % 2)), by });
    const error = await refusalOf(() => splitRows('time', input, usual));
    expect(error.message).toMatch(/class "c2" is in none of the training rows.*its 4 rows begin/);
  });
});

describe('folds by time', () => {
  it('train on the past alone, on more of it each time, with more than the gap between', () => {
    const anyFolds = fc.integer({ min: 2, max: 6 });
    let made = 0;
    fc.assert(
      fc.property(anyTimes, anyFolds, anyGap, (times, folds, gap) => {
        const input = inputOf({ values: times.map((_, i) => i), by: times, gap });
        const found = unlessRefused(() => foldRows('time', input, folds));
        if (found === undefined) return;
        made += 1;
        let tested = 0;
        for (const [i, { train, test }] of found.entries()) {
          const [past, future] = [timesIn(times, train), timesIn(times, test)];
          expect(Math.min(...future) - Math.max(...past)).toBeGreaterThan(gap);
          const earlier = found[i - 1];
          if (earlier) {
            expect(train.length - earlier.train.length).toBeGreaterThanOrEqual(gap === 0 ? 1 : 0);
            expect(Math.min(...future)).toBeGreaterThan(Math.max(...timesIn(times, earlier.test)));
          }
          tested += test.length;
        }
        const first = Math.min(...timesIn(times, found[0]?.test ?? new Int32Array()));
        expect(tested).toBe(count(times, (time) => time >= first));
      }),
      fuzz(200),
    );
    expect(made).toBeGreaterThan(100);
  });
});
