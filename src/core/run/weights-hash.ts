import { bytesSha256 } from '#core/bytes-hash.ts';
import type { WeightTensor } from '#core/models/weight-tensor.ts';

/**
 * SHA-256 over the trained tensors in order: each one's name, shape and values, as the UTF-8 text
 * `name[d0,d1]` and little-endian bytes. Two runs trained the same bits when these agree.
 */
export function weightsSha256(weights: readonly WeightTensor[]): Promise<string> {
  const encoder = new TextEncoder();
  return bytesSha256(
    ...weights.flatMap(({ name, shape, values }) => [
      encoder.encode(`${name}[${shape.join(',')}]`),
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    ]),
  );
}
