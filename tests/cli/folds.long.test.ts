import { afterAll, expect, test, vi } from 'vitest';
import { birdsCsv, expectWrongCall, Workshop } from '../support/cli.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
afterAll(() => {
  workshop.remove();
});
workshop.write('birds.csv', birdsCsv);

const candidates =
  'candidates=[{name: baseline, model: majority}, {name: linear, model: logistic_regression}]';
const run = (folds: string, out: string) =>
  workshop.terrarium(
    ...['run', '--data', 'birds.csv', '--target', 'species', '--out', out],
    ...['--set', `split.folds=${folds}`, '--set', candidates],
  );

test('folds are set like any field, shown as mean ± deviation, and replayed', async () => {
  const finished = await run('4', 'o');
  expect(finished.code, finished.stderr).toBe(0);
  expect(finished.stdout).toMatch(/Macro F1, 4 folds/);
  expect(finished.stdout).toMatch(
    /\* {2}linear +1\.000 ± 0\.000|\* {2}linear +0\.9\d\d ± 0\.\d{3}/,
  );
  expect(finished.stdout).toMatch(/mean macro_f1 chose the best/);
  const record = workshop.record('o/run.json');
  expect(record.split.folds).toHaveLength(4);
  expect(record.candidates.map(({ crossValidation }) => crossValidation?.folds.length)).toEqual([
    4, 4,
  ]);
  expect(workshop.read('o/spec.yaml')).toMatch(/folds: 4/);
  expect(workshop.read('o/model-card.md')).toMatch(/## Figures over 4 folds/);
  expect((await workshop.terrarium('replay', 'o/run.json')).code).toBe(0);

  const other = 'f'.repeat(64);
  workshop.tamper('o/run.json', 'o/other.json', (changed) => {
    const fold = changed.candidates[1]?.crossValidation?.folds[2];
    if (fold !== undefined) fold.weightsSha256 = other;
  });
  const differs = await workshop.terrarium('replay', 'o/other.json');
  expect(differs.code).toBe(1);
  expect(differs.stdout).toMatch(/linear, fold 3: weights/);
});

test('folds out of range are refused by their path', async () => {
  expectWrongCall(await run('1', 'x'), /split\.folds must be at least 2/);
  expectWrongCall(await run('many', 'x'), /split\.folds must be a number/);
});
