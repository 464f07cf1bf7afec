import { describe, expect, it } from 'vitest';
import { audit } from '#core/data/audit/audit.ts';
import type { FindingCode } from '#core/data/audit/finding.ts';
import { changeSpec } from '#core/spec/change-spec.ts';
import { checkSpec } from '#core/spec/check-spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { datasetOf, day, draws, normals, times, type Columns } from './audited.ts';

const N = 300;
const today = '2026-01-31';
const x = normals(N, 1);
const label = draws(N, 2, 2).map((k) => (k === 0 ? 'sick' : 'well'));

/** What the audit says of a column, its remedies, and what it says once one of them is part of the spec. */
async function remediesOf(
  code: FindingCode,
  columns: Columns,
  target = 'label',
  change: (spec: Spec) => Spec = (spec) => spec,
) {
  const dataset = await datasetOf(columns);
  const spec = change(proposeSpec(dataset.info, target));
  const found = async (of: Spec) =>
    (await audit(dataset, { spec: of, today })).filter((one) => one.code === code);
  const [finding] = await found(spec);
  const after = (finding?.remedies ?? []).map(async ({ changes }) => {
    const changed = changeSpec(spec, changes);
    checkSpec(changed, dataset.info);
    return found(changed);
  });
  const labels = finding?.remedies.map((remedy) => remedy.label) ?? [];
  return { finding, labels, after: await Promise.all(after) };
}

describe('a finding has a remedy, and weighs no more than a note once that is in the spec', () => {
  const gaps = (values: readonly (number | string)[]) =>
    values.map((value, row) => (row % 5 === 0 ? '' : value));
  const rare = times(N, (row) => (row % 60 === 0 ? 'rare' : 'usual'));
  const three = times(N, (row) => (row < 3 ? 'odd' : row % 2 === 0 ? 'a' : 'b'));
  const future = times(N, (row) => (row === 5 ? '2062-03-01' : day((row * 37) % 900)));
  const strayed = times(N, (row) => day(row === 40 ? 250 : row === 90 ? 3 : row));
  const starts = draws(N, 900, 5);
  const ends = starts.map((start, row) => day(start + (row % 90 === 7 ? -4 : 6)));
  const marks = times(N, (row) => (row % 3 === 0 ? `1,${100 + (row % 20)}` : `${row % 25}.5`));

  it.each<[FindingCode, string, Columns, string[]]>([
    ['outliers', 'x', { x: x.map((one, row) => (row === 9 ? 900 : one)), label }, ['Cut "x" off where the others end']],
    ['skew', 'x', { x: x.map((one) => Math.exp(2 * one)), label }, ['Even "x" out by a power']],
    ['missing_values', 'x', { x: gaps(x), label }, ['Fill "x" in, and say where it was missing']],
    ['missing_values', 'c', { x, c: gaps(draws(N, 3, 4).map((k) => 'rgb'[k] ?? '')), label }, ['Fill "c" in with its most frequent value']],
    [
      'missing_related_to_target',
      'x',
      { x: x.map((one, row) => (label[row] === 'sick' && row % 3 > 0 ? '' : one)), y: normals(N, 3), label },
      ['Leave "x" out of the model', 'Fill "x" in, and say where it was missing'],
    ],
    ['class_imbalance', 'label', { x, label: rare }, ['Let models count all classes the same']],
    ['few_rows_per_class', 'label', { x, label: three }, ['Read "odd" as missing']],
    ['dates_in_future', 'd', { x, d: future, label }, ['Read future dates as missing']],
    ['dates_out_of_order', 'd', { x, d: strayed, label }, ['Read the dates out of order as missing']],
    [
      'dates_out_of_order',
      'start',
      { x, start: starts.map(day), end: ends, label },
      ['Leave "start" out of the model', 'Leave "end" out of the model'],
    ],
    ['mixed_types', 'n', { x, n: marks.map((one) => one.replace('.5', '')), label }, ['Read numbers with a decimal comma', 'Leave "n" out of the model']],
    ['missing_values', 'd', { x, d: gaps(future.map((_, row) => day((row * 37) % 900))), label }, ['Leave "d" out of the model']],
    ['mixed_types', 'n', { x, n: marks, label }, ['Leave "n" out of the model']],
    ['broken_encoding', 't', { x, t: times(N, (row) => (row % 7 === 0 ? 'cafÃ©' : 'tea')), label }, ['Leave "t" out of the model']],
  ])('%s of %s', async (code, column, columns, wanted) => {
    const { finding, labels, after } = await remediesOf(code, columns);
    expect(finding?.columns).toContain(column);
    expect(labels).toEqual(wanted);
    const left = after.map((found) => found.filter(({ severity }) => severity !== 'note'));
    expect(left).toEqual(wanted.map(() => []));
  }); // prettier-ignore

  it('far values of a target are judged by their size', async () => {
    const y = x.map((one, row) => (row === 9 ? 900 : one));
    const { labels } = await remediesOf('outliers', { x: normals(N, 7), y }, 'y');
    expect(labels).toEqual(['Judge models by the mean absolute error']);
  });
});

describe('no remedy is offered that a spec could not take', () => {
  const columns = { x: x.map((one, row) => (row === 9 ? 900 : one)), y: normals(N, 3), label };
  const far = (change: (spec: Spec) => Spec) => remediesOf('outliers', columns, 'label', change);

  it.each<[string, Spec['columns'][string]]>([
    ['is not known in time', { known: false }],
    ['is hashed', { personal: { decision: 'hash', salt: '0123456789abcdef' } }],
  ])('of a column that %s', async (_, settings) => {
    const { labels } = await far((spec) => ({ ...spec, columns: { x: settings } }));
    expect(labels).toEqual([]);
  });

  it('of a class where only one other would be left', async () => {
    const two = times(N, (row) => (row < 3 ? 'odd' : 'usual'));
    const { finding, labels } = await remediesOf('few_rows_per_class', { x, label: two });
    expect(finding).toBeDefined();
    expect(labels).toEqual([]);
  });

  it('of candidates that take no weights, or are balanced already', async () => {
    const rare = times(N, (row) => (row % 60 === 0 ? 'rare' : 'usual'));
    const balance = { method: 'oversample', parameters: {} };
    const { finding, labels } = await remediesOf('class_imbalance', { x, label: rare }, 'label', (spec) => ({
      ...spec,
      candidates: spec.candidates.map((one, i) => (i === 0 ? one : { ...one, balance })),
    })); // prettier-ignore
    expect(labels).toEqual([]);
    expect(finding).toMatchObject({ severity: 'note' });
    expect(finding?.message).toContain('decided: they are balanced');
  });
});
