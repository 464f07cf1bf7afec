import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#core/data/table.ts';
import { describeSplit } from '#core/run/describe-split.ts';
import {
  describeAugmentation,
  type AugmentationDescription,
} from '#core/run/describe-augmentation.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readFile } from '../../support/read.ts';

const sample = new URL('../../../public/samples/digits.zip', import.meta.url);
let digits: Dataset;
beforeAll(async () => {
  digits = await readFile('digits.zip', readFileSync(sample));
});

const read: number[] = [];
function seen(
  parameters: Readonly<Record<string, unknown>>,
  change: (spec: Spec) => Spec = (spec) => spec,
): Promise<AugmentationDescription | null> {
  const proposed = proposeSpec(digits.info, 'label', { seed: 3 });
  const candidates = [
    { name: 'majority', model: 'majority', parameters: {} },
    { name: 'cnn', model: 'cnn', parameters },
  ];
  read.length = 0;
  const spec = change({ ...proposed, candidates });
  return describeAugmentation({ spec, candidate: 1 }, digits, (row) => {
    read.push(row);
    return digits.table.images?.read(row) ?? Promise.reject(new Error('there are no images'));
  });
}

describe('what training makes of images', () => {
  it('is shown of a few training rows: as they are, then changed in a few steps, the same each time', async () => {
    const description = await seen({ rotate: 40 });
    expect(await seen({ rotate: 40 })).toEqual(description);
    const { height, width, images = [] } = description ?? {};
    expect([height, width, images.length]).toEqual([8, 8, 4]);
    expect(images.map(({ row }) => row)).toEqual(read);
    const spec = proposeSpec(digits.info, 'label', { seed: 3 });
    expect(describeSplit(spec, digits).split.train).toBeGreaterThan(0);
    for (const { pixels } of images) {
      expect(pixels).toHaveLength(6);
      expect(new Set(pixels.map((one) => one.join())).size).toBe(6);
      for (const one of pixels) {
        expect(one).toHaveLength(4 * 64);
        // Grey, and opaque.
        expect(one.filter((_, at) => at % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
        expect(one.every((value, at) => at % 4 === 3 || value === one[at - (at % 4)])).toBe(true);
      }
    }
  });

  it('starts with what the step makes of the file', async () => {
    const description = await seen({ flip: 'both' }, (spec) => ({
      ...spec,
      steps: spec.steps.map((step) => ({ ...step, parameters: { height: 4, width: 6 } })),
    }));
    expect([description?.height, description?.width]).toEqual([4, 6]);
    const [first] = description?.images ?? [];
    expect(first?.pixels[0]).toHaveLength(4 * 24);
    // Each step turns it over or not: nothing else.
    for (const one of first?.pixels ?? []) {
      expect(one.toSorted()).toEqual(first?.pixels[0]?.toSorted());
    }
  });

  it('is nothing where nothing changes an image, and no file is read then', async () => {
    expect(await seen({})).toBeNull();
    expect(read).toEqual([]);
  });

  it('is nothing for a model that reads no images', async () => {
    const candidate = { name: 'forest', model: 'random_forest', parameters: {} };
    const asked = seen({}, (spec) => ({ ...spec, candidates: [candidate, candidate] }));
    expect(await asked.catch(() => null)).toBeNull();
  });

  it('refuses parameters as the run does', async () => {
    await expect(seen({ rotate: 200 })).rejects.toMatchObject({
      code: 'parameter_out_of_range',
      details: { path: 'candidates[1].parameters.rotate' },
    });
  });
});
