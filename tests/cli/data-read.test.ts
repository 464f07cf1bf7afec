import { afterAll, expect, test, vi } from 'vitest';
import { Workshop } from '../support/cli.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
afterAll(() => {
  workshop.remove();
});

const rows = Array.from(
  { length: 60 },
  (_, i) =>
    `${i % 3},${String(i * 1.25).replace('.', ',')};1,${100 + i};${i % 2 === 0 ? 'a' : 'b'}`,
);

test('how a file is read can be set, is part of the spec, and a replay reads it so', async () => {
  workshop.write('bare.csv', `${rows.join('\n')}\n`);
  const set = ['data.read.delimiter=;', 'data.read.header=false', "data.read.decimal=','"];
  const finished = await workshop.terrarium(
    ...['run', '--data', 'bare.csv', '--target', 'column_3', '--out', 'o'],
    ...set.flatMap((one) => ['--set', one]),
    ...['--set', 'candidates=[{name: baseline, model: majority}]'],
  );
  expect(finished.stderr).toContain('baseline');
  expect(finished.code).toBe(0);
  const record = workshop.record('o/run.json');
  expect(record.spec.data.read).toEqual({ delimiter: ';', header: false, decimal: ',' });
  expect(record.contract.inputs.map(({ name }) => name)).toContain('column_2');
  expect(record.contract.inputs.every(({ decimal }) => decimal === ',')).toBe(true);
  expect((await workshop.terrarium('replay', 'o/run.json')).code).toBe(0);
});

test('a setting that there is not is refused by its path', async () => {
  const finished = await workshop.terrarium(
    ...['run', '--data', 'bare.csv', '--target', 'column_3', '--out', 'o2'],
    ...['--set', 'data.read.encoding=ebcdic'],
  );
  expect(finished.code).toBe(2);
  expect(finished.stderr).toMatch(/data\.read\.encoding/);
});
