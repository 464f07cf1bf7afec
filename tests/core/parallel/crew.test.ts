import { describe, expect, it } from 'vitest';
import { KernelMemory } from '#core/kernels/kernel-memory.ts';
import { startTreeMachine, type TreeCall, type TreeMachine } from '#core/kernels/tree-kernels.ts';
import { crewOf } from '#core/parallel/crew.ts';
import { stretchesOf } from '#core/parallel/stretches.ts';
import type { BoardOrder } from '#core/parallel/help-at-board.mjs';
import { BOARD_BYTES, TaskBoard } from '#core/parallel/task-board.mjs';
import type { Threads } from '#core/parallel/threads.ts';
import { eagerThreads } from '../../support/eager-threads.ts';

const bins = 40;

/** Parts that each sum up their own numbers: 1 … n, in pairs. */
function sums({ memory }: TreeMachine, parts: number): { calls: TreeCall[][]; outs: number[] } {
  const outs: number[] = [];
  const calls = Array.from({ length: parts }, (_, part): TreeCall[] => {
    const [from, out] = [memory.take(bins * 16), memory.take(16)];
    outs.push(out);
    memory.uint64(from, bins * 2).fill(BigInt(part + 1));
    return [
      ['subtractBins', out, out, 1],
      ['sumBins', from, bins, out],
    ];
  });
  return { calls, outs };
}

describe('a crew', () => {
  it.each([1, 2, 3])(
    'of %i does every part once, more than fit on its board too',
    async (count) => {
      const threads = eagerThreads(count);
      const machine = await startTreeMachine(threads);
      await threads.heard(count - 1);
      for (const parts of [1, 7, 1200]) {
        const { calls, outs } = sums(machine, parts);
        expect(machine.crew.run(calls)).toHaveLength(parts);
        for (const [part, out] of outs.entries()) {
          const sum = BigInt(bins * (part + 1));
          expect([...machine.memory.uint64(out, 2)]).toEqual([sum, sum]);
        }
      }
      machine.crew.end();
      expect(threads.running()).toBe(0);
    },
  );

  it('gives what the last call of each part gave, in the order of the parts', async () => {
    const threads = eagerThreads(2);
    const machine = await startTreeMachine(threads);
    await threads.heard(1);
    const { memory } = machine;
    const [counters, scratch] = [memory.take(3 * 8192), memory.take(4096)];
    const calls = [3, 1, 0, 5].map((numbers): TreeCall[] => {
      const values = memory.take(32);
      memory.float32(values, 8).fill(NaN).fill(1, 0, numbers);
      return [['sortValues', values, 8, values, scratch, counters]];
    });
    const inTurn = calls.map((part) => machine.crew.run([part])[0]);
    expect(inTurn).toEqual([3, 1, 0, 5]);
    machine.crew.end();
  });

  it.each([1, 2])(
    'of %i lets its leader do something else first, while others begin',
    async (count) => {
      const threads = eagerThreads(count);
      const machine = await startTreeMachine(threads);
      await threads.heard(count - 1);
      const { calls, outs } = sums(machine, 3);
      const isDone = (out: number): boolean => machine.memory.uint64(out, 2)[0] !== 0n;
      let waited = 0;
      machine.crew.run(calls, () => {
        expect(waited).toBe(0);
        const end = performance.now() + 5000;
        while (count > 1 && !outs.every(isDone) && performance.now() < end) waited += 1;
        expect(outs.every(isDone)).toBe(count > 1);
      });
      expect(outs.every(isDone)).toBe(true);
      machine.crew.end();
    },
  );

  it.each([1, 2, 3])(
    'of %i begins no part before all lots before its own are done',
    async (count) => {
      const threads = eagerThreads(count);
      const machine = await startTreeMachine(threads);
      await threads.heard(count - 1);
      const { memory, crew } = machine;
      const widths = [5, 4, 3, 2];
      const numbers = memory.take(5 * bins * 16);
      // Every part sums up what all parts of the lot before made.
      let [from, length] = [numbers, bins];
      const lots = widths.map((width, lot): TreeCall[][] => {
        const own = from;
        from = memory.take(width * 16);
        const calls = Array.from({ length: width }, (_, part): TreeCall[] => [
          ['sumBins', lot === 0 ? own + part * bins * 16 : own, length, from + part * 16],
        ]);
        length = width;
        return calls;
      });
      for (let round = 1; round <= 1500; round += 1) {
        memory.uint64(numbers, 5 * bins * 2).fill(BigInt(round));
        crew.runInTurn(lots);
        const total = BigInt(round * bins * 5 * 4 * 3);
        expect([...memory.uint64(from, 4)]).toEqual(Array(4).fill(total));
        // Rounds with fewer gates, of other numbers of parts; a lot may be empty.
        if (round % 3 === 0) crew.run(lots[0]?.slice(round % 5) ?? []);
        if (round % 4 === 0) crew.runInTurn([[], ...lots.slice(0, round % 3)]);
      }
      expect(count === 1 || fails(() => crew.runInTurn([...lots, ...lots]))).toBe(true);
      crew.end();
      expect(threads.running()).toBe(0);
    },
  );

  it('fails by a sentence where a part is lost that others stand behind', () => {
    const memory = new SharedArrayBuffer(BOARD_BYTES);
    const words = new Int32Array(memory);
    let asked = 0;
    const never = (): number => {
      asked += 1;
      return 0;
    };
    const helper = new TaskBoard(memory, 0, { never }, 0.5);
    const board = new TaskBoard(memory, 0, { never }, 0, 1);
    board.write([['never']]);
    board.closeGate();
    board.write([['never']]);
    expect(() =>
      // As if another thread had taken the first part, and were gone.
      board.finish(() => Atomics.store(words, 8, 1)),
    ).toThrow('it does not answer any more');
    expect(asked).toBe(0);
    board.close();
    helper.help();
  });

  it('fails by a sentence where a call failed in another thread', () => {
    const memory = new KernelMemory(true);
    const places: BoardOrder[] = [];
    const threads: Threads = {
      count: 2,
      worthMs: 0,
      start: () => ({ send: (order) => void places.push(order as BoardOrder), end: () => {} }),
    };
    const kernels = {
      // What the leader does first: it lets the other one take the other part.
      yield: () => new TaskBoard(memory.wasm.buffer, places[0]?.board ?? 0, kernels).help(),
      fail: () => {
        crew.end();
        throw new Error('out of bounds');
      },
    };
    const crew = crewOf(threads, new WebAssembly.Module(EMPTY), memory, kernels);
    expect(() => crew.run([[['yield']], [['fail']]])).toThrow(
      'A thread that took part in training is gone: its call of fail failed.',
    );
  });

  it('fails by a sentence, and does not hang, where a thread is gone with a part', () => {
    const memory = new SharedArrayBuffer(BOARD_BYTES);
    /** Which parts are taken stands behind eight words. */
    const lose = (): number => Atomics.store(new Int32Array(memory), 8 + 1, 1);
    const board = new TaskBoard(memory, 0, { nothing: () => 0, lose }, 0, 1);
    board.write([['lose']]);
    board.write([['nothing']]);
    expect(() => board.finish()).toThrow('it does not answer any more');
  });
});

it('rows are cut into stretches that begin at even rows, some for each thread', () => {
  expect(stretchesOf(99_999, { size: 1 })).toEqual([{ from: 0, count: 99_999 }]);
  expect(stretchesOf(5, { size: 4 })).toEqual([{ from: 0, count: 5 }]);
  for (const size of [2, 3, 7]) {
    const stretches = stretchesOf(99_999, { size });
    expect(stretches.length).toBeGreaterThanOrEqual(size);
    expect(stretches.every(({ from }) => from % 2 === 0)).toBe(true);
    expect(stretches.reduce((sum, { count }) => sum + count, 0)).toBe(99_999);
  }
});

function fails(act: () => void): boolean {
  try {
    act();
    return false;
  } catch (thrown) {
    return thrown instanceof RangeError;
  }
}

/** A module of nothing. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
