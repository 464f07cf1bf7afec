import { associations } from '#core/data/profile/associations.ts';
import { predictivePower } from '#core/data/profile/predictive-power.ts';
import { profileTable } from '#core/data/profile/profile-table.ts';
import type { Dataset } from '#core/data/table.ts';
import type { ProfileProgress } from '#core/protocol/data-worker.ts';
import type { Task } from '#core/spec/spec.ts';
import type { TerrariumDatabase } from './database.ts';
import { getProfile, putProfile } from './profiles.ts';

export interface ProfileJob {
  readonly signal?: AbortSignal;
  readonly onProgress: (progress: Omit<ProfileProgress, 'jobId'>) => void;
}

/**
 * Profiles a data set: its columns, then how they go together, then what tells the target, if there is one.
 * Each step is stored when it is done, and what is stored already is not computed again.
 * @throws TerrariumError `storage_full`, what `predictivePower` throws, or of kind `cancelled`
 */
export async function profileDataset(
  db: TerrariumDatabase,
  dataset: Dataset,
  target: { readonly name: string; readonly task: Task } | null,
  { signal, onProgress }: ProfileJob,
): Promise<void> {
  const { info } = dataset;
  const options = (step: ProfileProgress['step']) => ({
    ...(signal !== undefined && { signal }),
    onProgress: (done: number, total: number) => onProgress({ step, done, total }),
  });
  let entity = await getProfile(db, info);
  if (entity === undefined) {
    const profile = await profileTable(dataset, options('columns'));
    entity = { sha256: info.sha256, profile, powers: [] };
    await putProfile(db, entity);
  }
  if (entity.associations === undefined) {
    entity = { ...entity, associations: await associations(dataset, options('associations')) };
    await putProfile(db, entity);
  }
  if (target === null) return;
  const { name, task } = target;
  if (entity.powers.some((one) => one.target === name && one.task === task)) return;
  const powers = await predictivePower(dataset, name, task, options('power'));
  await putProfile(db, { ...entity, powers: [...entity.powers, { target: name, task, powers }] });
}
