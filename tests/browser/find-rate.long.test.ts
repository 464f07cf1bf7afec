import { describe, expect, it } from 'vitest';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { findHere, findOnNode } from './rate-case.ts';

describe('a range test of learning rates by tfjs', () => {
  it('has the same bits on cpu in the tab and in Node', async () => {
    const [here, there] = [await findHere('cpu'), await findOnNode('cpu')];
    expect(here.points).toEqual(there.points);
    expect(here.suggestions).toEqual(there.suggestions);
  });

  it('has the same bits again on WebGPU, like wasm, and leaves no tensor', async () => {
    const before = tensorMemory().tensors;
    const own = { batch_norm: true };
    const first = await findHere('webgpu', own);
    expect((await findHere('webgpu', own)).points).toEqual(first.points);
    expect(tensorMemory().tensors).toBe(before);
    const wasm = await findHere('wasm', own);
    for (const [i, { loss }] of first.points.slice(0, 40).entries()) {
      expect(Math.abs(loss - (wasm.points[i]?.loss ?? NaN))).toBeLessThan(1e-4);
    }
  });
});
