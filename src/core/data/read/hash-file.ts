import { createSHA256 } from 'hash-wasm';
import { Breather } from '#core/pause.ts';

const PIECE = 1 << 20;

/** SHA-256 of a file's bytes, lower-case hex. Rejects as the file does where it cannot be read. */
export async function hashFile(file: Blob, signal?: AbortSignal): Promise<string> {
  const hash = await createSHA256();
  const breather = new Breather(signal);
  const next = piecesOf(file.stream());
  for (;;) {
    await breather.breathe();
    const { done, value } = await next();
    if (done) return hash.digest('hex');
    hash.update(value);
  }
}

type Pieces = () => Promise<ReadableStreamReadResult<Uint8Array>>;

/** Where the browser can, each piece comes in the memory of the one before it. */
function piecesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Pieces {
  const reader = reusingReader(stream);
  if (reader === null) {
    const plain = stream.getReader();
    return () => plain.read();
  }
  let memory = new ArrayBuffer(PIECE);
  return async () => {
    const { done, value } = await reader.read(new Uint8Array(memory));
    if (done) return { done, value: undefined };
    memory = value.buffer;
    return { done, value };
  };
}

function reusingReader(stream: ReadableStream): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}
