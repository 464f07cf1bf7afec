import { expect, it } from 'vitest';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { firstWeights } from '#core/networks/place-layers.ts';
import { RandomStream } from '#core/random.ts';
import { rowsAtOnce } from '#engine/networks/kernels/stack.ts';
import { networkBackendOf } from '#engine/networks/registry.ts';

/** A network over square images of three channels. */
const planOf = (side: number, filters: number): NetworkPlan => ({
  input: [side, side, 3],
  layers: [
    { kind: 'convolution', filters, size: 3, stride: 1, padding: 'same' },
    { kind: 'max_pool' },
    { kind: 'activation', function: 'relu' },
    { kind: 'dense', units: 2 },
  ],
  task: 'classification',
  outputs: 2,
});

it('fewer rows go through at once where they are large', () => {
  expect(rowsAtOnce(planOf(8, 8), 256)).toBe(256);
  const large = rowsAtOnce(planOf(224, 32), 256);
  expect(large).toBeLessThan(10);
  expect(large % 4).toBe(0);
  expect(rowsAtOnce(planOf(2000, 64), 256)).toBe(4);
});

it('images that do not fit at once are answered as one by one', async () => {
  const plan = planOf(160, 32);
  const rows = 21;
  expect(rowsAtOnce(plan, 512)).toBeLessThan(rows);
  const random = new RandomStream(1);
  const width = 160 * 160 * 3;
  const values = Float32Array.from({ length: rows * width }, () => random.uniform());
  const matrixOf = (from: number, to: number): FeatureMatrix => ({
    rows: to - from,
    width,
    values: values.slice(from * width, to * width),
    names: [],
  });
  const predictor = await networkBackendOf('wasm').predictor(firstWeights(plan, random), plan);
  const all = await predictor.predict(matrixOf(0, rows));
  for (const row of [0, 11, 12, 20]) {
    const own = await predictor.predict(matrixOf(row, row + 1));
    expect([...own]).toEqual([...all.slice(2 * row, 2 * row + 2)]);
  }
  predictor.dispose();
});
