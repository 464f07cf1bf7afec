import { createSHA256, createXXHash64, type IHasher } from 'hash-wasm';
import type { Thread, Threads } from '#core/parallel/threads.ts';
import { threadLost } from './hash-thread.ts';

/** What a thread is sent that reads a file a second time. */
export interface AgainOrder {
  readonly file: Blob;
}

/** What it says: that it can be sent an order, and at the end both hashes in lower-case hex, or why it has none. */
export type AgainAnswer = 'ready' | ReadAgain | { readonly unreadable: string };

interface ReadAgain {
  readonly sha256: string;
  /** XXH64, which takes a thirtieth of the time: that of the first reading must be the same. */
  readonly check: string;
}

/** Bytes that are read at a time. */
const PIECE = 1 << 21;

/** In the other thread: reads the file and hashes it. */
export async function hashAgain({ file }: AgainOrder, say: (answer: AgainAnswer) => void) {
  const [sha256, check] = await Promise.all([createSHA256(), createXXHash64()]);
  try {
    for await (const piece of piecesOf(file)) {
      sha256.update(piece);
      check.update(piece);
    }
  } catch (thrown) {
    say({ unreadable: thrown instanceof Error ? thrown.message : String(thrown) });
    return;
  }
  say({ sha256: sha256.digest('hex'), check: check.digest('hex') });
}

/** Reads into the same memory again and again, where the browser can: else it would be full of old pieces. */
async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const stream = file.stream();
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    yield* stream;
    return;
  }
  let room = new Uint8Array(PIECE);
  for (;;) {
    const { done, value } = await reader.read(room);
    if (done) return;
    yield value;
    room = new Uint8Array(value.buffer);
  }
}

/** A `FileHash` in another thread, which reads the file by itself: this one keeps and copies nothing for it. */
export class HashAgain {
  readonly #check: IHasher;
  readonly #file: Blob;
  readonly #thread: Thread;
  readonly #answer: Promise<Exclude<AgainAnswer, 'ready'>>;
  #isReady = false;
  #isWanted = false;

  /**
   * Starts the thread, which could not start later: no event comes through while columns are inferred.
   * @param check XXH64, handed nothing yet
   */
  constructor(check: IHasher, threads: Threads, file: Blob) {
    this.#check = check;
    this.#file = file;
    let settle: (answer: Exclude<AgainAnswer, 'ready'>) => void = () => undefined;
    let fail: (reason: Error) => void = () => undefined;
    this.#answer = new Promise((resolve, reject) => {
      settle = resolve;
      fail = reject;
    });
    // Whoever wants the hash hears of it.
    this.#answer.catch(() => undefined);
    this.#thread = threads.start({
      onMessage: (message) => {
        const answer = message as AgainAnswer;
        if (answer === 'ready') {
          this.#isReady = true;
          this.#order();
        } else {
          this.drop();
          settle(answer);
        }
      },
      onLost: (reason) => fail(threadLost(reason)),
    });
  }

  update(bytes: Uint8Array): void {
    this.#check.update(bytes);
  }

  /** @throws DOMException `NotReadableError` where the file is not the same any more; TerrariumError `thread_lost` */
  async digest(): Promise<string> {
    this.#isWanted = true;
    this.#order();
    const answer = await this.#answer;
    if ('unreadable' in answer) throw notReadable(answer.unreadable);
    if (answer.check !== this.#check.digest('hex')) {
      throw notReadable('The file was written to while it was read.');
    }
    return answer.sha256;
  }

  drop(): void {
    this.#thread.end();
  }

  #order(): void {
    if (!this.#isReady || !this.#isWanted) return;
    this.#thread.send({ file: this.#file } satisfies AgainOrder);
  }
}

function notReadable(message: string): DOMException {
  return new DOMException(message, 'NotReadableError');
}
