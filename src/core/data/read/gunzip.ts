import { inputError } from '#core/errors.ts';

/** Text packs to a tenth, at most to a fiftieth; a file that grows by more was made to fill a memory. */
const MAX_GROWTH = 300;
/** Below this, growth does no harm. */
const HARMLESS_BYTES = 16 * 1024 * 1024;

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Unpacks gzip as it comes.
 * @throws TerrariumError where the archive is damaged, cut, or unpacks beyond all measure
 */
export async function* gunzipped(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let packed = 0;
  let unpacked = 0;
  const source = chunks[Symbol.asyncIterator]();
  let failure: Error | null = null;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const next = await source.next();
        if (next.done === true) {
          controller.close();
          return;
        }
        packed += next.value.byteLength;
        controller.enqueue(next.value);
      } catch (thrown) {
        failure = thrown instanceof Error ? thrown : new Error(String(thrown));
        controller.error(thrown);
      }
    },
  });
  const reader = stream.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((thrown: unknown) => {
        throw failure ?? damaged(thrown);
      });
      if (done) return;
      unpacked += value.byteLength;
      if (unpacked > HARMLESS_BYTES && unpacked > packed * MAX_GROWTH) throw bomb();
      yield value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
    await source.return?.();
  }
}

function damaged(cause: unknown): Error {
  const why = cause instanceof Error && cause.message !== '' ? ` (${cause.message})` : '';
  return inputError(
    'gzip_damaged',
    `The gzip archive is damaged or cut off${why}, so its table cannot be read.`,
    'Download or pack the file again.',
  );
}

function bomb(): Error {
  return inputError(
    'unpacks_too_large',
    `The gzip archive unpacks to more than ${MAX_GROWTH} times its size, which no table does.`,
    'Open the unpacked file itself.',
  );
}
