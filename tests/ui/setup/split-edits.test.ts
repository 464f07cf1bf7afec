import { expect, it } from 'vitest';
import type { DatasetInfo } from '#core/data/table.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import {
  byChoices,
  foldChoices,
  keyChoices,
  weightChoices,
  withFolds,
  withMethod,
  withSetting,
  withWeights,
} from '#ui/pages/setup/split-edits.ts';
import { usesText } from '#ui/pages/setup/column-use.ts';
import { readText } from '../../support/csv.ts';
import { tableOf } from '../../support/experiment.ts';

async function visits(): Promise<DatasetInfo> {
  const csv = tableOf(60, {
    patient: (row) => `p${row % 12}`,
    day: (row) => `2024-01-${String((row % 28) + 1).padStart(2, '0')}`,
    year: (row) => 2000 + (row % 20),
    fold: (row) => ['train', 'train', 'validation', 'test'][row % 4] ?? '',
    visit: (row) => `v-${row}`,
    outcome: (row) => (row % 3 === 0 ? 'ill' : 'well'),
  });
  return (await readText(csv)).info;
}

const names = (columns: readonly { readonly name: string }[]) => columns.map(({ name }) => name);

it('a new method takes the column that it can only mean, and drops what it does not read', async () => {
  const info = await visits();
  const spec = withSetting(proposeSpec(info, 'outcome'), 'key', 'visit');
  const byTime = withMethod(spec, info, 'time');
  expect(byTime.split).toMatchObject({ method: 'time', by: 'day' });
  expect(byTime.split).not.toHaveProperty('key');
  const gapped = withSetting(byTime, 'gap', 7);
  expect(withMethod(gapped, info, 'column').split).toMatchObject({ method: 'column', by: 'fold' });
  expect(withMethod(gapped, info, 'column').split).not.toHaveProperty('gap');
  const byGroup = withMethod(spec, info, 'group');
  expect(byGroup.split.key).toBe('visit');
  expect(byGroup.split).not.toHaveProperty('by'); // which column holds groups, a person must say
  expect(withMethod(gapped, info, 'random').split).toEqual(
    withSetting(spec, 'key', undefined).split,
  );
});

it('offers the columns that could hold what a method needs', async () => {
  const info = await visits();
  const spec = proposeSpec(info, 'outcome');
  expect(names(byChoices('group', spec, info))).toEqual([
    'patient',
    'day',
    'year',
    'fold',
    'visit',
  ]);
  expect(names(byChoices('time', spec, info))).toEqual(['day', 'year']);
  expect(names(byChoices('column', spec, info))).not.toContain('year');
  expect(names(keyChoices(spec, info))).toEqual(['visit']);
  expect(names(keyChoices(withMethod(spec, info, 'group'), info))).toContain('patient');
});

it('folds stay with another method, their column only with the one that reads it', async () => {
  const info = await visits();
  const byColumn = withMethod(withFolds(proposeSpec(info, 'outcome'), 5), info, 'column');
  expect(byColumn.split).toMatchObject({ method: 'column', by: 'fold', folds: 5 });
  expect(names(foldChoices(byColumn, info))).toEqual(['patient', 'year']);
  const named = withSetting(byColumn, 'foldsBy', 'year');
  const atRandom = withMethod(named, info, 'random');
  expect(atRandom.split.folds).toBe(5);
  expect(atRandom.split).not.toHaveProperty('foldsBy');
  expect(withFolds(named, undefined).split).toEqual(
    withMethod(proposeSpec(info, 'outcome'), info, 'column').split,
  );
});

it('counts the column that deals the rows as left out', async () => {
  const info = await visits();
  const spec = proposeSpec(info, 'outcome');
  const grouped = withSetting(withMethod(spec, info, 'group'), 'by', 'patient');
  expect(usesText(spec, info)).toMatch(/2 categorical and 1 datetime inputs/);
  expect(usesText(grouped, info)).toMatch(/1 categorical and 1 datetime inputs/);
});

it('a column of numbers can say how much a row counts, and is then no input', async () => {
  const info = await visits();
  const spec = proposeSpec(info, 'outcome');
  expect(names(weightChoices(spec, info))).toEqual(['year']);
  expect(weightChoices({ ...spec, task: 'clustering' }, info)).toEqual([]);
  const weighed = withWeights(spec, 'year');
  expect(weighed.rows).toEqual({ duplicates: 'keep', weights: 'year' });
  const dropping = { ...weighed, rows: { ...weighed.rows, conflicts: 'drop' as const } };
  expect(withWeights(dropping, undefined).rows).toEqual({ duplicates: 'keep', conflicts: 'drop' });
  expect(usesText(spec, info)).toMatch(/1 numeric/);
  expect(usesText(weighed, info)).not.toMatch(/numeric/);
  expect(withWeights(weighed, undefined)).toEqual(spec);
});
