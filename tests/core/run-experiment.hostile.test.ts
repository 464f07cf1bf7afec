import { describe, expect, it } from 'vitest';
import type { Spec } from '#core/spec/spec.ts';
import {
  candidateOf,
  endsWellOrRefused,
  expectEndsWell,
  noise,
  runCsv,
  tableOf,
  withoutNetwork,
} from '../support/experiment.ts';
import { expectSentence, refusalOf } from '../support/refusal.ts';

const asClassification = (spec: Spec): Spec => ({ ...spec, task: 'classification' });

describe('a target that cannot be learned is refused', () => {
  const x = (row: number) => noise(row).toFixed(3);

  it.each([
    [
      'one class',
      (): string => 'yes',
      80,
      /one class|single class|only .*yes|two classes|same value/i,
    ],
    [
      'one class and missing cells',
      (row: number): string => (row % 3 === 0 ? 'NA' : 'yes'),
      80,
      /class|same value/i,
    ],
    [
      'categories that are all distinct',
      (row: number): string => `bird ${row}`,
      80,
      /distinct|different|class/i,
    ],
    ['no value at all', (): string => '', 80, /no value|empty|missing|without/i],
    [
      'a value in four rows only',
      (row: number): string => (row < 4 ? `c${row % 2}` : ''),
      80,
      /row/i,
    ],
    ['four rows', (row: number): string => `c${row % 2}`, 4, /row/i],
    ['one row', (): string => 'a', 1, /row|class/i],
  ])('%s', async (_, y, rows, said) => {
    const error = await refusalOf(() => runCsv(tableOf(rows, { x, y }), 'y'));
    expect(error.message).toMatch(said);
    expect(`${error.message} ${String(error.details?.path)}`).toMatch(/\by\b|row/);
  });

  it('the same number in every row, as a regression', async () => {
    const csv = tableOf(60, { x, y: () => 5.5 });
    const regression = (spec: Spec): Spec => ({ ...spec, task: 'regression' });
    const ended = await endsWellOrRefused(runCsv(csv, 'y', regression));
    if (ended instanceof Error) expect(ended.kind).toBe('input');
  });

  it('values so far from 0 that answers would be lost to rounding, with mean and deviation', async () => {
    const csv = tableOf(60, { x, y: (row) => (4e15 + 10 * row).toFixed(0) });
    const regression = (spec: Spec): Spec => ({ ...withoutNetwork(spec), task: 'regression' });
    const error = await refusalOf(() => runCsv(csv, 'y', regression));
    expect(error.code).toBe('target_far_from_zero');
    expect(error.message).toMatch(/"y" has the mean 40\d+(?:\.\d+)? and the deviation 1\d\d\./);
    expect(error.hint).toContain('Subtract a constant');
  });

  it('but not those that parity has room for', async () => {
    const csv = tableOf(60, { x, y: (row) => (1e12 + 10 * row).toFixed(0) });
    expectEndsWell(await runCsv(csv, 'y', withoutNetwork));
  });

  it('a text column taken as numbers, with the cell and its row', async () => {
    const csv = tableOf(60, {
      x: (row) => (row === 41 ? 'about 7' : noise(row).toFixed(2)),
      y: (row) => `c${row % 2}`,
    });
    const numeric = (spec: Spec): Spec => ({
      ...withoutNetwork(spec),
      columns: { ...spec.columns, x: { type: 'numeric' } },
      steps: [
        { step: 'impute', columns: 'numeric', parameters: {} },
        { step: 'scale', columns: 'numeric', parameters: {} },
      ],
    });
    const error = await refusalOf(() => runCsv(csv, 'y', numeric));
    expect(error.message).toMatch(/about 7/);
    expect(error.message).toMatch(/\b4[23]\b/);
  });

  it.each<[string, RegExp, (spec: Spec) => Spec]>([
    [
      'a text column as the target of a regression',
      /"y".*"c0"|"c0".*"y"/,
      (spec) => ({
        ...spec,
        task: 'regression',
        metric: 'rmse',
        candidates: [{ name: 'baseline', model: 'mean', parameters: {} }],
      }),
    ],
    [
      'a step for numbers on a column of texts',
      /steps\[0\].*"k"/,
      (spec) => ({ ...spec, steps: [{ step: 'scale', columns: ['k'], parameters: {} }] }),
    ],
    [
      'a column that is still text after its steps',
      /steps.*"k"/,
      (spec) => ({ ...spec, steps: [] }),
    ],
  ])('%s', async (_, said, change) => {
    const csv = tableOf(60, { x, k: (row) => `k${row % 3}`, y: (row) => `c${row % 2}` });
    const error = await refusalOf(() => runCsv(csv, 'y', change));
    expect(error.message).toMatch(said);
  });

  it('no column left to learn from', async () => {
    const csv = tableOf(60, { x, y: (row) => `c${row % 2}` });
    const ignored = (spec: Spec): Spec => ({
      ...spec,
      columns: { x: { type: 'ignore' } },
      steps: [],
    });
    await refusalOf(() => runCsv(csv, 'y', ignored));
    await refusalOf(() => runCsv(tableOf(60, { y: (row) => `c${row % 2}` }), 'y'));
    await refusalOf(() =>
      runCsv(tableOf(60, { id: (row) => `p${row}`, y: (row) => `c${row % 2}` }), 'y'),
    );
  });

  it('other bytes than the spec says', async () => {
    const csv = tableOf(60, { x, y: (row) => `c${row % 2}` });
    const pinned = (spec: Spec): Spec => ({
      ...spec,
      data: { ...spec.data, sha256: 'ab'.repeat(32) },
    });
    const error = await refusalOf(() => runCsv(csv, 'y', pinned));
    expect(error.message).toMatch(/hash|SHA-256|changed|other/i);
  });
});

describe('rows without a target', () => {
  it('are left out and counted', async () => {
    const csv = tableOf(90, {
      x: (row) => noise(row).toFixed(3),
      y: (row) =>
        row % 9 === 0 ? (['NA', '', '?'][(row / 9) % 3] ?? '') : noise(row) > 0.5 ? 'hi' : 'lo',
    });
    const experiment = await runCsv(csv, 'y', withoutNetwork);
    expectEndsWell(experiment);
    expect(experiment.outcome.record.dataset).toMatchObject({
      rows: 90,
      rowsUsed: 80,
      rowsWithoutTarget: 10,
    });
    expect(experiment.outcome.record.contract.target.classes).toEqual(['hi', 'lo']);
  });
});

describe('columns with nothing to say work in training and in the graph', () => {
  const y = (row: number): number => Math.round(noise(row, 3) * 1e6) / 10 + row / 1000;

  /** The targets of the held-out rows: distinct, so they name the rows. */
  async function heldOutTargets(): Promise<ReadonlySet<number>> {
    const probe = await runCsv(
      tableOf(70, { x: (row) => noise(row).toFixed(3), y }),
      'y',
      withoutNetwork,
    );
    const { residuals } = candidateOf(probe, 'mean');
    const held = [...(residuals?.validation ?? []), ...(residuals?.test ?? [])];
    expect(held.length).toBe(
      probe.outcome.record.split.validation + probe.outcome.record.split.test,
    );
    return new Set(held.map(({ actual }) => actual));
  }

  it('a number that is missing in all training rows, and a category that is only in held-out ones', async () => {
    const held = await heldOutTargets();
    const isHeld = (row: number): boolean =>
      [...held].some((value) => Math.abs(value - y(row)) < 1e-6);
    const csv = tableOf(70, {
      x: (row) => noise(row).toFixed(3),
      late: (row) => (isHeld(row) ? noise(row, 1).toFixed(2) : ''),
      kind: (row) => (isHeld(row) ? 'unseen' : (['a', 'b', ''][row % 3] ?? '')),
      y,
    });
    const experiment = await runCsv(csv, 'y');
    expectEndsWell(experiment);
    const inputs = new Map(
      experiment.outcome.record.contract.inputs.map((input) => [input.name, input]),
    );
    expect(inputs.get('kind')?.categories ?? []).not.toContain('unseen');
    expect(inputs.get('late')?.range?.max ?? 0).toBeLessThanOrEqual(1);
  });

  it('a constant number, a constant text, a column with no value, and one with a single value', async () => {
    const csv = tableOf(80, {
      x: (row) => noise(row).toFixed(3),
      same: () => '3.7',
      word: () => 'only',
      nothing: () => '',
      once: (row) => (row === 33 ? '5' : 'NA'),
      y: (row) => (noise(row) + 0.3 * noise(row, 1) > 0.6 ? 'hi' : 'lo'),
    });
    expectEndsWell(await runCsv(csv, 'y'));
  });

  it('nothing but a constant', async () => {
    const csv = tableOf(60, { same: () => 4, y: (row) => `c${row % 2}` });
    await endsWellOrRefused(runCsv(csv, 'y'));
  });
});

describe('the task follows from the target', () => {
  const x = (row: number) => noise(row).toFixed(3);

  it.each([
    ['texts of digits', (row: number) => (noise(row) > 0.5 ? '1' : '0'), ['0', '1']],
    ['booleans', (row: number) => (noise(row) > 0.5 ? 'True' : 'False'), ['False', 'True']],
    [
      'few whole numbers',
      (row: number) => String(Math.floor(noise(row) * 4) + 3),
      ['3', '4', '5', '6'],
    ],
  ])('%s are classes', async (_, y, classes) => {
    const experiment = await runCsv(tableOf(120, { x, y }), 'y', withoutNetwork);
    expectEndsWell(experiment);
    const { contract } = experiment.outcome.record;
    expect(contract.task).toBe('classification');
    expect([...(contract.target.classes ?? [])].sort()).toEqual(classes);
    expect(
      candidateOf(experiment, 'logistic_regression').metrics.test.accuracy?.value,
    ).toBeGreaterThan(0.6);
  });

  it('many whole numbers are values', async () => {
    const y = (row: number) => Math.floor(noise(row) * 900) + 100;
    const experiment = await runCsv(tableOf(150, { x, y }), 'y', withoutNetwork);
    expectEndsWell(experiment);
    expect(experiment.outcome.record.contract.task).toBe('regression');
    expect(candidateOf(experiment, 'ridge').metrics.test.r2?.value).toBeGreaterThan(0.95);
  });

  it('many whole numbers can be made classes, and are refused where that is hopeless', async () => {
    const y = (row: number) => Math.floor(noise(row) * 90_000);
    const change = (spec: Spec): Spec => ({
      ...asClassification(spec),
      metric: 'accuracy',
      candidates: [{ name: 'baseline', model: 'majority', parameters: {} }],
    });
    const error = await refusalOf(() => runCsv(tableOf(80, { x, y }), 'y', change));
    expectSentence(error.message);
  });
});
