import { runError } from '#core/errors.ts';

/** The reader hands on at most so many at once, so that room is soon free again. */
const HANDED = 1 << 20;

// The words before the bytes. Counts of bytes go round at 2^32, a multiple of any room.
const WRITTEN = 0;
const READ = 1;
const ENDED = 2;
/** Counts all changes, so that nobody falls asleep over one. */
const CHANGES = 3;
const WORDS = 4;

/** Nobody needs so long for a few megabytes. */
const PATIENCE_MS = 30_000;

/**
 * Memory for bytes that go from one thread to another: a `RingWriter` in one, `readRing` in the other.
 * @param bits room for two to the power of this many bytes; what was never written to takes no memory
 */
export function newRing(bits: number): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * WORDS + (1 << bits));
}

/** Writes into a ring, and waits where it is full. */
export class RingWriter {
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(ring: SharedArrayBuffer) {
    this.#words = new Int32Array(ring, 0, WORDS);
    this.#bytes = new Uint8Array(ring, 4 * WORDS);
  }

  /** @throws TerrariumError `thread_lost` when nothing is read for half a minute */
  write(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const room = this.#bytes.length;
      const at = this.#written & (room - 1);
      const count = Math.min(this.#awaitRoom(), room - at, bytes.length - from);
      this.#bytes.set(bytes.subarray(from, from + count), at);
      Atomics.add(this.#words, WRITTEN, count);
      tell(this.#words);
      from += count;
    }
  }

  end(): void {
    Atomics.store(this.#words, ENDED, 1);
    tell(this.#words);
  }

  get #written(): number {
    return Atomics.load(this.#words, WRITTEN);
  }

  /** How many bytes there is room for, at least one. */
  #awaitRoom(): number {
    for (;;) {
      const changes = Atomics.load(this.#words, CHANGES);
      const free = this.#bytes.length - ((this.#written - Atomics.load(this.#words, READ)) | 0);
      if (free > 0) return free;
      if (Atomics.wait(this.#words, CHANGES, changes, PATIENCE_MS) === 'timed-out') throw lost();
    }
  }
}

/**
 * Reads what is written into a ring until it is ended, and waits where there is nothing.
 * @param take is handed the next bytes, valid during the call
 */
export function readRing(ring: SharedArrayBuffer, take: (bytes: Uint8Array) => void): void {
  const words = new Int32Array(ring, 0, WORDS);
  const bytes = new Uint8Array(ring, 4 * WORDS);
  for (;;) {
    const changes = Atomics.load(words, CHANGES);
    const isEnded = Atomics.load(words, ENDED) === 1;
    const read = Atomics.load(words, READ);
    const there = (Atomics.load(words, WRITTEN) - read) | 0;
    if (there > 0) {
      const at = read & (bytes.length - 1);
      const count = Math.min(there, bytes.length - at, HANDED);
      take(bytes.subarray(at, at + count));
      Atomics.add(words, READ, count);
      tell(words);
    } else if (isEnded) return;
    else Atomics.wait(words, CHANGES, changes);
  }
}

function tell(words: Int32Array): void {
  Atomics.add(words, CHANGES, 1);
  Atomics.notify(words, CHANGES);
}

function lost(): Error {
  return runError(
    'thread_lost',
    'A thread that takes part in reading does not answer any more.',
    'Import the file again.',
  );
}
