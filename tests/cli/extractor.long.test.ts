import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { Workshop } from '../support/cli.ts';
import { extractorFile } from '../support/extractors.ts';
import { colouredPng } from '../support/images.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
afterAll(() => {
  workshop.remove();
});

test('a spec reads features by a network that the call names; replay and predict follow, and another file is refused', async () => {
  for (let i = 0; i < 30; i += 1) {
    const png = colouredPng(9, 9, (at, c) => (c === (i % 2) * 2 ? 200 : (at * 7 + i) % 90));
    workshop.write(`pets/${i % 2 ? 'red' : 'blue'}/${i}.png`, png);
  }
  const spec = `version: 1
name: pets
data: { source: ../pets }
task: classification
target: label
columns: { width: { type: ignore }, height: { type: ignore } }
steps: [{ step: extract, columns: image, parameters: { height: 12, width: 12 } }]
candidates: [{ name: majority, model: majority }, { name: linear, model: logistic_regression }]
metric: accuracy
evaluation: { resamples: 100 }
`;
  workshop.write('specs/pets.yaml', spec);
  workshop.write('nets/net.onnx', extractorFile());
  workshop.write('other.onnx', extractorFile({ name: 'other' }));
  const run = ['run', 'specs/pets.yaml', '--out', 'o'];

  const without = await workshop.terrarium(...run);
  expect(without).toMatchObject({ code: 2 });
  expect(without.stderr).toContain('steps[0].extractor is missing');
  expect(without.stderr).toContain('--extractor FILE');

  const finished = await workshop.terrarium(...run, '--extractor', 'nets/net.onnx');
  expect(finished.stderr).not.toContain('error');
  expect(finished.code).toBe(0);
  const [step] = workshop.record('o/run.json').spec.steps;
  expect(step?.extractor?.file).toBe(join('..', 'nets', 'net.onnx'));
  expect(readFileSync(join(workshop.folder, 'o/model-card.md'), 'utf8')).toContain('`net.onnx`');

  expect((await workshop.terrarium('replay', 'o/run.json')).code).toBe(0);
  const predicted = await workshop.terrarium('predict', 'o/model.onnx', 'pets', '--out', 'p.csv');
  expect(predicted.code).toBe(0);

  const stray = await workshop.terrarium('replay', 'o/run.json', '--extractor', 'other.onnx');
  expect(stray.code).toBe(2);
  expect(stray.stderr).toContain('no step of the spec needs this file');
  workshop.write('nets/net.onnx', extractorFile({ name: 'other' }));
  const changed = await workshop.terrarium('replay', 'o/run.json');
  expect(changed.code).toBe(2);
  expect(changed.stderr).toMatch(/The extractor ".*net.onnx" has the hash/);
});
