import * as v from 'valibot';
import type { ProbeResult } from '#core/protocol/train-worker.ts';
import type { TerrariumDatabase } from './database.ts';
import { readSetting, writeSetting, type Setting } from './settings.ts';

const backendName = v.picklist(['webgpu', 'wasm', 'cpu']);

export const PROBE_PREFIX = 'probe ';

/**
 * The probe's result in this browser. By user agent: an update may make another backend faster.
 */
export function probeSetting(userAgent: string): Setting<ProbeResult | null> {
  return {
    key: PROBE_PREFIX + userAgent,
    schema: v.object({
      chosen: backendName,
      timings: v.array(
        v.object({
          backend: backendName,
          stepMs: v.nullable(v.number()),
          adapter: v.nullable(v.string()),
          note: v.string(),
        }),
      ),
    }),
    fallback: null,
  };
}

/** Probes and remembers the result. */
export async function probeAnew(
  db: TerrariumDatabase,
  probe: () => Promise<ProbeResult>,
  userAgent: string,
): Promise<ProbeResult> {
  const result = await probe();
  await writeSetting(db, probeSetting(userAgent), result);
  return result;
}

/**
 * Uses the remembered result. Where there is none, or what it names no longer starts (a graphics driver
 * that was changed), probes anew and uses that.
 */
export async function useProbe<T>(
  db: TerrariumDatabase,
  probe: () => Promise<ProbeResult>,
  userAgent: string,
  use: (result: ProbeResult) => Promise<T>,
): Promise<T> {
  const remembered = await readSetting(db, probeSetting(userAgent));
  if (remembered !== null) {
    const used = await use(remembered).then(
      (value) => ({ value }),
      () => null,
    );
    if (used !== null) return used.value;
  }
  return use(await probeAnew(db, probe, userAgent));
}
