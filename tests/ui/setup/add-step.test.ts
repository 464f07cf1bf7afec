import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { shippedExtractorFile } from '#core/extractors/shipped-extractor.ts';
import { checkSpec } from '#core/spec/check-spec.ts';
import { checkShape } from '#core/spec/parse-spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { withStep } from '#ui/spec/add-step.ts';
import { colouredPng } from '../../support/images.ts';
import { readFile } from '../../support/read.ts';

const files = Array.from({ length: 12 }, (_, i): [string, Uint8Array] => [
  `${i % 2 ? 'red' : 'blue'}/${i}.png`,
  colouredPng(9, 9, (at) => (at * 7 + i) % 90),
]);
const { info } = await readFile('set.zip', zipSync(Object.fromEntries(files)));
const proposed = proposeSpec(info, 'label', { seed: 7 });

it('a network of somebody’s takes the place of pixels and of networks that look at them, and it is said', () => {
  expect(proposed.steps.map(({ step }) => step)).toEqual(['pixels']);
  expect(proposed.candidates.map(({ model }) => model)).toContain('cnn');
  const { spec, said } = withStep(proposed, 'extract');
  expect(spec.steps.map(({ step }) => step)).toEqual(['extract']);
  expect(spec.candidates.map(({ model }) => model)).toEqual(
    proposed.candidates.map(({ model }) => (model === 'cnn' ? 'mlp' : model)),
  );
  expect(said).toMatch(
    /^“Features read by a network” took the place of the step “.+”\. “.+” was taken out .+ came in its place\.$/,
  );
  expect(spec.steps[0]?.extractor).toEqual(shippedExtractorFile);
  expect(() => checkSpec(checkShape(spec), info)).not.toThrow();
});

it('a network with pixels of its own stays, and no second perceptron comes', () => {
  const [baseline] = proposed.candidates;
  if (baseline === undefined) throw new Error('no baseline');
  const own = { name: 'own', model: 'cnn', parameters: {}, steps: [...proposed.steps] };
  const mlp = { name: 'mlp', model: 'mlp', parameters: {} };
  const cnn = { name: 'cnn', model: 'cnn', parameters: {} };
  const { spec, said } = withStep(
    { ...proposed, candidates: [baseline, own, cnn, mlp] },
    'extract',
  );
  expect(spec.candidates).toEqual([baseline, own, mlp]);
  expect(said).not.toContain('came in its place');
});

it('other steps come behind those that are there, and nothing is said', () => {
  const { spec, said } = withStep(proposed, 'scale');
  expect(spec.steps.map(({ step }) => step)).toEqual(['pixels', 'scale']);
  expect(spec.candidates).toEqual(proposed.candidates);
  expect(said).toBe('');
});
