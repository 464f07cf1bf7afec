import { Inflate } from 'fflate';
import { createCRC32, type IHasher } from 'hash-wasm';
import { inputError } from '#core/errors.ts';
import { entryName } from './entry-name.ts';

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const LOCAL_MARK = 0x04034b50;
/** Longest comment behind the end record. */
const MAX_COMMENT = 65_535;
const IN_ZIP64 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;
/** As many as an archive can have whose directory counts in 16 bits. */
export const MAX_ENTRIES = 65_534;
/** Bytes that all entries together may unpack to. */
export const MAX_UNPACKED = 2 * 1024 * 1024 * 1024;
/** Past this many, they may be at most so many times what the file has. */
const HARMLESS_BYTES = 64 * 1024 * 1024;
const MAX_GROWTH = 400;
const PIECE = 1 << 16;
const STORED_PIECE = 1 << 20;

export interface ZipEntry {
  readonly name: string;
  /** Size when unpacked, as the archive's directory says. */
  readonly size: number;
  readonly packedSize: number;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly crc: number;
  /** Where its local header stands. */
  readonly at: number;
}

/**
 * A zip archive in memory (PKWARE's APPNOTE 6.3). Sizes are held against the file before anything is unpacked,
 * and what is unpacked against its size and its CRC-32.
 */
export class ZipArchive {
  readonly entries: readonly ZipEntry[];
  readonly #bytes: Uint8Array;
  readonly #crc: IHasher;

  private constructor(bytes: Uint8Array, crc: IHasher) {
    this.#bytes = bytes;
    this.#crc = crc;
    this.entries = directoryOf(bytes);
    const total = this.entries.reduce((sum, { size }) => sum + size, 0);
    if (total > this.#mostBytes()) throw bomb();
  }

  /** @throws TerrariumError where the archive is cut, damaged, or unpacks beyond all measure */
  static async open(bytes: Uint8Array): Promise<ZipArchive> {
    return new ZipArchive(bytes, await createCRC32());
  }

  find(name: string): ZipEntry | undefined {
    return this.entries.find((entry) => entry.name === name);
  }

  /** The bytes of an entry, in pieces; the last one comes only if all of them were right. */
  *unpack(entry: ZipEntry): Generator<Uint8Array<ArrayBuffer>> {
    if (entry.isEncrypted) throw encrypted(entry.name);
    const packed = this.#packed(entry);
    const crc = this.#crc.init();
    let size = 0;
    let held: Uint8Array<ArrayBuffer> | null = null;
    for (const piece of entry.method === STORED ? cut(packed) : inflated(packed, entry.name)) {
      size += piece.length;
      // Together they have no more than the directory says, which was held against the file.
      if (size > entry.size) throw damaged(entry.name);
      crc.update(piece);
      if (held !== null) yield held;
      held = piece.slice();
    }
    if (size !== entry.size || parseInt(crc.digest(), 16) !== entry.crc) throw damaged(entry.name);
    if (held !== null) yield held;
  }

  /**
   * Holds the names against their second copies. An entry that is unpacked is held against its own; where names decide
   * what is unpacked at all, all of them count.
   * @throws TerrariumError `zip_damaged`
   */
  checkNames(): void {
    for (const entry of this.entries) this.#nameEnd(entry);
  }

  /** Where an entry's second name ends, in front of its bytes. */
  #nameEnd(entry: ZipEntry): number {
    const view = viewOf(this.#bytes);
    if (entry.at + 30 > this.#bytes.length || view.getUint32(entry.at, true) !== LOCAL_MARK) {
      throw damaged(entry.name);
    }
    const nameAt = entry.at + 30;
    const nameEnd = nameAt + view.getUint16(entry.at + 26, true);
    // Every entry has its name twice, and no checksum covers it.
    if (entryName(this.#bytes.subarray(nameAt, nameEnd)) !== entry.name) throw damaged(entry.name);
    return nameEnd;
  }

  #packed(entry: ZipEntry): Uint8Array {
    const nameEnd = this.#nameEnd(entry);
    const view = viewOf(this.#bytes);
    const from = nameEnd + view.getUint16(entry.at + 28, true);
    const to = from + entry.packedSize;
    if (to > this.#bytes.length) throw damaged(entry.name);
    if (entry.method !== STORED && entry.method !== DEFLATED) throw unknownMethod(entry);
    return this.#bytes.subarray(from, to);
  }

  #mostBytes(): number {
    return Math.min(MAX_UNPACKED, Math.max(HARMLESS_BYTES, this.#bytes.length * MAX_GROWTH));
  }
}

function* cut(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += STORED_PIECE) {
    yield bytes.subarray(from, from + STORED_PIECE);
  }
}

function* inflated(packed: Uint8Array, name: string): Generator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const inflate = new Inflate((piece) => pieces.push(piece));
  for (let from = 0; from < packed.length || from === 0; from += PIECE) {
    try {
      inflate.push(packed.subarray(from, from + PIECE), from + PIECE >= packed.length);
    } catch {
      throw damaged(name);
    }
    yield* pieces;
    pieces = [];
  }
}

function directoryOf(bytes: Uint8Array): ZipEntry[] {
  const view = viewOf(bytes);
  const end = endRecord(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (at === IN_ZIP64 || count > MAX_ENTRIES) throw tooLarge();
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY_MARK) throw damaged();
    const nameLength = view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 8, true);
    const name = bytes.subarray(at + 46, at + 46 + nameLength);
    const packedSize = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    if (packedSize === IN_ZIP64 || size === IN_ZIP64) throw tooLarge();
    entries.push({
      name: entryName(name),
      size,
      packedSize,
      isEncrypted: (flags & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function endRecord(view: DataView): number {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at -= 1) {
    if (view.getUint32(at, true) === END_MARK) return at;
  }
  throw inputError(
    'zip_cut',
    'The file begins like a zip archive and has no directory at its end: it was probably cut off.',
    'Download or pack the file again.',
  );
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(name?: string): Error {
  const what = name === undefined ? 'The directory of the archive' : `"${name}" in the archive`;
  return inputError(
    'zip_damaged',
    `${what} is damaged: its bytes are not those that were packed.`,
    'Download or pack the file again.',
    name === undefined ? {} : { entry: name },
  );
}

function encrypted(name: string): Error {
  return inputError(
    'zip_encrypted',
    `"${name}" in the archive is protected by a password.`,
    'Pack it without a password: nothing leaves this machine.',
    { entry: name },
  );
}

function unknownMethod({ name, method }: ZipEntry): Error {
  return inputError(
    'zip_method',
    `"${name}" in the archive is packed by method ${method}, and only deflate and plain storage can be read.`,
    'Pack it as an ordinary zip.',
    { entry: name },
  );
}

function bomb(): Error {
  return inputError(
    'unpacks_too_large',
    'The archive unpacks to far more than a table of its size would.',
    'Open the unpacked file itself.',
  );
}

function tooLarge(): Error {
  return inputError(
    'zip_too_large',
    'The archive is of the kind for more than 4 GiB or 65,535 entries (Zip64), which cannot be read.',
    'Open the unpacked file itself, or pack fewer files.',
  );
}
