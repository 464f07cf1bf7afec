// A board in a kernels' shared memory, from which threads take parts of work. Plain JavaScript that imports nothing: a
// thread of Node that only calls kernels starts in a tenth of the time that it would take to load TypeScript.

/**
 * A call of a kernel: its name and its arguments.
 *
 * @typedef {readonly [string, ...(number | boolean)[]]} KernelCall
 */

/** Parts that a board has room for, and numbers that describe them. */
const MOST_PARTS = 512;
const ROOM = 16_384;

// The first words of a board.
/** How many parts there are in the lowest bits, and above them a number that no round shares with the one before. */
const TICKET = 0;
/** Parts of this round that are done. */
const DONE = 1;
/** Threads that sleep until there are parts. */
const SLEEPERS = 2;
/** 1 while the leader sleeps until parts are done. */
const LEADER_SLEEPS = 3;
/** 1 + the number of the kernel that failed. */
const FAILED = 4;
/** Gates: how many parts must be done before any behind it is begun; more than there can be where there is none. */
const GATES = 5;
const MOST_GATES = 3;
const WORDS = 8;

const PARTS_BITS = 10;
const PARTS = (1 << PARTS_BITS) - 1;
const STOPPED = -1;
/** No round has it. */
const STOPPED_BIT = 1 << 31;

/** Waiting threads look for so long before they sleep: falling asleep and waking take about as long. */
const LOOKING_MS = 0.1;
/** No part takes a second. */
const PATIENCE_S = 30;

/** Bytes of a board. */
export const BOARD_BYTES = WORDS * 4 + MOST_PARTS * 20 + ROOM * 8;

/** Says of another thread why it does not take part any more. */
export class ThreadGone extends Error {}

/** The board. One thread leads: it writes parts and waits for them. */
export class TaskBoard {
  /** @type {Int32Array} */
  #words;
  /** 1 once a part is taken. @type {Int32Array} */
  #taken;
  /** Where each part begins, and what came of it. */
  #starts;
  #results;
  #numbers;
  /** @type {((...values: number[]) => number | undefined)[]} */
  #kernels;
  /** @type {Map<string, number>} */
  #numberOf;
  #names;
  #patienceS;
  #share;
  /** What was written since the last round. */
  #parts = 0;
  #end = 0;
  /** How many of them stand before each gate. @type {number[]} */
  #gates = [];
  #round = 0;

  /**
   * @param {ArrayBufferLike} memory
   * @param {number} at in bytes, a multiple of 16
   * @param {WebAssembly.Exports} exports of the kernels' module
   * @param {number} [share] where among a round's parts this thread begins to take
   * @param {number} [patienceS] after so many seconds without a part done a thread counts as gone
   */
  constructor(memory, at, exports, share = 0, patienceS = PATIENCE_S) {
    this.#patienceS = patienceS;
    this.#share = share;
    this.#words = new Int32Array(memory, at, WORDS);
    this.#taken = new Int32Array(memory, at + WORDS * 4, MOST_PARTS);
    const rest = at + WORDS * 4 + MOST_PARTS * 4;
    this.#starts = new Float64Array(memory, rest, MOST_PARTS);
    this.#results = new Float64Array(memory, rest + MOST_PARTS * 8, MOST_PARTS);
    this.#numbers = new Float64Array(memory, rest + MOST_PARTS * 16, ROOM);
    const kernels = Object.entries(exports).filter(([, one]) => typeof one === 'function');
    this.#names = kernels.map(([name]) => name);
    this.#kernels = kernels.map(([, one]) => /** @type {() => number} */ (one));
    this.#numberOf = new Map(this.#names.map((name, number) => [name, number]));
  }

  /**
   * Writes a part on the board, before it is offered: calls that one thread makes one after the other.
   *
   * @param {readonly KernelCall[]} calls
   * @returns {boolean} false where there is no room until the parts before it are done
   */
  write(calls) {
    const length = calls.reduce((sum, call) => sum + call.length + 1, 1);
    if (this.#parts === MOST_PARTS || this.#end + length > ROOM) return false;
    const numbers = this.#numbers;
    this.#starts[this.#parts] = this.#end;
    this.#parts += 1;
    numbers[this.#end] = calls.length;
    let at = this.#end + 1;
    for (const call of calls) {
      numbers[at] = this.#numberOf.get(call[0]) ?? NaN;
      numbers[at + 1] = call.length - 1;
      for (let i = 1; i < call.length; i += 1) numbers[at + 1 + i] = Number(call[i]);
      at += call.length + 1;
    }
    this.#end = at;
    return true;
  }

  /** Parts that are written from here on are begun when all before are done. */
  closeGate() {
    if (this.#gates.length === MOST_GATES) throw new RangeError('a round has too many gates');
    this.#gates.push(this.#parts);
  }

  /**
   * Offers what was written to all threads, takes part, and returns when all is done.
   *
   * @param {() => void} [meanwhile] what this thread does before it takes part
   * @returns {Float64Array} what the last call of each part gave, until the next part is written
   * @throws {ThreadGone} when another thread failed or is gone
   */
  finish(meanwhile) {
    const parts = this.#parts;
    Atomics.store(this.#words, DONE, 0);
    for (let gate = 0; gate < MOST_GATES; gate += 1) {
      Atomics.store(this.#words, GATES + gate, this.#gates[gate] ?? PARTS);
    }
    // A thread that is late may take from here on what it believes to be of the round before.
    for (let part = 0; part < parts; part += 1) Atomics.store(this.#taken, part, 0);
    this.#round += 1;
    const ticket = ((this.#round << PARTS_BITS) | parts) & ~STOPPED_BIT;
    Atomics.store(this.#words, TICKET, ticket);
    if (Atomics.load(this.#words, SLEEPERS) > 0) Atomics.notify(this.#words, TICKET);
    meanwhile?.();
    for (let part = this.#take(ticket); part >= 0; part = this.#take(ticket)) {
      const gate = this.#gateBefore(part);
      if (gate > 0) this.#awaitDone(gate);
      this.#execute(part);
      Atomics.add(this.#words, DONE, 1);
    }
    this.#awaitDone(parts);
    this.#parts = 0;
    this.#end = 0;
    this.#gates = [];
    return this.#results.subarray(0, parts);
  }

  /** Takes parts and does them, until the board is closed. Another thread than the leader's calls it. */
  help() {
    for (;;) {
      const ticket = Atomics.load(this.#words, TICKET);
      if (ticket === STOPPED) return;
      for (let part = this.#take(ticket); part >= 0; part = this.#take(ticket)) {
        if (!this.#passesGate(part)) return;
        this.#executeForLeader(part);
      }
      this.#awaitParts(ticket);
    }
  }

  /** Lets every thread go. */
  close() {
    Atomics.store(this.#words, TICKET, STOPPED);
    Atomics.notify(this.#words, TICKET);
  }

  /**
   * Takes a part, and gives its number: −1 where none is left.
   *
   * @param {number} ticket
   */
  #take(ticket) {
    const parts = ticket & PARTS;
    let from = 0;
    for (let gate = 0; gate < MOST_GATES && from < parts; gate += 1) {
      const to = Math.min(parts, Atomics.load(this.#words, GATES + gate));
      const part = this.#takeBetween(from, to);
      if (part >= 0) return part;
      from = to;
    }
    return this.#takeBetween(from, parts);
  }

  /**
   * Each thread begins at its own share of the parts, so that it finds in its cache what it worked on before.
   *
   * @param {number} first
   * @param {number} end
   */
  #takeBetween(first, end) {
    const count = end - first;
    const from = Math.floor(count * this.#share);
    for (let i = 0; i < count; i += 1) {
      const part = first + ((from + i) % count);
      if (Atomics.load(this.#taken, part) !== 0) continue;
      if (Atomics.compareExchange(this.#taken, part, 0, 1) === 0) return part;
    }
    return -1;
  }

  /**
   * How many parts must be done before this one is begun.
   *
   * @param {number} part
   */
  #gateBefore(part) {
    let done = 0;
    for (let gate = 0; gate < MOST_GATES; gate += 1) {
      const before = Atomics.load(this.#words, GATES + gate);
      if (before > part) break;
      done = before;
    }
    return done;
  }

  /**
   * Waits until a part that was taken may be begun; false once the board is closed. The gate is read after the part was
   * taken: a thread that is late may have taken it from a later round.
   *
   * @param {number} part
   */
  #passesGate(part) {
    const gate = this.#gateBefore(part);
    while (!this.#looksFor(() => Atomics.load(this.#words, DONE) >= gate)) {
      if (Atomics.load(this.#words, TICKET) === STOPPED) return false;
    }
    return true;
  }

  /** @param {number} part */
  #executeForLeader(part) {
    try {
      this.#execute(part);
    } catch {
      const number = this.#numbers[(this.#starts[part] ?? 0) + 1] ?? 0;
      Atomics.store(this.#words, FAILED, 1 + number);
    }
    Atomics.add(this.#words, DONE, 1);
    if (Atomics.load(this.#words, LEADER_SLEEPS) === 1) Atomics.notify(this.#words, DONE);
  }

  /** @param {number} part */
  #execute(part) {
    const numbers = this.#numbers;
    let at = (this.#starts[part] ?? 0) + 1;
    let result = 0;
    for (let left = numbers[at - 1] ?? 0; left > 0; left -= 1) {
      const kernel = this.#kernels[numbers[at] ?? 0];
      const end = at + 2 + (numbers[at + 1] ?? 0);
      const values = [];
      for (let i = at + 2; i < end; i += 1) values.push(numbers[i] ?? 0);
      result = Number(kernel?.(...values));
      at = end;
    }
    this.#results[part] = result;
  }

  /** @param {number} ticket the last one seen, of which nothing is left */
  #awaitParts(ticket) {
    if (this.#looksFor(() => Atomics.load(this.#words, TICKET) !== ticket)) return;
    Atomics.add(this.#words, SLEEPERS, 1);
    Atomics.wait(this.#words, TICKET, ticket);
    Atomics.sub(this.#words, SLEEPERS, 1);
  }

  /** @param {number} parts how many are to be done at least */
  #awaitDone(parts) {
    if (!this.#looksFor(() => Atomics.load(this.#words, DONE) >= parts)) {
      Atomics.store(this.#words, LEADER_SLEEPS, 1);
      let patience = this.#patienceS;
      for (;;) {
        const done = Atomics.load(this.#words, DONE);
        if (done >= parts) break;
        if (Atomics.wait(this.#words, DONE, done, 1000) === 'timed-out') patience -= 1;
        if (patience === 0) throw new ThreadGone('it does not answer any more');
      }
      Atomics.store(this.#words, LEADER_SLEEPS, 0);
    }
    const failed = Atomics.load(this.#words, FAILED);
    if (failed > 0)
      throw new ThreadGone(`its call of ${this.#names[failed - 1] ?? 'a kernel'} failed`);
  }

  /** @param {() => boolean} isThere */
  #looksFor(isThere) {
    const end = performance.now() + LOOKING_MS;
    do {
      for (let i = 0; i < 50; i += 1) if (isThere()) return true;
    } while (performance.now() < end);
    return false;
  }
}
