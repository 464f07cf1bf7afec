import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { shippedExtractorFile } from '#core/extractors/shipped-extractor.ts';
import { Workshop } from '../support/cli.ts';
import { extractorFile } from '../support/extractors.ts';
import { colouredPng } from '../support/images.ts';
import { artifactsOf, fill, filesOf, startTfjs, tf } from '../support/tfjs-models.ts';

vi.setConfig({ testTimeout: 240_000 });
const workshop = new Workshop();
afterAll(() => {
  workshop.remove();
});

test('a spec that names no network has the one that comes with Terrarium; replay follows', async () => {
  for (let i = 0; i < 30; i += 1) {
    const png = colouredPng(9, 9, (at, c) => (c === (i % 2) * 2 ? 200 : (at * 7 + i) % 90));
    workshop.write(`shipped/${i % 2 ? 'red' : 'blue'}/${i}.png`, png);
  }
  workshop.write(
    'specs/shipped.yaml',
    `version: 1
name: shipped
data: { source: ../shipped }
task: classification
target: label
columns: { width: { type: ignore }, height: { type: ignore } }
steps: [{ step: extract, columns: image, parameters: { height: 12, width: 12 } }]
candidates: [{ name: majority, model: majority }, { name: linear, model: logistic_regression }]
metric: accuracy
evaluation: { resamples: 100 }
`,
  );
  const finished = await workshop.terrarium('run', 'specs/shipped.yaml', '--out', 'own');
  expect(finished.stderr).not.toContain('error');
  expect(finished.code).toBe(0);
  const { spec, contract } = workshop.record('own/run.json');
  expect(spec.steps[0]?.extractor).toEqual(shippedExtractorFile);
  expect(contract.inputs[0]?.extractor).toMatchObject({ features: 160 });
  const card = readFileSync(join(workshop.folder, 'own/model-card.md'), 'utf8');
  expect(card).toContain('## A network that comes with Terrarium');
  expect(card).toContain('Apache License 2.0');
  expect(card).not.toContain('## A network that was brought');
  expect((await workshop.terrarium('replay', 'own/run.json')).code).toBe(0);
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

test('a model of TensorFlow.js is read beside its weights, packed as on the page, and replays', async () => {
  await startTfjs();
  for (let i = 0; i < 30; i += 1) {
    const png = colouredPng(9, 9, (at, c) => (c === (i % 2) * 2 ? 200 : (at * 7 + i) % 90));
    workshop.write(`cats/${i % 2 ? 'red' : 'blue'}/${i}.png`, png);
  }
  const { layers } = tf;
  const model = tf.sequential({
    layers: [
      layers.conv2d({ inputShape: [12, 12, 3], filters: 5, kernelSize: 3, strides: 2, name: 'c' }),
      layers.globalAveragePooling2d({ name: 'mean' }),
    ],
  });
  fill(model);
  for (const [name, bytes] of Object.entries(filesOf(await artifactsOf(model)))) {
    workshop.write(`net/${name}`, bytes);
  }
  const spec = (parameters: string) => `version: 1
name: cats
data: { source: cats }
task: classification
target: label
columns: { width: { type: ignore }, height: { type: ignore } }
steps: [{ step: extract, columns: image, parameters: ${parameters} }]
candidates: [{ name: majority, model: majority }, { name: linear, model: logistic_regression }]
metric: accuracy
evaluation: { resamples: 100 }
`;
  workshop.write('asks.yaml', spec('{}'));
  workshop.write('cats.yaml', spec('{ scaling: symmetric }'));
  const given = ['--out', 'cats-out', '--extractor', 'net/model.json'];
  const asked = await workshop.terrarium('run', 'asks.yaml', ...given);
  expect(asked.code).toBe(2);
  expect(asked.stderr).toContain('does not tell how the pixels were scaled');

  const finished = await workshop.terrarium('run', 'cats.yaml', ...given);
  expect(finished.stderr).not.toContain('error');
  expect(finished.code).toBe(0);
  const { spec: kept, contract } = workshop.record('cats-out/run.json');
  expect(kept.steps[0]?.extractor?.file).toBe(join('..', 'net', 'model.json'));
  expect(contract.inputs[0]?.extractor).toMatchObject({ file: 'model.json', features: 5 });
  expect((await workshop.terrarium('replay', 'cats-out/run.json')).code).toBe(0);

  workshop.write('net/group1-shard2of2.bin', new Uint8Array(3));
  const short = await workshop.terrarium('run', 'cats.yaml', ...given);
  expect(short.code).toBe(2);
  expect(short.stderr).toContain('files of weights that are too short');
});
