import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partNames } from '#core/data/split/parts.ts';
import { foldRows, splitRows } from '#core/data/split/split-rows.ts';
import { fuzz } from '../../../support/fuzz.ts';
import { refusalOf } from '../../../support/refusal.ts';
import {
  anyOrder,
  anySeed,
  anyShares,
  count,
  inputOf,
  partsByEntry,
  permuted,
  rowAt,
} from './split-cases.ts';

const usual = { train: 0.6, validation: 0.2, test: 0.2 };

/** Rows with their groups: at least ten groups, of sizes that differ much. */
const anyGroups: fc.Arbitrary<string[]> = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 25 })), {
    minLength: 10,
    maxLength: 40,
  })
  .chain((sizes) => {
    const by = sizes.flatMap((size, group) => Array<string>(size).fill(`g${group}`));
    return anyOrder(by.length).map((order) => permuted(by, order));
  });

function sizesOf(by: readonly string[]): number[] {
  const sizes = new Map<string, number>();
  for (const group of by) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return [...sizes.values()];
}

/** The one part of each group; fails where a group is in two. */
function partOfGroups(
  by: readonly string[],
  partOf: readonly (string | null)[],
): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const [i, group] of by.entries()) {
    const part = partOf[i] ?? null;
    if (found.has(group)) expect(part).toBe(found.get(group));
    found.set(group, part);
  }
  return found;
}

describe('a hold-out by group', () => {
  it('keeps every group on one side, and no part further over its share than the largest group is', () => {
    fc.assert(
      fc.property(anyGroups, anyShares, anySeed, (by, shares, seed) => {
        const input = inputOf({ values: by.map((_, i) => i), by, seed, stratify: false });
        const split = splitRows('group', input, shares);
        const partOf = partsByEntry(split, by.length);
        expect(partOf).not.toContain(null);
        const groups = partOfGroups(by, partOf);
        const largest = Math.max(...sizesOf(by));
        for (const part of partNames) {
          expect([...groups.values()]).toContain(part);
          const over = count(partOf, (one) => one === part) - by.length * shares[part];
          expect(over).toBeLessThanOrEqual(largest);
        }
      }),
      fuzz(200),
    );
  });

  it('gives many small groups out as exactly as rows', () => {
    const by = Array.from({ length: 1000 }, (_, i) => `g${i % 200}`);
    const input = inputOf({ values: by.map((_, i) => i), by, stratify: false });
    const { parts } = splitRows('group', input, usual);
    expect(parts.train).toHaveLength(600);
    expect(parts.validation).toHaveLength(200);
  });

  it('gives large and small groups the same chance of the test part', () => {
    const by = Array.from({ length: 30 }, (_, g) =>
      Array<string>(g < 15 ? 1 : 9).fill(`g${g}`),
    ).flat();
    let small = 0;
    let large = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      const input = inputOf({ values: by.map((_, i) => i), by, seed, stratify: false });
      const partOf = partsByEntry(splitRows('group', input, usual), by.length);
      const groups = partOfGroups(by, partOf);
      small += count([...groups], ([name, part]) => Number(name.slice(1)) < 15 && part === 'test');
      large += count([...groups], ([name, part]) => Number(name.slice(1)) >= 15 && part === 'test');
    }
    expect(small / 6000).toBeGreaterThan(0.15);
    expect(large / 6000).toBeGreaterThan(0.15);
    expect(large / 6000).toBeLessThan(0.25);
  });

  it('does not depend on the order of the rows, shuffled or by key, stratified or not', () => {
    const cases = anyGroups.chain((by) =>
      fc.record({ by: fc.constant(by), order: anyOrder(by.length), seed: anySeed }),
    );
    fc.assert(
      fc.property(cases, fc.boolean(), fc.boolean(), ({ by, order, seed }, keyed, stratify) => {
        const values = by.map((_, i) => (i * 7) % 11);
        const key = by.map((_, i) => `row ${i}`);
        const of = (rows: readonly number[]) => {
          const own = permuted(by, rows);
          const input = inputOf({
            values: permuted(values, rows),
            by: own,
            ...(keyed ? { key: permuted(key, rows) } : {}),
            seed,
            stratify,
          });
          return partOfGroups(own, partsByEntry(splitRows('group', input, usual), own.length));
        };
        const shuffled = of(order);
        for (const [group, part] of of(by.map((_, i) => i))) expect(part).toBe(shuffled.get(group));
      }),
      fuzz(100),
    );
  });

  it('follows another column’s hash where one is named', () => {
    const by = Array.from({ length: 120 }, (_, i) => `g${i % 40}`);
    const values = by.map((_, i) => i);
    const of = (prefix: string) => {
      const key = by.map((group) => prefix + group);
      const input = inputOf({ values, by, key, stratify: false });
      return splitRows('group', input, usual);
    };
    expect(of('a')).toEqual(of('a'));
    expect(of('a')).not.toEqual(of('b'));
  });

  it('stratified comes near the shares of the classes', () => {
    // Sixty patients with four visits each; every fourth patient is ill.
    const by = Array.from({ length: 240 }, (_, i) => `p${i % 60}`);
    const classes = by.map((group) => (Number(group.slice(1)) % 4 === 0 ? 1 : 0));
    for (let seed = 1; seed <= 20; seed += 1) {
      const partOf = partsByEntry(splitRows('group', inputOf({ classes, by, seed }), usual), 240);
      for (const part of partNames) {
        const rows = count(partOf, (one) => one === part);
        const ill = count(classes, (one, i) => one === 1 && partOf[i] === part);
        expect(Math.abs(ill / rows - 0.25)).toBeLessThan(0.03);
        expect(Math.abs(rows - 240 * usual[part])).toBeLessThanOrEqual(4);
      }
    }
  });

  it('takes 1 and 1.0 in a column of numbers for one group', () => {
    const by = [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3];
    const input = inputOf({ values: by.map((_, i) => i), by, stratify: false });
    const { parts } = splitRows('group', input, usual);
    for (const part of partNames) expect(parts[part]).toHaveLength(4);
  });

  it('is refused with fewer groups than parts, or a row without a group', async () => {
    const values = Array.from({ length: 12 }, (_, i) => i);
    const two = inputOf({ values, by: values.map((i) => (i % 2 === 0 ? 'a' : 'b')) });
    const error = await refusalOf(() => splitRows('group', two, usual));
    expect(error.message).toBe(
      'split.by: column "by" has 2 groups, and 3 parts need at least one each.',
    );
    const missing = inputOf({ values, by: values.map((i) => (i > 9 ? '' : `g${i}`)) });
    const refusal = await refusalOf(() => splitRows('group', missing, usual));
    expect(refusal.message).toBe(
      `split.by: row ${rowAt(10) + 1}, column "by" has no value (and so have 1 more rows), so the row belongs to no part.`,
    );
  });

  it('is refused where a class stands only in groups outside the training part', async () => {
    const by = Array.from({ length: 30 }, (_, i) => `g${i % 10}`);
    const classes = by.map((group) => (group === 'g0' ? 1 : 0));
    const ends = Array.from({ length: 20 }, (_, i) => {
      const input = inputOf({ classes, by, seed: i + 1, stratify: false });
      return refusalOf(() => splitRows('group', input, usual)).catch(() => null);
    });
    const errors = (await Promise.all(ends)).filter((error) => error !== null);
    expect(errors.length).toBeGreaterThan(2);
    expect(errors[0]?.message).toMatch(/^split: class "c1" is in none of the training rows/);
    // Stratified, the rare class is dealt to the part that lacks most of it, which is the training part.
    for (let seed = 1; seed <= 20; seed += 1) {
      expect(() => splitRows('group', inputOf({ classes, by, seed }), usual)).not.toThrow();
    }
  });
});

describe('folds by group', () => {
  it('test every row once and no group on two sides, and none is empty', () => {
    fc.assert(
      fc.property(anyGroups, fc.integer({ min: 2, max: 10 }), anySeed, (by, folds, seed) => {
        const input = inputOf({ values: by.map((_, i) => (i * 5) % 13), by, seed });
        const made = foldRows('group', input, folds);
        const tested = made.flatMap(({ test }) => [...test]);
        expect(tested.sort((a, b) => a - b)).toEqual([...input.rows]);
        const groupOf = new Map(by.map((group, i) => [input.rows[i], group]));
        for (const { train, test } of made) {
          expect(test.length).toBeGreaterThan(0);
          const inTest = new Set(Array.from(test, (row) => groupOf.get(row)));
          expect([...train].some((row) => inTest.has(groupOf.get(row)))).toBe(false);
          expect(train.length + test.length).toBe(by.length);
        }
      }),
      fuzz(150),
    );
  });

  it('are refused with fewer groups than folds', async () => {
    const values = Array.from({ length: 12 }, (_, i) => i);
    const input = inputOf({ values, by: values.map((i) => `g${i % 4}`) });
    const error = await refusalOf(() => foldRows('group', input, 5));
    expect(error.message).toMatch(/has 4 groups, and 5 folds need/);
  });
});
