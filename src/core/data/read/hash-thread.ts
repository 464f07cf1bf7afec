import { createSHA256, type IHasher } from 'hash-wasm';
import { runError } from '#core/errors.ts';
import { newRing, readRing, RingWriter } from '#core/parallel/byte-ring.ts';
import type { Thread, Threads } from '#core/parallel/threads.ts';

/** What a thread is sent that goes on with a hash. */
export interface HashOrder {
  /** What was hashed so far. */
  readonly state: Uint8Array;
  readonly ring: SharedArrayBuffer;
}

/** What it says: that it can be sent an order, and at the end the hash in lower-case hex. */
export type HashAnswer = 'ready' | { readonly sha256: string };

/** In the other thread: hashes what stands in the ring. It hears nothing else meanwhile. */
export async function hashRing({ state, ring }: HashOrder, say: (answer: HashAnswer) => void) {
  const hasher = await createSHA256();
  hasher.load(state);
  readRing(ring, (bytes) => hasher.update(bytes));
  say({ sha256: hasher.digest('hex') });
}

/** The hash may lag behind the reading of a file by all of it; of a huge file, by a part. */
const LAGGING_BITS = { most: 27, ofHuge: 23 } as const;

/** A `FileHash` in another thread. Until that has started, which reading does not wait for, in this one. */
export class ThreadHash {
  readonly #hasher: IHasher;
  readonly #size: number;
  readonly #thread: Thread;
  readonly #sha256: Promise<string>;
  #ring: RingWriter | null = null;
  #isOver = false;

  /**
   * @param hasher that was handed nothing yet
   * @param size the file's bytes
   */
  constructor(hasher: IHasher, threads: Threads, size: number) {
    this.#hasher = hasher;
    this.#size = size;
    let settle: (sha256: string) => void = () => undefined;
    let fail: (reason: Error) => void = () => undefined;
    this.#sha256 = new Promise((resolve, reject) => {
      settle = resolve;
      fail = reject;
    });
    // Whoever wants the hash hears of it.
    this.#sha256.catch(() => undefined);
    this.#thread = threads.start({
      onMessage: (message) => {
        const answer = message as HashAnswer;
        if (this.#isOver) return;
        if (answer === 'ready') this.#handOver();
        else settle(answer.sha256);
      },
      onLost: (reason) => fail(threadLost(reason)),
    });
  }

  update(bytes: Uint8Array): void {
    if (this.#ring === null) this.#hasher.update(bytes);
    else this.#ring.write(bytes);
  }

  async digest(): Promise<string> {
    if (this.#ring === null) {
      this.drop();
      return this.#hasher.digest('hex');
    }
    this.#ring.end();
    const sha256 = await this.#sha256;
    this.drop();
    this.#ring = null;
    return sha256;
  }

  drop(): void {
    this.#isOver = true;
    this.#thread.end();
  }

  #handOver(): void {
    const { most, ofHuge } = LAGGING_BITS;
    const bits = 32 - Math.clz32(this.#size);
    const ring = newRing(this.#size <= 1 << most ? bits : ofHuge);
    this.#ring = new RingWriter(ring);
    this.#thread.send({ state: this.#hasher.save(), ring } satisfies HashOrder);
  }
}

/** @param reason a clause without a full stop */
export function threadLost(reason: string): Error {
  return runError(
    'thread_lost',
    `The thread that hashes the file is gone: ${reason}.`,
    'Import the file again.',
  );
}
