import { expect, it } from 'vitest';
import { costText } from '#core/registry/cost-text.ts';

it('says what a training cost, as far as it was measured', () => {
  const memory = { of: 'gpu', peakBytes: 12_480_000 } as const;
  expect(costText({ trainMs: 2400, cost: { wallMs: 3123, deviceMs: 1900, memory } })).toBe(
    '2.4 s of work in 3.12 s, 1.9 s of it on the GPU; at most 12.5 MB of GPU memory',
  );
  expect(
    costText({ trainMs: 40, cost: { wallMs: 40, memory: { ...memory, of: 'kernels' } } }),
  ).toBe('0.04 s of work in 0.04 s; at most 12.5 MB of memory of the kernels');
  expect(costText({ trainMs: 40 })).toBeNull();
});
