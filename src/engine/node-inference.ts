import * as ort from 'onnxruntime-web';
import type { ModelSession } from '#core/engine.ts';
import { openModelWith } from './open-model.ts';

/** A model without trainers, for `predict` on Node. */
export function openModelOnNode(bytes: Uint8Array): Promise<ModelSession> {
  return openModelWith(ort, bytes);
}
