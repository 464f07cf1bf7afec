import { createSHA256, createXXHash64, type IHasher } from 'hash-wasm';
import { ONE_THREAD, type Threads } from '#core/parallel/threads.ts';
import { GrowingBytes } from '../growing.ts';
import { HashAgain } from './hash-again.ts';
import { ThreadHash } from './hash-thread.ts';

/** SHA-256 of bytes that come one piece after the other. */
export interface FileHash {
  update(bytes: Uint8Array): void;
  /** Lower-case hex. To be called once, at the end. */
  digest(): Promise<string>;
  /** Lets go of it before the end. */
  drop(): void;
}

/** Files up to this size are hashed in one piece: they are in memory twice while that lasts. */
const WHOLE_BYTES = 1 << 28;

/**
 * Larger files are hashed once they were read, where they can be read again: another thread would take processors from
 * whoever delivers the bytes, and hold reading up by a third.
 */
const HUGE_BYTES = 1 << 27;

/** Smaller files are hashed before another thread has started. */
const WORTH_BYTES = 1 << 24;

/**
 * Another thread that can be had hashes as the file is read, without a copy of it. The platform's hash uses the
 * processor's own instructions and takes a fifth of the time of a hash in wasm, but wants all bytes at once, and a secure
 * context.
 * @param size the file's bytes; 0 where that is not known
 * @param file itself, where it may be read a second time
 */
export async function startHash(
  size: number,
  threads: Threads = ONE_THREAD,
  file?: Blob,
): Promise<FileHash> {
  if (file !== undefined && isHashedAgain(file, threads)) return startHashAgain(file, threads);
  if (size >= WORTH_BYTES && threads.count > 1) {
    return new ThreadHash(await createSHA256(), threads, size);
  }
  return canHashWhole(size) ? new WholeHash(size) : new PieceHash(await createSHA256());
}

/** Whether another thread reads a file a second time to hash it, and needs no memory for it meanwhile. */
export function isHashedAgain(file: Blob, threads: Threads): boolean {
  return file.size > HUGE_BYTES && threads.count > 1;
}

export async function startHashAgain(file: Blob, threads: Threads): Promise<HashAgain> {
  return new HashAgain(await createXXHash64(), threads, file);
}

/** Whether the platform can hash a file of so many bytes, 0 where that is not known. */
export function canHashWhole(size: number): boolean {
  return size > 0 && size <= WHOLE_BYTES && 'subtle' in crypto;
}

/** SHA-256 in lower-case hex by the platform; Chromium's workers wait for it, others may not. */
export async function hashOfAll(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

class WholeHash implements FileHash {
  readonly #bytes: GrowingBytes;
  readonly #size: number;
  /** Goes on beside what is done with the last bytes. */
  #digest: Promise<string> | null = null;

  constructor(size: number) {
    this.#bytes = new GrowingBytes(size);
    this.#size = size;
  }

  update(bytes: Uint8Array): void {
    this.#bytes.append(bytes);
    this.#digest = this.#bytes.length === this.#size ? this.#start() : null;
  }

  digest(): Promise<string> {
    return this.#digest ?? this.#start();
  }

  drop(): void {
    this.#digest = null;
  }

  #start(): Promise<string> {
    return hashOfAll(this.#bytes.finish());
  }
}

class PieceHash implements FileHash {
  readonly #hasher: IHasher;

  constructor(hasher: IHasher) {
    this.#hasher = hasher;
  }

  update(bytes: Uint8Array): void {
    this.#hasher.update(bytes);
  }

  digest(): Promise<string> {
    return Promise.resolve(this.#hasher.digest('hex'));
  }

  drop(): void {
    this.#hasher.init();
  }
}
