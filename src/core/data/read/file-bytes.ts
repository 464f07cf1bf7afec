import { ONE_THREAD, type Threads } from '#core/parallel/threads.ts';
import { Breather } from '#core/breather.ts';
import { canHashWhole, hashOfAll, isHashedAgain, startHash } from './file-hash.ts';
import { gunzipped, isGzip } from './gunzip.ts';
import { allOf, joined, type FileBytes } from './reader.ts';

/** Bytes to look at before a file is taken for a format. */
const HEAD_BYTES = 1 << 16;

/** Files up to this size are read at once where all bytes are wanted: that hears no cancel and tells no progress. */
const AT_ONCE_BYTES = 1 << 27;

export interface ReadProgressOptions {
  /** Size of the file in bytes, where it is known. */
  readonly size?: number;
  /** SHA-256 of the file (lower-case hex), where it is known. */
  readonly sha256?: string;
  readonly signal?: AbortSignal;
  /** The file itself, where it may be read a second time. */
  readonly file?: Blob;
  /** Threads that may take part; none but this one when absent. */
  readonly threads?: Threads | undefined;
  /** Called as blocks and rows come, with the bytes of the file and the data rows read so far. */
  readonly onProgress?: (bytesRead: number, rows: number) => void;
}

type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>>;

export interface OpenedFile extends FileBytes {
  readonly gzip: boolean;
  /** Whether the thread that hashes may hold much of the file until it has finished. */
  readonly hashHolds: boolean;
  /** Size and SHA-256 (lower-case hex) of the file as it is, once all chunks were read. */
  finish(): Promise<{ readonly bytes: number; readonly sha256: string }>;
}

/** Opens a file: hashes and counts its bytes as they come, hears a cancel, and unpacks gzip. */
export async function openFile(
  source: ReadableStream<Uint8Array>,
  { signal, onProgress, size = 0, sha256, threads = ONE_THREAD, file }: ReadProgressOptions,
): Promise<OpenedFile> {
  let digest = (): Promise<string> => Promise.resolve(sha256 ?? '');
  const breather = new Breather(signal);
  let bytes = 0;
  let rows = 0;

  async function* counted(): Chunks {
    const reader = source.getReader();
    try {
      for (;;) {
        await breather.breathe();
        const { done, value } = await reader.read();
        if (done) return;
        bytes += value.byteLength;
        yield value as Uint8Array<ArrayBuffer>;
        onProgress?.(bytes, rows);
      }
    } finally {
      reader.cancel().catch(() => undefined);
    }
  }

  async function* hashed(chunks: Chunks): Chunks {
    if (sha256 !== undefined) {
      yield* chunks;
      return;
    }
    const hash = await startHash(size, threads, file);
    let isWhole = false;
    try {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
      isWhole = true;
      digest = () => hash.digest();
    } finally {
      if (!isWhole) hash.drop();
    }
  }

  /** A third of the time of reading piece by piece. */
  async function readAtOnce(again: Blob): Promise<Uint8Array<ArrayBuffer>> {
    // What was begun is let go: a generator ends what it holds once it has begun itself.
    await packed.chunks.next();
    await packed.chunks.return(undefined);
    const whole = new Uint8Array(await again.arrayBuffer());
    bytes = whole.byteLength;
    onProgress?.(bytes, rows);
    await breather.breathe();
    return whole;
  }

  const packed = await withHead(counted());
  const gzip = isGzip(packed.head);
  const unpacked = gzip ? await withHead(gunzipped(hashed(packed.chunks))) : packed;
  const chunks = gzip ? unpacked.chunks : hashed(packed.chunks);
  const sizeHint = gzip ? 0 : size;
  // The platform needs no copy of bytes that are kept anyway.
  const isHashedWhole = sha256 === undefined && canHashWhole(sizeHint);
  return {
    ...unpacked,
    chunks,
    async all() {
      if (!isHashedWhole && (gzip || sha256 === undefined)) return allOf(chunks, sizeHint);
      const isAtOnce = file !== undefined && file.size <= AT_ONCE_BYTES;
      const whole = await (isAtOnce ? readAtOnce(file) : allOf(packed.chunks, size));
      if (isHashedWhole) digest = () => hashOfAll(whole);
      return whole;
    },
    gzip,
    hashHolds: file === undefined || !isHashedAgain(file, threads),
    sizeHint,
    rowsRead(count) {
      if (count === rows) return;
      rows = count;
      onProgress?.(bytes, rows);
    },
    breathe: () => breather.breathe(),
    finish: async () => ({ bytes, sha256: await digest() }),
  };
}

/** Reads the beginning, and gives it back with all that follows. */
async function withHead(source: Chunks): Promise<{
  head: Uint8Array<ArrayBuffer>;
  complete: boolean;
  chunks: Chunks;
}> {
  const begun: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let complete = false;
  while (length < HEAD_BYTES && !complete) {
    const next = await source.next();
    if (next.done === true) complete = true;
    else {
      begun.push(next.value);
      length += next.value.byteLength;
    }
  }
  const first = joined(begun, length);

  async function* chunks(): Chunks {
    try {
      if (first.byteLength > 0) yield first;
      yield* source;
    } finally {
      await source.return(undefined);
    }
  }
  return { head: first.subarray(0, HEAD_BYTES), complete, chunks: chunks() };
}
