import { describe, expect, it } from 'vitest';
import { describeSplit } from '#core/run/describe-split.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { parseSpec, specToYaml } from '#core/spec/parse-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readText } from '../../../support/csv.ts';
import { noise, tableOf } from '../../../support/experiment.ts';
import { refusalOf } from '../../../support/refusal.ts';

const table = tableOf(60, {
  group: (row) => `g${row % 8}`,
  day: (row) => `2024-01-${String((row % 7) + 1).padStart(2, '0')}`,
  week: (row) => row + 0.5,
  part: (row) => ['train', 'train', 'train', 'validation', 'test'][row % 5] ?? '',
  round: (row) => `r${row % 3}`,
  x: (row) => noise(row).toFixed(3),
  label: (row) => (row < 6 ? 'rare' : row % 2 === 0 ? 'even' : 'odd'),
});

async function described(split: Partial<Spec['split']>) {
  const dataset = await readText(table);
  const spec = proposeSpec(dataset.info, 'label');
  return describeSplit(
    parseSpec(specToYaml({ ...spec, split: { ...spec.split, ...split } })),
    dataset,
  );
}

describe('folds that cannot be made are refused before anything is trained', () => {
  it.each<[string, Partial<Spec['split']>, string, RegExp, RegExp]>([
    [
      'a class with fewer rows than folds',
      { folds: 10 },
      'split.folds',
      /class "rare" has 5 rows outside the test part, and 10 folds need at least 10/,
      /at most 5 folds.*more rows.*stratify/,
    ],
    [
      'fewer groups than folds',
      { method: 'group', by: 'group', folds: 10, stratify: false },
      'split.by',
      /column "group" has \d groups, and 10 folds need at least one each/,
      /more values/,
    ],
    [
      'fewer times than folds',
      { method: 'time', by: 'day', folds: 6, stratify: false },
      'split.by',
      /has \d distinct times, and a split by time needs at least 7/,
      /finer times/,
    ],
    [
      'a gap that eats a fold',
      { method: 'time', by: 'week', gap: 8, folds: 8, stratify: false },
      'split.gap',
      /a gap of 8 leaves no row for the training part of fold 1/,
      /smaller/,
    ],
    [
      'a column with other values than folds',
      { method: 'column', by: 'part', folds: 4, foldsBy: 'round' },
      'split.foldsBy',
      /column "round" has 3 distinct values.*4 folds/,
      /Ask for 3 folds/,
    ],
    [
      'no column of folds',
      { method: 'column', by: 'part', folds: 3 },
      'split.foldsBy',
      /missing/,
      /fold/,
    ],
    [
      'folds by no column there is',
      { method: 'column', by: 'part', folds: 3, foldsBy: 'q' },
      'split.foldsBy',
      /no such column/,
      /It has/,
    ],
    [
      'folds by the target',
      { method: 'column', by: 'part', folds: 3, foldsBy: 'label' },
      'split.foldsBy',
      /is the target/,
      /another/,
    ],
    [
      'a column of folds without folds',
      { method: 'column', by: 'part', foldsBy: 'round' },
      'split.foldsBy',
      /without split\.folds/,
      /Remove/,
    ],
    [
      'a column of folds at random',
      { folds: 3, foldsBy: 'round' },
      'split.foldsBy',
      /method random/,
      /Remove/,
    ],
    ['one fold', { folds: 1 }, 'split.folds', /at least 2/, /./],
    ['too many', { folds: 21 }, 'split.folds', /at most 20/, /./],
    ['a half', { folds: 2.5 }, 'split.folds', /an integer/, /./],
  ])('%s', async (_case, split, path, message, hint) => {
    const refusal = await refusalOf(() => described(split));
    expect(refusal.details).toMatchObject({ path });
    expect(refusal.message).toMatch(message);
    expect(refusal.hint).toMatch(hint);
  });
});

it('says what each fold holds', async () => {
  const { split } = await described({ folds: 5 });
  expect(split.folds).toHaveLength(5);
  for (const { train, test, classes } of split.folds ?? []) {
    expect(train + test).toBe(split.train + split.validation);
    expect(Object.values(classes ?? {}).reduce((sum, rows) => sum + rows, 0)).toBe(test);
    expect(classes?.['rare']).toBe(1);
  }
  expect((await described({})).split.folds).toBeUndefined();
});
