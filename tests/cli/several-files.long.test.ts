import { afterAll, expect, test, vi } from 'vitest';
import { packFiles } from '#core/data/read/zip/pack-files.ts';
import { birdsCsv, expectWrongCall, Workshop } from '../support/cli.ts';
import { sha256 } from '../storage/samples.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
afterAll(() => {
  workshop.remove();
});

const [header = '', ...rows] = birdsCsv.trimEnd().split('\n');
const tableOf = (lines: readonly string[]) => `${[header, ...lines].join('\n')}\n`;
const texts = { 'birds-1.csv': tableOf(rows.slice(0, 40)), 'birds-2.csv': tableOf(rows.slice(40)) };
for (const [name, text] of Object.entries(texts)) workshop.write(name, text);

const baseline = ['--set', 'candidates=[{name: baseline, model: majority}]'];

test('several files are one data set with the hash that the page gives it, and replay', async () => {
  const finished = await workshop.terrarium(
    ...['run', '--data', 'birds-2.csv', '--data', 'birds-1.csv', '--target', 'species'],
    ...['--out', 'o', ...baseline],
  );
  expect(finished.code, finished.stderr).toBe(0);
  const { dataset, spec } = workshop.record('o/run.json');
  const chosen = Object.entries(texts).map(([name, text]) => ({ name, file: new Blob([text]) }));
  const pack = new Uint8Array(await (await packFiles(chosen)).arrayBuffer());
  expect(dataset).toMatchObject({ name: 'birds.zip', rows: 90, sha256: sha256(pack) });
  expect(spec.data.source).toEqual(['../birds-2.csv', '../birds-1.csv']);
  expect((await workshop.terrarium('replay', 'o/run.json')).code).toBe(0);

  workshop.write('birds.zip', pack);
  const elsewhere = await workshop.terrarium('replay', 'o/run.json', '--data', 'birds.zip');
  expect(elsewhere.code, elsewhere.stderr).toBe(0);
});

test('they are audited as one', async () => {
  const files = ['birds-1.csv', 'birds-2.csv'];
  const finished = await workshop.terrarium('audit', ...files, '--target', 'species', '--json');
  expect(JSON.parse(finished.stdout)).toMatchObject({ file: files, rows: 90 });
});

test('what is no one data set is refused by name', async () => {
  workshop.write('fish.csv', 'species,fins\ncod,7\n');
  const run = (...names: readonly string[]) =>
    workshop.terrarium(
      ...['run', '--target', 'species', '--out', 'x'],
      ...names.flatMap((name) => ['--data', name]),
    );
  expectWrongCall(await run('birds-1.csv', 'fish.csv'), /fish\.csv has no column "id"/);
  expectWrongCall(await run('birds-1.csv', './birds-1.csv'), /both named birds-1\.csv/);
  expectWrongCall(await run('birds-1.csv', 'gone.csv'), /There is no file gone\.csv/);
});
