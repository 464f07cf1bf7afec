import { PROFILE_VERSION } from '#core/data/profile/profile.ts';
import type { DatasetInfo } from '#core/data/table.ts';
import type { TerrariumDatabase } from './database.ts';
import type { ProfileEntity } from './entities.ts';
import { observed, type Observable } from './observe.ts';
import { guardedRead, guardedWrite } from './quota.ts';

/** The stored profile of a file as it is read now; undefined where there is none. */
export async function getProfile(
  db: TerrariumDatabase,
  info: DatasetInfo,
): Promise<ProfileEntity | undefined> {
  const stored = await guardedRead(() => db.profiles.get(info.sha256));
  return stored !== undefined && fits(stored, info) ? stored : undefined;
}

export function observeProfile(
  db: TerrariumDatabase,
  info: DatasetInfo,
): Observable<ProfileEntity | undefined> {
  return observed(() => getProfile(db, info));
}

/** Stores a profile in the place of an older one; one of a file that is deleted by now is not kept. */
export async function putProfile(db: TerrariumDatabase, entity: ProfileEntity): Promise<void> {
  await guardedWrite('the profile of the data', () =>
    db.transaction('rw', db.profiles, db.blobs, async () => {
      const kept = await db.blobs.where('sha256').equals(entity.sha256).count();
      if (kept > 0) await db.profiles.put(entity);
    }),
  );
}

/** Whether a profile is of this version of Terrarium and of the columns as they are typed now. */
function fits({ profile: { version, columns } }: ProfileEntity, info: DatasetInfo): boolean {
  const isSame = columns.every(
    ({ name, type }, i) => info.columns[i]?.name === name && info.columns[i].type === type,
  );
  return version === PROFILE_VERSION && columns.length === info.columns.length && isSame;
}
