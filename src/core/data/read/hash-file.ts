import { createSHA256 } from 'hash-wasm';
import { Breather } from '#core/pause.ts';

/** SHA-256 of a file's bytes, lower-case hex. Rejects as the file does where it cannot be read. */
export async function hashFile(file: Blob, signal?: AbortSignal): Promise<string> {
  const hash = await createSHA256();
  const breather = new Breather(signal);
  const reader = file.stream().getReader();
  for (;;) {
    await breather.breathe();
    const { done, value } = await reader.read();
    if (done) return hash.digest('hex');
    hash.update(value);
  }
}
