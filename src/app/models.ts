import { getModel } from '#storage/stored-model.ts';
import { database } from './database.ts';

/**
 * A run's exported ONNX file: of the named candidate, or of the best one.
 * @throws TerrariumError `run_not_found`, `model_not_found`, `blob_missing`
 */
export async function modelFile(runId: string, candidate?: string): Promise<Blob> {
  return (await getModel(database, runId, candidate)).blob;
}
