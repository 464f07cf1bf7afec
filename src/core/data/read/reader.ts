import type { Doubt, Table } from '../table.ts';
import type { FormatName, Reading, ReadSettings } from './settings.ts';

/** A file on its way in: its beginning, to be recognized by, and all of its bytes, unpacked. */
export interface FileBytes {
  /** The first bytes, at most 64 KiB. */
  readonly head: Uint8Array;
  /** Whether the head is the whole file. */
  readonly complete: boolean;
  /** Size in bytes, as far as it is known before reading; 0 where it is not. */
  readonly sizeHint: number;
  /** All bytes from the first, in pieces cut anywhere; can be read once. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The same bytes in one piece, in the place of `chunks`. */
  all(): Promise<Uint8Array<ArrayBuffer>>;
  /** To be called with the data rows there are so far. */
  rowsRead(rows: number): void;
  /** To be awaited between stretches of work: gives the event loop a turn, and throws after a cancel. */
  breathe(): Promise<void>;
}

export interface ReadTable {
  readonly table: Table;
  readonly doubts: readonly Doubt[];
  readonly reading: Reading;
}

/** What whoever reads a file wants of it. */
export interface Purpose {
  /** Images without a label are none to refuse: they are to get one. */
  readonly unlabelled?: boolean;
}

/** Reads one format of table. One object in one file, one row in `registry.ts`. */
export interface Reader {
  readonly format: FormatName;
  /** Whether a file is of this format, by its first bytes and its name without `.gz`. */
  recognizes(head: Uint8Array, name: string): boolean;
  /** @throws TerrariumError (input) that says what cannot be read, and where */
  read(file: FileBytes, settings: ReadSettings, purpose?: Purpose): Promise<ReadTable>;
}

/** @param sizeHint how many bytes there will be, as far as that is known */
export async function allOf(
  chunks: AsyncIterable<Uint8Array>,
  sizeHint: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(sizeHint);
  const more: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const isRoom = more.length === 0 && length + chunk.byteLength <= all.length;
    if (isRoom) all.set(chunk, length);
    else more.push(chunk);
    length += chunk.byteLength;
  }
  if (more.length === 0) return all.subarray(0, length);
  const known = length - more.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  return joined([all.subarray(0, known), ...more], length);
}

export function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
