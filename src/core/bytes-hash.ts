import { createSHA256 } from 'hash-wasm';

/** One hasher for all, made as soon as this loads: made later, it would wait while onnxruntime compiles. */
const hasher = createSHA256();

/** SHA-256 of bytes in parts, one after the other, lower-case hex; works where `crypto.subtle` is withheld. */
export async function bytesSha256(...parts: readonly Uint8Array[]): Promise<string> {
  const hash = (await hasher).init();
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
