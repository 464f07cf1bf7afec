import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { checkSpec } from '#core/spec/check-spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { expectEndsWell, runDataset } from '../../support/experiment.ts';
import { pngOf } from '../../support/images.ts';
import { readFile } from '../../support/read.ts';

/** A zip of one-coloured images under these folders, 30 each. */
async function imagesIn(
  folders: readonly string[],
  more: Readonly<Record<string, string>> = {},
  side = 6,
) {
  const images = folders.flatMap((folder, i) =>
    Array.from(
      { length: 30 },
      (_, j) => [`${folder}/${j}.png`, pngOf(side + i, side, j + 40 * i)] as const,
    ),
  );
  const texts = Object.entries(more).map(([name, text]) => [name, strToU8(text)] as const);
  return readFile('pets.zip', zipSync(Object.fromEntries([...images, ...texts])));
}

it('the pixels of images are what models are proposed to read, and not their sizes', async () => {
  const dataset = await imagesIn(['cat', 'dog']);
  const few = (spec: Spec): Spec => ({
    ...spec,
    candidates: spec.candidates.map((one) =>
      one.model === 'cnn' ? { ...one, parameters: { ...one.parameters, epochs: 3 } } : one,
    ),
  });
  const experiment = await runDataset(dataset, 'label', few);
  const { steps, columns, candidates } = experiment.spec;
  expect(steps.map(({ step }) => step)).toEqual(['pixels']);
  expect(columns).toEqual({ width: { type: 'ignore' }, height: { type: 'ignore' } });
  expect(candidates.map(({ model }) => model)).toEqual(['majority', 'logistic_regression', 'cnn']);
  expectEndsWell(experiment);
});

it('of images alone, the network that looks at neighbouring pixels is proposed, unless they are tiny', async () => {
  const modelsOf = ({ candidates }: Spec): string[] => candidates.map(({ model }) => model);
  const { info } = await imagesIn(['cat', 'dog'], {}, 9);
  expect(modelsOf(proposeSpec(info, 'label'))).toEqual(['majority', 'logistic_regression', 'cnn']);
  const tiny = await readFile(
    'tiny.zip',
    zipSync(
      Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [`${i % 2}/${i}.png`, pngOf(5, 5, i)]),
      ),
    ),
  );
  expect(modelsOf(proposeSpec(tiny.info, 'label'))).toContain('mlp');
});

it('folders that name all parts of a split are the split', async () => {
  const { info } = await imagesIn([
    'train/cat',
    'train/dog',
    'val/cat',
    'val/dog',
    'test/cat',
    'test/dog',
  ]);
  const spec = proposeSpec(info, 'label');
  expect(spec.split).toMatchObject({ method: 'column', by: 'split' });
  checkSpec(spec, info);
});

it('folders that name two parts are no input', async () => {
  const { info } = await imagesIn(['train/cat', 'train/dog', 'test/cat', 'test/dog']);
  const spec = proposeSpec(info, 'label');
  expect(spec.split.method).toBe('random');
  expect(spec.columns).toMatchObject({ split: { type: 'ignore' } });
});

it('columns beside the images are read as ever', async () => {
  const rows = ['cat', 'dog'].flatMap((kind, k) =>
    Array.from({ length: 30 }, (_, i) => `${kind}/${i}.png,${kind},${i * (k + 1)}`),
  );
  const { info } = await imagesIn(['cat', 'dog'], {
    'labels.csv': ['file,kind,age', ...rows].join('\n'),
  });
  const spec = proposeSpec(info, 'kind');
  expect(spec.candidates.at(-1)?.model).toBe('mlp');
  expect(spec.steps.map(({ step }) => step)).toEqual(['pixels', 'impute', 'scale']);
  const image = { step: 'pixels', columns: 'image', parameters: { color: 'greyscale' } } as const;
  checkSpec({ ...spec, steps: [image, ...spec.steps.slice(1)] }, info);
});
