import { runError } from '#core/errors.ts';
import type { KernelMemory } from '#core/kernels/kernel-memory.ts';
import type { BoardOrder } from './help-at-board.mjs';
import { BOARD_BYTES, TaskBoard, ThreadGone, type KernelCall } from './task-board.mjs';
import type { Thread, Threads } from './threads.ts';

/** A call of one of the kernels: its name and its arguments. */
export type CallOf<Kernels> = Extract<
  {
    readonly [Name in keyof Kernels & string]: Kernels[Name] extends (
      ...values: infer Values
    ) => unknown
      ? readonly [Name, ...Values]
      : never;
  }[keyof Kernels & string],
  KernelCall
>;

/** Parts of work: calls that one thread makes one after the other. */
type Parts<Call extends KernelCall> = readonly (readonly Call[])[];

/**
 * Threads that call kernels in the same memory. Work comes in parts: calls that one thread makes one after the other. No
 * part may write where another one reads or writes; then no bit depends on who does what.
 */
export interface Crew<Call extends KernelCall = KernelCall> {
  /** How many threads they are at most, the calling one among them; others join when they have started. */
  readonly size: number;
  /**
   * Does all parts and gives what the last call of each gave.
   *
   * @param meanwhile what the calling thread does first, while others begin: it reads nothing that parts write, and the
   *   other way round
   * @throws TerrariumError when a thread failed or is gone
   */
  run(parts: Parts<Call>, meanwhile?: () => void): ArrayLike<number>;
  /**
   * Does up to four lots of parts one after the other, none of a lot begun before all of the lots before are done: in one
   * round, where several would need every thread to wait for the calling one in between.
   *
   * @throws as `run` does
   */
  runInTurn(lots: readonly Parts<Call>[]): void;
  /** Ends the other threads. */
  end(): void;
}

/** One thread, which does everything in order. */
export function crewOfOne(exports: WebAssembly.Exports): Crew {
  const one = (name: string, values: readonly (number | boolean)[]): number =>
    Number((exports[name] as (...values: readonly (number | boolean)[]) => unknown)(...values));
  const all = (parts: Parts<KernelCall>): number[] =>
    parts.map((part) => part.reduce((_, [name, ...values]) => one(name, values), 0));
  return {
    size: 1,
    run(parts, meanwhile) {
      meanwhile?.();
      return all(parts);
    },
    runInTurn(lots) {
      for (const parts of lots) all(parts);
    },
    end: () => undefined,
  };
}

/**
 * Several threads around a board in a shared memory.
 *
 * @param exports of the module, then of the others
 */
export function crewOf(
  threads: Threads,
  module: WebAssembly.Module,
  memory: KernelMemory,
  exports: WebAssembly.Exports,
  others: readonly WebAssembly.Module[] = [],
): Crew {
  const at = memory.take(BOARD_BYTES);
  const board = new TaskBoard(memory.wasm.buffer, at, exports);
  let lost: string | undefined;
  const started = new Set<Thread>();
  const helpers: Thread[] = [];
  for (let i = 1; i < threads.count; i += 1) {
    const thread = threads.start({
      onMessage: () => void started.add(thread),
      // One that never started took nothing: the others do without it.
      onLost: (reason) => {
        if (started.has(thread)) lost = reason;
      },
    });
    const order: BoardOrder = {
      ...{ kind: 'board', module, others, memory: memory.wasm, board: at },
      share: i / threads.count,
    };
    thread.send(order);
    helpers.push(thread);
  }
  const finish = (meanwhile?: () => void): Float64Array => {
    try {
      if (lost !== undefined) throw new ThreadGone(lost);
      return board.finish(meanwhile);
    } catch (thrown) {
      if (!(thrown instanceof ThreadGone)) throw thrown;
      lost = thrown.message;
      throw threadLost(lost);
    }
  };
  return {
    size: threads.count,
    run(parts, meanwhile) {
      const results: number[] = [];
      for (const part of parts) {
        if (board.write(part)) continue;
        results.push(...finish());
        if (!board.write(part)) throw new RangeError('a part is larger than the board');
      }
      results.push(...finish(meanwhile));
      return results;
    },
    runInTurn(lots) {
      for (const [i, parts] of lots.entries()) {
        if (i > 0) board.closeGate();
        if (!parts.every((part) => board.write(part))) {
          throw new RangeError('there are more parts than the board has room for');
        }
      }
      finish();
    },
    end() {
      board.close();
      for (const thread of helpers) {
        if (thread.rest !== undefined && lost === undefined) thread.rest();
        else thread.end();
      }
    },
  };
}

/** @param reason a clause without a full stop */
export function threadLost(reason: string): Error {
  return runError(
    'thread_lost',
    `A thread that took part in training is gone: ${reason}.`,
    'Train again. On the command line --workers 1 trains with one thread, and gives the same model.',
  );
}
