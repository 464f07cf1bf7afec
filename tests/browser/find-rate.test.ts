import { describe, expect, it } from 'vitest';
import { findHere, findOnNode } from './rate-case.ts';
import { watchGpu } from './watch-gpu.ts';

describe('a range test of learning rates', () => {
  it('has the same bits in the tab and in Node', async () => {
    const [here, there] = [await findHere('wasm'), await findOnNode('wasm')];
    expect(here.points).toEqual(there.points);
    expect(here.suggestions).toEqual(there.suggestions);
    expect(here.suggestions).toHaveLength(2);
  });

  it('has the same bits again by our shaders, like wasm, and leaves no buffer', async () => {
    const watch = watchGpu();
    const first = await findHere('webgpu');
    expect(first.backend.name).toBe('webgpu');
    expect((await findHere('webgpu')).points).toEqual(first.points);
    expect(watch.made()).toBeGreaterThan(8);
    expect(watch.live()).toEqual([]);
    const wasm = await findHere('wasm');
    for (const [i, { loss }] of first.points.slice(0, 40).entries()) {
      expect(Math.abs(loss - (wasm.points[i]?.loss ?? NaN))).toBeLessThan(1e-4);
    }
  });
});
