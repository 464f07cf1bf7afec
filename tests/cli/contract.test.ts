import { Ajv2020 } from 'ajv/dist/2020.js';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { birdsCsv, errorObject, expectWrongCall, Workshop } from '../support/cli.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
const model = join('out', 'model.onnx');
let ran = '';

beforeAll(async () => {
  workshop.write('birds.csv', birdsCsv);
  const run = ['run', '--data', 'birds.csv', '--target', 'species', '--backend', 'wasm'];
  const settings = [
    'evaluation.resamples=100',
    'columns.flipper.range={min: 180, max: 230}',
    'columns.flipper.nullable=false',
    'contract={label: by DNA, threshold: 0.8, latencyMs: 1000, rowsPerSecond: 100000000}',
  ].flatMap((setting) => ['--set', setting]);
  const { code, stdout, stderr } = await workshop.terrarium(...run, ...settings, '--out', 'out');
  expect(code, stderr).toBe(0);
  ran = stdout;
});
afterAll(() => workshop.remove());

describe('terrarium contract', () => {
  it('prints the JSON Schema of one record, of a model and of its run alike', async () => {
    const [fromModel, fromRun] = await Promise.all([
      workshop.terrarium('contract', model),
      workshop.terrarium('contract', join('out', 'run.json')),
    ]);
    expect(fromModel.code, fromModel.stderr).toBe(0);
    expect(fromRun.stdout).toBe(fromModel.stdout);
    const schema = JSON.parse(fromModel.stdout) as object;
    const valid = new Ajv2020({ strict: false }).compile(schema);
    expect(valid({ island: 'Dream', mass: 4000, flipper: 200 })).toBe(true);
    expect(valid({ island: null, flipper: 231 })).toBe(false);
    expect(valid({ island: 'Dream', mass: 4000 })).toBe(false);
  });

  it('writes it into a file', async () => {
    const { code, stdout, stderr } = await workshop.terrarium('contract', model, '--out', 's.json');
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/JSON Schema is in s\.json/);
    expect(JSON.parse(workshop.read('s.json'))).toMatchObject({
      description: 'One record. The model predicts species: by DNA.',
      required: ['flipper'],
    });
  });

  it('is held against what the run gave', () => {
    expect(ran).toMatch(/^Met: Latency of one row\. 95% within \S+ ms, .* at most 1000 ms\.$/m);
    expect(ran).toMatch(/^NOT MET: Throughput\. \S+ rows per second, .* 100,000,000\.$/m);
    expect(workshop.record(join('out', 'run.json')).measured?.throughput).toMatchObject({
      wanted: 100_000_000,
      met: false,
    });
    expect(workshop.read(join('out', 'model-card.md'))).toContain('- Throughput, **not met**: ');
  });

  it('is kept by predict, with the row, the column, the value and what is allowed', async () => {
    workshop.write('rows.csv', 'island,mass,flipper\nDream,4000,200\nDream,4000,231\n');
    expectWrongCall(
      await workshop.terrarium('predict', model, 'rows.csv', '--out', 'p.csv'),
      /Row 2, column "flipper": the value is 231, and the contract allows 180 to 230\./,
    );
  });

  it('refuses wrong calls with exit code 2', async () => {
    workshop.write('garbage.onnx', 'not a model');
    workshop.write('other.json', '{"version": 1}');
    expectWrongCall(await workshop.terrarium('contract'), /model\.onnx or run\.json/);
    expectWrongCall(await workshop.terrarium('contract', 'other.json'), /id is missing/);
    expectWrongCall(await workshop.terrarium('contract', model, '--out', 'out'), /out/);
    const failed = await workshop.terrarium('contract', 'garbage.onnx', '--json');
    expect(failed.code).toBe(2);
    expect(errorObject(failed).code).toBe('not_onnx');
  });
});
