import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partNames } from '#core/data/split/parts.ts';
import { foldRows, splitRows } from '#core/data/split/split-rows.ts';
import { fuzz } from '../../../support/fuzz.ts';
import { refusalOf } from '../../../support/refusal.ts';
import { inputOf, partsByEntry } from './split-cases.ts';

const usual = { train: 0.6, validation: 0.2, test: 0.2 };
const anyParts = fc
  .array(fc.constantFrom(...partNames), { minLength: 7, maxLength: 40 })
  .map((parts) => [...partNames, ...parts]);

describe('a hold-out by a column', () => {
  it('is what the column says, whatever seed and shares', () => {
    fc.assert(
      fc.property(anyParts, fc.integer({ min: 1, max: 99 }), (by, seed) => {
        const input = inputOf({ values: by.map((_, i) => i), by, seed });
        expect(partsByEntry(splitRows('column', input, usual), by.length)).toEqual(by);
      }),
      fuzz(50),
    );
  });

  it('is refused where a row says something else or nothing, or no row says a part', async () => {
    const by = ['train', 'train', 'validation', 'test', 'train', 'test'];
    const values = by.map((_, i) => i);
    const refused = (texts: readonly string[]) =>
      refusalOf(() => splitRows('column', inputOf({ values, by: texts }), usual));
    const stray = await refused(by.with(4, 'dev'));
    expect(stray.message).toBe('split.by: row 7, column "by": "dev" is no part of a split.');
    expect(stray.details).toMatchObject({ path: 'split.by', row: 7, column: 'by' });
    expect((await refused(by.with(0, 'Train'))).message).toMatch(/^split\.by: row 1.*"Train"/);
    expect((await refused(by.with(2, ''))).message).toMatch(/^split\.by: row 4.*has no value/);
    const without = await refused(by.map((part) => (part === 'test' ? 'train' : part)));
    expect(without.message).toMatch(/says test in no row/);
  });

  it('is refused where a class has rows in other parts alone', async () => {
    const by = ['train', 'train', 'validation', 'test', 'train', 'test'];
    const input = inputOf({ classes: [0, 1, 2, 0, 1, 2], by });
    const error = await refusalOf(() => splitRows('column', input, usual));
    expect(error.code).toBe('class_without_training_row');
  });
});

describe('folds by a column', () => {
  it('are its distinct values in their order', () => {
    const foldsBy = ['b', 'a', 'c', 'a', 'b', 'b'];
    const input = inputOf({ values: foldsBy.map((_, i) => i), foldsBy });
    const folds = foldRows('column', input, 3);
    expect(folds.map(({ test }) => [...test])).toEqual([[1, 4], [0, 6, 7], [3]]);
    expect(folds.map(({ train }) => [...train])).toEqual([
      [0, 3, 6, 7],
      [1, 3, 4],
      [0, 1, 4, 6, 7],
    ]);
  });

  it('are refused where another number of folds is wanted', async () => {
    const foldsBy = ['b', 'a', 'c', 'a', 'b', 'b'];
    const input = inputOf({ values: foldsBy.map((_, i) => i), foldsBy });
    const error = await refusalOf(() => foldRows('column', input, 4));
    expect(error.message).toMatch(/has 3 distinct values.*4 folds are wanted/);
  });
});
