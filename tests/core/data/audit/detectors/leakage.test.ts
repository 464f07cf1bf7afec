import { describe, expect, it } from 'vitest';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { audited, datasetOf, day, draws, found, normals, times, type Columns } from './audited.ts';

const N = 400;
const x = normals(N, 1);
const noise = normals(N, 2);
const label = times(N, (row) => ((x[row] ?? 0) + 0.8 * (noise[row] ?? 0) > 0 ? 'sick' : 'well'));
const y = times(N, (row) => 10 + 3 * (x[row] ?? 0) + 2 * (noise[row] ?? 0));
const leaks = ['predicts_target', 'determines_target', 'function_of_target'];

async function leakCodes(columns: Columns, target: string): Promise<string[]> {
  const findings = await audited(columns, { target });
  return findings
    .filter(({ code, severity }) => leaks.includes(code) && severity !== 'note')
    .map(({ code, columns: [name] }) => `${code}: ${name ?? ''}`);
}

describe('a column that gives the target away', () => {
  it('is not an honest strong predictor', async () => {
    expect(await leakCodes({ x, label }, 'label')).toEqual([]);
    expect(await leakCodes({ x, y }, 'y')).toEqual([]);
  });

  it('predicts it, though with errors', async () => {
    const copy = times(N, (row) => (row % 60 === 0 ? 'S' : label[row] === 'sick' ? 'S' : 'W'));
    expect(await leakCodes({ x, copy, label }, 'label')).toEqual(['predicts_target: copy']);
    const score = times(N, (row) => (label[row] === 'sick' ? 5 : 1) + 0.3 * (noise[row] ?? 0));
    expect(await leakCodes({ score, label }, 'label')).toEqual(['predicts_target: score']);
    const near = times(N, (row) => (y[row] ?? 0) + 0.3 * (normals(N, 5)[row] ?? 0));
    expect(await leakCodes({ near, y }, 'y')).toEqual(['predicts_target: near']);
    const after = times(N, (row) => (label[row] === 'sick' ? 1 + (row % 17) : ''));
    expect(await leakCodes({ after, x, label }, 'label')).toEqual(['predicts_target: after']);
  });

  it('determines it: a re-coded label, or a finer one', async () => {
    const code = label.map((one) => (one === 'sick' ? 1 : 2));
    expect(await leakCodes({ x, code, label }, 'label')).toEqual(['determines_target: code']);
    const icd = times(
      N,
      (row) => (label[row] === 'sick' ? ['A1', 'A2', 'A3'] : ['Z1', 'Z2'])[row % 2] ?? '',
    );
    expect(await leakCodes({ x, icd, label }, 'label')).toEqual(['determines_target: icd']);
  });

  it('is told by a word of free texts, or by its name in them', async () => {
    const places = ['Oslo', 'Rome', 'Lyon', 'Bonn', 'Kyiv'];
    const told = (outcome: (row: number) => string): string[] =>
      times(N, (row) => `case ${row} of ${places[row % 5] ?? ''} was ${outcome(row)} at last`);
    const note = told((row) => (label[row] === 'sick' ? 'admitted' : 'sent home'));
    const findings = await found('predicts_target', { x, note, label }, { target: 'label' });
    expect(findings).toMatchObject([{ columns: ['note'], severity: 'severe' }]);
    expect(findings[0]?.message).toMatch(/^The word "(?:admitted|sent|home)" in "note" alone/);

    const ward = times(
      N,
      (row) => ['Surgery', 'Heart and lung', 'Children', 'Eyes'][row % 4] ?? '',
    );
    const letter = told((row) => `on the ward ${(ward[row] ?? '').toLowerCase()}`);
    const named = await found('predicts_target', { x, letter, ward }, { target: 'ward' });
    expect(named).toMatchObject([{ columns: ['letter'], severity: 'severe' }]);
    expect(named[0]?.message).toMatch(/^What stands of the classes by name in "letter"/);

    const honest = told((row) => (row % 3 === 0 || label[row] === 'sick' ? 'tired' : 'awake'));
    expect(await leakCodes({ x, honest, label }, 'label')).toEqual([]);
  });

  it.each<[string, (value: number) => number | string]>([
    ['another unit', (value: number) => value * 1.8 + 32],
    ['its logarithm', (value: number) => Math.log(value + 100)],
    ['its rounding', (value: number) => Math.round(value * 10) / 10],
    ['its negative', (value: number) => -value],
    ['a curve', (value: number) => (value - 10) * (value - 10)],
    ['its bins', (value: number) => (value < 8 ? 'low' : value < 12 ? 'middle' : 'high')],
  ])('is a function of it: %s', async (_, made) => {
    expect(await leakCodes({ x, made: y.map((value) => made(value)), y }, 'y')).toEqual([
      'function_of_target: made',
    ]);
  });
});

describe('rows in train and test', () => {
  it('are found under the proposed split', async () => {
    const columns = { x: [...x, ...x.slice(0, 80)], label: [...label, ...label.slice(0, 80)] };
    const [finding] = await found('rows_in_train_and_test', columns, { target: 'label' });
    expect(finding?.severity).toBe('severe');
    expect(finding?.count).toBeGreaterThan(5);
    expect(await found('rows_in_train_and_test', { x, label }, { target: 'label' })).toEqual([]);
  });
});

describe('an entity in train and test', () => {
  const patient = draws(N, 80, 6).map((k) => `P${100 + k}`);

  it('is found unless rows are split by it', async () => {
    const columns = { patient, x, label };
    const [finding] = await found('entity_in_train_and_test', columns, { target: 'label' });
    expect(finding).toMatchObject({ severity: 'severe', columns: ['patient'] });
    const { info } = await datasetOf(columns);
    const spec = proposeSpec(info, 'label');
    const split = { ...spec.split, method: 'group' as const, by: 'patient' };
    expect(await found('entity_in_train_and_test', columns, { spec: { ...spec, split } })).toEqual(
      [],
    );
  });

  it('is no category', async () => {
    const ward = draws(N, 6, 7).map((k) => 'ABCDEF'[k] ?? '');
    expect(
      await found('entity_in_train_and_test', { ward, x, label }, { target: 'label' }),
    ).toEqual([]);
  });

  it('is neither what is taught at school nor a band of ages, but whom a code or a number means', async () => {
    const subjects = ['Mathematics', 'Physics', 'History', 'Art', 'Music'];
    const bands = ['under 18', '18-25', '26-40', '41-65', 'over 65'];
    const drawn = draws(N, 5, 7);
    const named = (texts: readonly string[]) => drawn.map((k) => texts[k] ?? '');
    const codesOf = async (columns: Record<string, readonly string[]>) =>
      (await found('entity_in_train_and_test', { ...columns, x, label }, { target: 'label' }))
        .length;
    expect(await codesOf({ subject: named(subjects) })).toBe(0);
    expect(await codesOf({ 'age group': named(bands) })).toBe(0);
    expect(await codesOf({ subject: drawn.map((k) => `S0${k}`) })).toBe(1);
    expect(await codesOf({ subject: drawn.map((k) => `sub-0${k}`) })).toBe(1);
    expect(await codesOf({ store: named(['Aldi', 'Lidl', 'Rewe', 'Edeka', 'Spar']) })).toBe(1);
  });
});

describe('training on the future', () => {
  const date = times(N, day);
  const walk = normals(N, 8).reduce<number[]>(
    (sums, step) => [...sums, (sums.at(-1) ?? 0) + step],
    [],
  );

  it('is found where a series is split at random', async () => {
    const [finding] = await found('trains_on_future', { date, x, walk }, { target: 'walk' });
    expect(finding).toMatchObject({ severity: 'severe', columns: ['date'] });
    expect(finding?.remedies[0]?.changes[0]).toEqual({ path: 'split.method', value: 'time' });
    const state = walk.map((value) => (value > (walk[200] ?? 0) ? 'up' : 'down'));
    expect(
      (await found('trains_on_future', { date, x, state }, { target: 'state' }))[0]?.severity,
    ).toBe('severe');
  });

  it('is not of an amount of time, which tells the target for reasons of its own', async () => {
    const week = times(N, (row) => row);
    expect(await found('trains_on_future', { week, x, walk }, { target: 'walk' })).toHaveLength(1);
    for (const name of ['hours_of_homework_per_week', 'study time', 'timeSpent']) {
      expect(
        await found('trains_on_future', { [name]: week, x, walk }, { target: 'walk' }),
      ).toEqual([]);
    }
  });

  it('is settled by a split in time, and no matter where dates tell nothing', async () => {
    const { info } = await datasetOf({ date, x, walk });
    const spec = proposeSpec(info, 'walk');
    const split = { ...spec.split, method: 'time' as const, by: 'date' };
    expect(
      await found('trains_on_future', { date, x, walk }, { spec: { ...spec, split } }),
    ).toEqual([]);
    const visited = draws(N, 900, 9).map(day);
    expect(await found('trains_on_future', { visited, x, label }, { target: 'label' })).toEqual([]);
  });
});
