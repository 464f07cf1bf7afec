import * as ort from 'onnxruntime-web/wasm';
import type { ModelSession } from '#core/engine.ts';
import { openModelWith } from './open-model.ts';

/** A model without trainers, for predictions in the tab. */
export function openModelInBrowser(bytes: Uint8Array): Promise<ModelSession> {
  return openModelWith(ort, bytes);
}
