import { createSHA256 } from 'hash-wasm';
import type { WeightTensor } from '#core/models/estimator.ts';

/** One hasher for all, made as soon as this loads: made later, it would wait while onnxruntime compiles. */
const hasher = createSHA256();

/** SHA-256 of parts one after the other, lower-case hex; works where `crypto.subtle` is withheld. */
async function sha256(parts: Iterable<Uint8Array>): Promise<string> {
  const hash = (await hasher).init();
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/**
 * SHA-256 over the trained tensors in order: each one's name, shape and values, as the UTF-8 text
 * `name[d0,d1]` and little-endian float32 bytes. Two runs trained the same bits when these agree.
 */
export function weightsSha256(weights: readonly WeightTensor[]): Promise<string> {
  const encoder = new TextEncoder();
  return sha256(
    weights.flatMap(({ name, shape, values }) => [
      encoder.encode(`${name}[${shape.join(',')}]`),
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    ]),
  );
}

/** SHA-256 of bytes, lower-case hex. */
export function bytesSha256(bytes: Uint8Array): Promise<string> {
  return sha256([bytes]);
}
