import {
  networkCall,
  type AllKernels,
  type NetworkCall,
  type NetworkMachine,
} from '#core/kernels/network-kernels.ts';

/** Numbers that a round may take on a crew's board, of those that there is room for. */
const ROUND_NUMBERS = 12_000;

/**
 * What a team does for one of several things: calls of the kernels that it is handed, and nothing else.
 * @param lane its calls may work in this lane's room, which no other lane's use at the same time
 */
export type Each = (kernels: AllKernels, index: number, lane: number) => void;

/** The threads that do what a layer does thing by thing, as image by image. */
export class Team {
  /** Things that are worked on at the same time, at most. */
  readonly lanes: number;
  readonly #machine: Pick<NetworkMachine, 'kernels' | 'crew'>;
  readonly #recorder: Recorder;
  readonly #roundMs: number;

  /** @param roundMs what one thread does in less time is left to it */
  constructor(machine: Pick<NetworkMachine, 'kernels' | 'crew'>, roundMs: number) {
    this.lanes = machine.crew.size;
    this.#machine = machine;
    this.#recorder = new Recorder(this.lanes === 1 ? [] : Object.keys(machine.kernels));
    this.#roundMs = roundMs;
  }

  /**
   * Does something for the things from one to another, each lane's one after the other. No thing's calls may read or write
   * what another one's write; then no bit depends on who does them.
   *
   * @param ns about how long one takes
   */
  forEach(from: number, to: number, ns: number, each: Each): void {
    const count = this.#atOnce(from, to, ns, each);
    if (count === 0) {
      for (let index = from; index < to; index += 1) each(this.#machine.kernels, index, 0);
      return;
    }
    for (let first = from; first < to; first += count) {
      this.#machine.crew.run(this.#parts(first, Math.min(count, to - first), each));
    }
  }

  /** How many things a round of the crew has room for; 0 where this thread had better do all alone. */
  #atOnce(from: number, to: number, ns: number, each: Each): number {
    const count = to - from;
    if (this.lanes === 1 || count < 2 || (count * ns) / 1e6 < this.#roundMs) return 0;
    const calls = this.#recorder.record((kernels) => each(kernels, from, 0));
    const numbers = calls.reduce((sum, call) => sum + call.length + 1, 1);
    return Math.floor(ROUND_NUMBERS / numbers);
  }

  #parts(from: number, count: number, each: Each): NetworkCall[][] {
    const lanes = Math.min(this.lanes, count);
    const start = (lane: number): number => from + Math.floor((lane * count) / lanes);
    return Array.from({ length: lanes }, (_, lane) =>
      this.#recorder.record((kernels) => {
        for (let one = start(lane); one < start(lane + 1); one += 1) each(kernels, one, lane);
      }),
    );
  }
}

/** Kernels that only write down how they are called. */
class Recorder {
  readonly #kernels: AllKernels;
  #calls: NetworkCall[] = [];

  constructor(names: readonly string[]) {
    const entries = names.map((name) => [
      name,
      (...values: number[]) => void this.#calls.push(networkCall(name, values)),
    ]);
    this.#kernels = Object.fromEntries(entries) as AllKernels;
  }

  /** The calls that a piece of work makes. */
  record(work: (kernels: AllKernels) => void): NetworkCall[] {
    const calls: NetworkCall[] = [];
    this.#calls = calls;
    work(this.#kernels);
    return calls;
  }
}
