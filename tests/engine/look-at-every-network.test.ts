import { expect, it } from 'vitest';
import { firstWeights, placeLayers } from '#core/networks/place-layers.ts';
import { sizeOf } from '#core/networks/layer.ts';
import { RandomStream } from '#core/random.ts';
import { lookAtLayers } from '#engine/networks/kernels/look-at-layers.ts';
import { planOf, smallNetworks } from '../support/small-networks.ts';

const total = (histogram: { readonly counts: readonly number[] } | null): number =>
  histogram?.counts.reduce((sum, one) => sum + one, 0) ?? 0;

it.each(smallNetworks)('every layer of $title is seen, each number once', async (one) => {
  const plan = planOf(one);
  const { features } = one.draw(1, 20);
  const seen = await lookAtLayers(plan, firstWeights(plan, new RandomStream(1)), features);
  const placed = placeLayers(plan).filter(({ layer }) => layer.kind !== 'dropout');
  expect(seen.rows).toBe(20);
  expect(seen.layers.map(({ name }) => name)).toEqual(
    placed.map(({ layer, index }) => `${index + 1} ${layer.kind.replaceAll('_', ' ')}`),
  );
  for (const [i, { output, tensors }] of placed.entries()) {
    const { activations = null, weights = null } = seen.layers[i] ?? {};
    expect(total(activations)).toBe(20 * sizeOf(output));
    expect(total(weights) > 0).toBe(tensors.some(({ trained }) => trained));
  }
});
