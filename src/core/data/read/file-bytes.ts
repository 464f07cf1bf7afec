import type { Threads } from '#core/parallel/threads.ts';
import { Breather } from '#core/pause.ts';
import { startHash } from './file-hash.ts';
import { gunzipped, isGzip } from './gunzip.ts';
import { joined, type FileBytes } from './reader.ts';

/** Bytes to look at before a file is taken for a format. */
const HEAD_BYTES = 1 << 16;

export interface ReadProgressOptions {
  /** Size of the file in bytes, where it is known. */
  readonly size?: number;
  /** SHA-256 of the file (lower-case hex), where it is known. */
  readonly sha256?: string;
  readonly signal?: AbortSignal;
  /** Threads that may take part; none but this one when absent. */
  readonly threads?: Threads | undefined;
  /** Called as blocks and rows come, with the bytes of the file and the data rows read so far. */
  readonly onProgress?: (bytesRead: number, rows: number) => void;
}

export interface OpenedFile extends FileBytes {
  readonly gzip: boolean;
  /** Size and SHA-256 (lower-case hex) of the file as it is, once all chunks were read. */
  finish(): Promise<{ readonly bytes: number; readonly sha256: string }>;
}

/** Opens a file: hashes and counts its bytes as they come, hears a cancel, and unpacks gzip. */
export async function openFile(
  source: ReadableStream<Uint8Array>,
  { signal, onProgress, size = 0, sha256, threads }: ReadProgressOptions,
): Promise<OpenedFile> {
  const hash = sha256 === undefined ? await startHash(size, threads) : null;
  const breather = new Breather(signal);
  let bytes = 0;
  let rows = 0;

  async function* counted(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const reader = source.getReader();
    let isWhole = false;
    try {
      for (;;) {
        await breather.breathe();
        const { done, value } = await reader.read();
        isWhole = done;
        if (done) return;
        hash?.update(value);
        bytes += value.byteLength;
        yield value as Uint8Array<ArrayBuffer>;
        onProgress?.(bytes, rows);
      }
    } finally {
      if (!isWhole) hash?.drop();
      reader.cancel().catch(() => undefined);
    }
  }

  const packed = await withHead(counted());
  const gzip = isGzip(packed.head);
  const file = gzip ? await withHead(gunzipped(packed.chunks)) : packed;
  return {
    ...file,
    gzip,
    sizeHint: gzip ? 0 : size,
    rowsRead(count) {
      if (count === rows) return;
      rows = count;
      onProgress?.(bytes, rows);
    },
    breathe: () => breather.breathe(),
    finish: async () => ({ bytes, sha256: sha256 ?? (await hash?.digest()) ?? '' }),
  };
}

/** Reads the beginning, and gives it back with all that follows. */
async function withHead(source: AsyncGenerator<Uint8Array<ArrayBuffer>>): Promise<{
  head: Uint8Array<ArrayBuffer>;
  complete: boolean;
  chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>;
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

  async function* chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    try {
      if (first.byteLength > 0) yield first;
      yield* source;
    } finally {
      await source.return(undefined);
    }
  }
  return { head: first.subarray(0, HEAD_BYTES), complete, chunks: chunks() };
}
