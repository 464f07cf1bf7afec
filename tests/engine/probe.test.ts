import { expect, it } from 'vitest';
import type { BackendName } from '#core/engine.ts';
import { chosenBackend } from '#engine/probe.ts';

const timings = (...ms: readonly (readonly [BackendName, number | null])[]) =>
  ms.map(([backend, stepMs]) => ({ backend, stepMs, adapter: null, note: 'timed' }));

it('keeps wasm where another backend is about as fast, so that the choice does not flicker', () => {
  expect(chosenBackend(timings(['wasm', 10.27], ['cpu', 9.99]))).toBe('wasm');
  expect(chosenBackend(timings(['wasm', 10], ['cpu', 7]))).toBe('wasm');
});

it('takes what is clearly faster', () => {
  expect(chosenBackend(timings(['webgpu', 1], ['wasm', 10], ['cpu', 20]))).toBe('webgpu');
  expect(chosenBackend(timings(['webgpu', 80], ['wasm', 10], ['cpu', 6]))).toBe('cpu');
});

it('takes what starts', () => {
  expect(chosenBackend(timings(['webgpu', null], ['wasm', null], ['cpu', 9]))).toBe('cpu');
  expect(chosenBackend(timings(['webgpu', 900], ['wasm', null], ['cpu', null]))).toBe('webgpu');
  expect(chosenBackend(timings(['wasm', null], ['cpu', null]))).toBe('cpu');
});
