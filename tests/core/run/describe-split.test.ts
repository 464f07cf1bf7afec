import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { describeSplit, type SplitDescription } from '#core/run/describe-split.ts';
import type { Dataset } from '#core/data/table.ts';
import { prepareRun } from '#core/run/prepare-run.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { splitRecordSchema } from '#core/spec/split-record.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readText } from '../../support/csv.ts';
import { noise, tableOf } from '../../support/experiment.ts';
import { refusalOf } from '../../support/refusal.ts';

/** Visits of twenty patients over forty days, four of them without an outcome. */
const visits = tableOf(124, {
  patient: (row) => `p${row % 20}`,
  day: (row) =>
    `2024-${row % 40 < 31 ? '01' : '02'}-${String(((row % 40) % 31) + 1).padStart(2, '0')}`,
  part: (row) => ['train', 'train', 'train', 'validation', 'test'][row % 5] ?? '',
  weight: (row) => (60 + 20 * noise(row)).toFixed(2),
  visit: (row) => `v-${row}`,
  outcome: (row) => (row >= 120 ? '' : row % 4 === 0 ? 'ill' : 'well'),
});

async function specFor(split: Partial<Spec['split']>, target = 'outcome') {
  const dataset = await readText(visits);
  const spec = proposeSpec(dataset.info, target);
  return { dataset, spec: { ...spec, split: { ...spec.split, ...split } } };
}

async function describedOf(
  split: Partial<Spec['split']>,
  target?: string,
): Promise<SplitDescription> {
  const { dataset, spec } = await specFor(split, target);
  const description = describeSplit(spec, dataset);
  expect(v.parse(splitRecordSchema, description.split)).toEqual(description.split);
  return description;
}

describe('what a split holds', () => {
  it('at random: rows and classes in each part', async () => {
    const { split, rowsWithoutTarget, warnings } = await describedOf({});
    expect(split).toEqual({
      seed: 1,
      method: 'random',
      stratified: true,
      train: 72,
      validation: 24,
      test: 24,
      leftOut: 0,
      classes: {
        ill: { train: 18, validation: 6, test: 6 },
        well: { train: 54, validation: 18, test: 18 },
      },
    });
    expect(rowsWithoutTarget).toBe(4);
    expect(warnings).toEqual([]);
  });

  it('of a value: its mean in each part, nearer to each other when stratified', async () => {
    const plain = await describedOf({}, 'weight');
    const stratified = await describedOf({ stratify: true }, 'weight');
    expect(plain.split.stratified).toBe(false);
    expect(stratified.split.stratified).toBe(true);
    const spread = ({ split: { targetMean: mean } }: SplitDescription): number =>
      mean === undefined
        ? NaN
        : Math.max(mean.train, mean.validation, mean.test) -
          Math.min(mean.train, mean.validation, mean.test);
    expect(spread(stratified)).toBeLessThan(1);
    expect(spread(stratified)).toBeLessThan(spread(plain));
  });

  it('by group: groups in each part, and how far the shares of classes are off', async () => {
    const { split } = await describedOf({ method: 'group', by: 'patient' });
    expect(split).toMatchObject({ by: 'patient', stratified: true });
    const { groups, shareDifference = NaN, classes } = split;
    expect((groups?.train ?? 0) + (groups?.validation ?? 0) + (groups?.test ?? 0)).toBe(20);
    const gaps = (['train', 'validation', 'test'] as const).map((part) =>
      Math.abs((classes?.['ill']?.[part] ?? NaN) / split[part] - 0.25),
    );
    expect(shareDifference).toBeCloseTo(Math.max(...gaps), 12);
    const plain = await describedOf({ method: 'group', by: 'patient', stratify: false });
    expect(plain.split.shareDifference).toBeUndefined();
  });

  it('by time: the range of each part, and the rows in the gaps', async () => {
    const { split } = await describedOf({ method: 'time', by: 'day', gap: 2 });
    expect(split.times).toEqual({
      train: { from: '2024-01-01', to: '2024-01-24' },
      validation: { from: '2024-01-27', to: '2024-02-01' },
      test: { from: '2024-02-04', to: '2024-02-09' },
    });
    expect(split).toMatchObject({ gap: 2, leftOut: 12, stratified: false });
    const { dataset, spec } = await specFor({ method: 'time', by: 'day', gap: 2 });
    expect(prepareRun(spec, dataset).warnings).toContain(
      'Rows left out because they lie in the gap of the split: 12.',
    );
  });

  it('by a column: what it says', async () => {
    const { split } = await describedOf({ method: 'column', by: 'part' });
    expect(split).toMatchObject({ by: 'part', train: 72, validation: 24, test: 24 });
  });

  it('by key: the key is recorded', async () => {
    const { split } = await describedOf({ key: 'visit' });
    expect(split).toMatchObject({ method: 'random', key: 'visit', train: 72 });
  });
});

describe('the columns that deal the rows', () => {
  const inputsOf = (spec: Spec, dataset: Dataset) =>
    prepareRun(spec, dataset).contract.inputs.map(({ name }) => name);

  it('are no inputs of the model', async () => {
    const usual = await specFor({});
    expect(inputsOf(usual.spec, usual.dataset)).toContain('patient');
    const { spec, dataset } = await specFor({ method: 'group', by: 'patient' });
    expect(inputsOf(spec, dataset)).not.toContain('patient');
    expect(inputsOf(spec, dataset)).toContain('weight');
  });

  it('are inputs where the spec says so, with a warning', async () => {
    const { spec, dataset } = await specFor({ method: 'group', by: 'patient' });
    const typed = { ...spec, columns: { patient: { type: 'categorical' as const } } };
    expect(inputsOf(typed, dataset)).toContain('patient');
    expect(prepareRun(typed, dataset).warnings).toContainEqual(
      expect.stringMatching(/^Column "patient" deals the rows and is an input of the model too/),
    );
  });
});

describe('a split that cannot be made says why and where', () => {
  it.each([
    [{ method: 'group' }, 'split.by', /is missing/],
    [{ method: 'group', by: 'nobody' }, 'split.by', /the data has no such column/],
    [{ method: 'group', by: 'outcome' }, 'split.by', /which is the target/],
    [{ method: 'random', by: 'patient' }, 'split.by', /the method random does not read it/],
    [{ method: 'random', gap: 3 }, 'split.gap', /does not read it/],
    [{ method: 'time', by: 'day', key: 'visit' }, 'split.key', /does not read it/],
    [{ method: 'random', key: 'outcome' }, 'split.key', /which is the target/],
    [{ method: 'random', key: 'patient' }, 'split.key', /rows 1 and 21 have the same value/],
    [{ method: 'time', by: 'patient' }, 'split.by', /row 1, column "patient": "p0" is not a date/],
    [{ method: 'time', by: 'day', gap: 400 }, 'split.gap', /leaves no row for the validation part/],
    [{ method: 'column', by: 'patient' }, 'split.by', /row 1.*"p0" is no part of a split/],
    [{ method: 'group', by: 'patient', train: 0.9 }, 'split', /sum to 1\.3/],
  ] as const)('%j', async (split, path, message) => {
    const { dataset, spec } = await specFor(split);
    const error = await refusalOf(() => describeSplit(spec, dataset));
    expect(error.message).toMatch(message);
    expect(error.details?.['path']).toBe(path);
  });

  it('a date that is none is named with its row, the missing texts of the spec left aside', async () => {
    const csv = visits.replace('2024-01-05', 'soon').replace('2024-01-07', 'later');
    const dataset = await readText(csv);
    const proposed = proposeSpec(dataset.info, 'outcome');
    const spec: Spec = { ...proposed, split: { ...proposed.split, method: 'time', by: 'day' } };
    const error = await refusalOf(() => describeSplit(spec, dataset));
    expect(error.message).toBe('split.by: row 5, column "day": "soon" is not a date.');
    const listed = { ...spec, columns: { day: { missing: ['soon', 'later'] } } };
    const missing = await refusalOf(() => describeSplit(listed, dataset));
    expect(missing.message).toMatch(/^split\.by: row 5, column "day" has no value \(and so have 1/);
  });
});
