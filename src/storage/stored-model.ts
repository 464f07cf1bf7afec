import { inputError } from '#core/errors.ts';
import { getBlob } from './blobs.ts';
import type { TerrariumDatabase } from './database.ts';
import { getRun } from './runs.ts';

export interface StoredModel {
  readonly runId: string;
  /** The candidate's name. */
  readonly candidate: string;
  readonly sha256: string;
  readonly blob: Blob;
}

/**
 * A run's exported ONNX model: of the named candidate, or of the best one.
 * @throws TerrariumError `run_not_found`, `model_not_found`, `blob_missing`
 */
export async function getModel(
  db: TerrariumDatabase,
  runId: string,
  name?: string,
): Promise<StoredModel> {
  const run = await getRun(db, runId);
  const candidate = name ?? run.record?.best ?? null;
  const sha256 = candidate === null ? undefined : run.models?.[candidate];
  if (candidate === null || sha256 === undefined) throw modelNotFound(run.name, candidate);
  return { runId, candidate, sha256, blob: await getBlob(db, sha256) };
}

function modelNotFound(run: string, candidate: string | null) {
  return inputError(
    'model_not_found',
    candidate === null
      ? `The run ${run} has no best model.`
      : `The run ${run} has no model of a candidate named ${candidate}.`,
    'Choose a candidate of a finished run.',
  );
}
