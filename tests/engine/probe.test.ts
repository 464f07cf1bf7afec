import { expect, it } from 'vitest';
import type { BackendName } from '#core/engine.ts';
import { fastestOf } from '#engine/probe.ts';

const timings = (...ms: readonly (readonly [BackendName, number | null])[]) =>
  ms.map(([backend, stepMs]) => ({ backend, stepMs, adapter: null, note: 'timed' }));

it('keeps wasm where another backend is about as fast, so that the choice does not flicker', () => {
  expect(fastestOf(timings(['wasm', 10.27], ['cpu', 9.99]))).toBe('wasm');
  expect(fastestOf(timings(['wasm', 10], ['cpu', 7]))).toBe('wasm');
});

it('takes what is clearly faster', () => {
  expect(fastestOf(timings(['webgpu', 1], ['wasm', 10], ['cpu', 20]))).toBe('webgpu');
  expect(fastestOf(timings(['webgpu', 80], ['wasm', 10], ['cpu', 6]))).toBe('cpu');
});

it('takes what starts', () => {
  expect(fastestOf(timings(['webgpu', null], ['wasm', null], ['cpu', 9]))).toBe('cpu');
  expect(fastestOf(timings(['webgpu', 900], ['wasm', null], ['cpu', null]))).toBe('webgpu');
  expect(fastestOf(timings(['wasm', null], ['cpu', null]))).toBe('cpu');
});
