import * as ort from 'onnxruntime-web';
import type { ModelSession } from '#core/engine.ts';
import { inputError, TerrariumError } from '#core/errors.ts';
import { openModelWith } from './open-model.ts';

/**
 * A model from a file, without trainers, for `predict` and `write` on Node.
 * @throws TerrariumError of kind `input` where onnxruntime refuses it: the file is at fault, and no run
 */
export async function openModelOnNode(bytes: Uint8Array): Promise<ModelSession> {
  try {
    return await openModelWith(ort, bytes);
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError)) throw thrown;
    throw inputError(thrown.code, thrown.message, thrown.hint);
  }
}
