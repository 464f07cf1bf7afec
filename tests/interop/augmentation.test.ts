import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Chance } from '#core/networks/augmentation/chance.ts';
import { drawChange, placementOf } from '#core/networks/augmentation/placement.ts';
import { sampleImage } from '#core/networks/augmentation/sample-image.ts';
import { RandomStream } from '#core/random.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('augmentation.py', import.meta.url));
const shapes = [
  { height: 8, width: 8, channels: 1 },
  { height: 7, width: 12, channels: 3 },
  { height: 1, width: 5, channels: 3 },
];
const everything = { flip: 'both', crop: 0.7, shift: 0.4, rotate: 180, mixUp: 0 } as const;
const alphas = [0.1, 0.2, 0.5, 1, 3.5];

interface Reference {
  readonly images: readonly (readonly number[])[];
  /** Chances that draws of the distribution are as far from it. */
  readonly shares: readonly number[];
}

it('images are those of SciPy, bilinear with the edge repeated, and shares are of their distribution', async () => {
  const random = new RandomStream(2);
  const images = shapes.flatMap((shape) =>
    Array.from({ length: 40 }, (_, row) => {
      const length = shape.height * shape.width * shape.channels;
      const values = Float32Array.from({ length }, () => random.normal());
      const placement = placementOf(drawChange(everything, shape, new Chance(3, row)), shape);
      return { ...shape, ...placement, values };
    }),
  );
  const shares = alphas.map((alpha) => ({
    alpha,
    draws: Array.from({ length: 4000 }, (_, step) => new Chance(5, step).beta(0, alpha)),
  }));
  const input = JSON.stringify({
    images: images.map((image) => ({ ...image, values: [...image.values] })),
    shares,
  });
  const reference = JSON.parse(await runPython(script, { input })) as Reference;
  expect(reference.images).toHaveLength(images.length);
  for (const [i, { values, ...image }] of images.entries()) {
    const to = new Float32Array(values.length);
    sampleImage({ values, at: 0 }, image, image, { values: to, at: 0 });
    for (const [at, value] of to.entries()) {
      expect(Math.abs(value - (reference.images[i]?.[at] ?? NaN))).toBeLessThan(1e-5);
    }
  }
  for (const chance of reference.shares) expect(chance).toBeGreaterThan(0.01);
});
