import { PROBE_PREFIX } from './backend-probe.ts';
import type { TerrariumDatabase } from './database.ts';
import { guardedWrite } from './quota.ts';

/** Deletes what is worked out again when it is missed: profiles of files and timings of this device. */
export async function forgetCaches(db: TerrariumDatabase): Promise<void> {
  await guardedWrite('the deletion', () =>
    db.transaction('rw', db.profiles, db.settings, async () => {
      await db.profiles.clear();
      await db.settings.where('key').startsWith(PROBE_PREFIX).delete();
    }),
  );
}
