import { describe, expect, it } from 'vitest';
import type { Layer, Shape } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { hasShaders } from '#engine/wgsl/layered-plan.ts';

const planOf = (input: Shape, ...layers: Layer[]): NetworkPlan => ({
  ...{ input, layers, task: 'classification', outputs: 3 },
});
const last: Layer = { kind: 'dense', units: 3 };
const convolution: Layer = {
  ...{ kind: 'convolution', filters: 4, size: 3, stride: 1, padding: 'same' },
};

describe('a network has shaders of its own', () => {
  it('where all its layers do', () => {
    const images = planOf(
      [6, 5, 1],
      convolution,
      { kind: 'batch_norm' },
      { kind: 'max_pool' },
      last,
    );
    expect(hasShaders(images)).toBe(true);
    const codes = [{ feature: 1, categories: 4, size: 2 }];
    expect(hasShaders(planOf([3], { kind: 'embedding', codes }, last))).toBe(true);
  });

  it('not where more columns have codes than a shader has room to list', () => {
    const layerOf = (count: number): Layer => ({
      kind: 'embedding',
      codes: Array.from({ length: count }, (_, feature) => ({ feature, categories: 2, size: 1 })),
    });
    expect(hasShaders(planOf([300], layerOf(256), last))).toBe(true);
    expect(hasShaders(planOf([300], layerOf(257), last))).toBe(false);
  });

  it('not where one does not, or where none can come first or last', () => {
    const along: Layer = {
      ...{ kind: 'convolution_1d', filters: 4, size: 3, stride: 1, padding: 'causal' },
    };
    const pool: Layer = { kind: 'global_pool', function: 'max' };
    expect(hasShaders(planOf([8, 2], along, pool, last))).toBe(false);
    expect(hasShaders(planOf([6, 5, 1], { kind: 'max_pool' }, convolution, last))).toBe(false);
    expect(hasShaders(planOf([6, 5, 1], convolution))).toBe(false);
  });
});
