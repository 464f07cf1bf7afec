import { createSHA256 } from 'hash-wasm';
import type { WeightTensor } from '#core/models/estimator.ts';

/**
 * SHA-256 over the trained tensors in order: each one's name, shape and values, as the UTF-8 text
 * `name[d0,d1]` and little-endian float32 bytes. Two runs trained the same bits when these agree.
 */
export async function weightsSha256(weights: readonly WeightTensor[]): Promise<string> {
  const hash = await createSHA256();
  const encoder = new TextEncoder();
  for (const { name, shape, values } of weights) {
    hash.update(encoder.encode(`${name}[${shape.join(',')}]`));
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex');
}

/** SHA-256 of bytes, lower-case hex; works where `crypto.subtle` is withheld. */
export async function bytesSha256(bytes: Uint8Array): Promise<string> {
  const hash = await createSHA256();
  return hash.update(bytes).digest('hex');
}
