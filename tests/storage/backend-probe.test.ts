import { openTab } from './test-database.ts';
import { expect, it, vi } from 'vitest';
import type { BackendName } from '#core/engine.ts';
import type { ProbeResult } from '#core/protocol/train-worker.ts';
import { probeAnew, probeSetting, useProbe } from '#storage/backend-probe.ts';
import { readSetting } from '#storage/settings.ts';

function timed(backend: BackendName): ProbeResult {
  return { chosen: backend, timings: [{ backend, stepMs: 1, adapter: null, note: 'timed' }] };
}

it('probes once in each browser and remembers', async () => {
  const db = await openTab();
  const probe = vi.fn(() => Promise.resolve(timed('wasm')));
  const start = ({ chosen }: ProbeResult) => Promise.resolve(`engine on ${chosen}`);
  expect(await useProbe(db, probe, 'Firefox 150', start)).toBe('engine on wasm');
  expect(await useProbe(db, probe, 'Firefox 150', start)).toBe('engine on wasm');
  expect(probe).toHaveBeenCalledOnce();
  await useProbe(db, probe, 'Firefox 151', start);
  expect(probe).toHaveBeenCalledTimes(2);
});

it('probes anew when asked to, and when what it remembers no longer starts', async () => {
  const db = await openTab();
  await probeAnew(db, () => Promise.resolve(timed('webgpu')), 'Chrome 156');
  const start = ({ chosen }: ProbeResult) =>
    chosen === 'webgpu' ? Promise.reject(new Error('no adapter')) : Promise.resolve(chosen);
  const again = () => Promise.resolve(timed('wasm'));
  expect(await useProbe(db, again, 'Chrome 156', start)).toBe('wasm');
  expect(await readSetting(db, probeSetting('Chrome 156'))).toEqual(timed('wasm'));
});

it('fails as the engine does when even a new probe does not help', async () => {
  const db = await openTab();
  const probe = () => Promise.resolve(timed('cpu'));
  const start = () => Promise.reject(new Error('no memory'));
  await expect(useProbe(db, probe, 'Safari 26', start)).rejects.toThrow('no memory');
});
