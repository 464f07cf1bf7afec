import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDataset } from '#cli/files.ts';
import { partNames } from '#core/data/split.ts';
import type { Dataset } from '#core/data/table.ts';
import { RandomStream } from '#core/random.ts';
import { prepareRun } from '#core/run/prepare-run.ts';
import { runRecordSchema, type RunRecord } from '#core/spec/run-record.ts';
import { Workshop } from '../support/cli.ts';
import { runPython } from './python.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

/** Real tables but for the last; each has something that tables have and that trips programs. */
const tables = [
  { file: 'wine.csv', target: 'cultivar', task: 'classification' },
  { file: 'breast-cancer.csv', target: 'diagnosis', task: 'classification' },
  { file: 'digits.csv', target: 'digit', task: 'classification' },
  { file: 'iris-30.csv', target: 'Species', task: 'classification' },
  { file: 'bird-strikes.csv', target: 'Phase of flight', task: 'classification' },
  { file: 'airports.csv', target: 'state', task: 'classification' },
  { file: 'diabetes.csv', target: 'progression', task: 'regression' },
  { file: 'cars.csv', target: 'Miles_per_Gallon', task: 'regression' },
  { file: 'movies.csv', target: 'IMDB Rating', task: 'regression' },
  { file: 'sensors-200.csv', target: 'yield', task: 'regression' },
] as const;
type TableCase = (typeof tables)[number];

/** Accuracy or R² on the test rows. */
interface Scores {
  readonly baseline: number;
  readonly linear: number;
  readonly network: number;
}
/** scikit-learn's network is trained from several seeds. */
type Reference = Omit<Scores, 'network'> & { readonly network: readonly number[] };

const script = fileURLToPath(new URL('ten_tables.py', import.meta.url));
const vega = fileURLToPath(new URL('../../node_modules/vega-datasets/data', import.meta.url));
const workshop = new Workshop();
const report: string[] = [];

beforeAll(async () => {
  await runPython(script, { args: ['write', vega, workshop.folder] });
});

afterAll(() => {
  console.log([...reportHead, ...report].join('\n'));
  workshop.remove();
});

/** Runs the command line on a table and checks what every run owes. */
async function run({ file, target }: TableCase): Promise<RunRecord> {
  const out = file.replace('.csv', '');
  const words = ['--data', file, '--target', target, '--out', out];
  const { code, stderr } = await workshop.terrarium(
    ...['run', ...words, '--backend', 'wasm', '--seed', '7'],
  );
  expect(code, stderr).toBe(0);
  const record = v.parse(runRecordSchema, JSON.parse(workshop.read(join(out, 'run.json'))));
  expect(record.status, record.warnings.join(' ')).toBe('finished');
  for (const { name, parity } of record.candidates) {
    expect(parity.passed, `${name}: ${parity.maxAbsDifference}`).toBe(true);
  }
  return record;
}

/** scikit-learn's scores on the same rows, of the same columns, with the same parameters. */
async function fitReference(record: RunRecord, dataset: Dataset): Promise<Reference> {
  const { spec, contract } = record;
  const { parts, split } = prepareRun(spec, dataset, new RandomStream(spec.seed));
  expect(dataset.info.sha256).toBe(record.dataset.sha256);
  expect(split).toEqual(record.split);
  const oneHot = spec.steps.find(({ step }) => step === 'one_hot');
  const request = {
    path: join(workshop.folder, dataset.info.name),
    task: spec.task,
    target: spec.target,
    inputs: contract.inputs,
    rows: Object.fromEntries(partNames.map((name) => [name, [...parts[name].rows]])),
    mostCategories: oneHot?.parameters['max_categories'] ?? 0,
    parameters: Object.fromEntries(
      spec.candidates.map(({ model, parameters }) => [model, parameters]),
    ),
  };
  const answer = await runPython(script, { args: ['fit'], input: JSON.stringify(request) });
  return JSON.parse(answer) as Reference;
}

function scoresOf({ candidates, spec }: RunRecord): Scores {
  const metric = spec.task === 'classification' ? 'accuracy' : 'r2';
  const [baseline = NaN, linear = NaN, network = NaN] = candidates.map(
    (candidate) => candidate.metrics.test[metric]?.value ?? NaN,
  );
  return { baseline, linear, network };
}

describe('terrarium run --data FILE --target COLUMN beside scikit-learn', () => {
  it.each(tables)('$file', async (table) => {
    const record = await run(table);
    expect(record.spec.task).toBe(table.task);
    const dataset = await openDataset(join(workshop.folder, table.file));
    const own = scoresOf(record);
    const reference = await fitReference(record, dataset);
    console.log(table.file, JSON.stringify(own), JSON.stringify(reference));
  });
});

const reportHead = ['x'];
