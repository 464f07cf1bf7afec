import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { Address } from '#core/kernels/kernel-memory.ts';
import { tensorOf, type NetworkTensors } from '#engine/networks/network.ts';
import type { Arena } from './arena.ts';

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;

/** What Adam remembers of the trained tensors. */
export class Adam {
  readonly #machine: NetworkMachine;
  readonly #arena: Arena;
  readonly #penalty: number;
  readonly #first: Address;
  readonly #second: Address;
  /** The running means' decays to the power of the steps so far. */
  #powers: readonly [number, number] = [1, 1];

  constructor(machine: NetworkMachine, arena: Arena, penalty: number) {
    this.#machine = machine;
    this.#arena = arena;
    this.#penalty = penalty;
    this.#first = machine.memory.take(4 * arena.trained);
    this.#second = machine.memory.take(4 * arena.trained);
  }

  step(rate: number): void {
    const { penalized, trained } = this.#arena;
    const [first, second] = this.#powers;
    this.#powers = [first * FIRST_DECAY, second * SECOND_DECAY];
    this.#move(0, penalized, rate, this.#penalty);
    this.#move(penalized, trained, rate, 0);
  }

  #move(from: number, to: number, rate: number, penalty: number): void {
    const { at, gradients } = this.#arena;
    const offset = 4 * from;
    this.#machine.kernels.adam(
      at + offset,
      gradients + offset,
      this.#first + offset,
      this.#second + offset,
      to - from,
      rate,
      penalty,
      1 - this.#powers[0],
      1 - this.#powers[1],
    );
  }

  state(): NetworkTensors {
    const { memory } = this.#machine;
    const { trained } = this.#arena;
    const read = (at: Address): Float32Array<ArrayBuffer> => memory.float32(at, trained).slice();
    return [
      { name: 'first moments', shape: [trained], values: read(this.#first) },
      { name: 'second moments', shape: [trained], values: read(this.#second) },
    ];
  }

  /** @param step how many there were */
  restore(state: NetworkTensors, step: number): void {
    const { memory } = this.#machine;
    const { trained } = this.#arena;
    memory.float32(this.#first, trained).set(tensorOf(state, 'first moments', trained));
    memory.float32(this.#second, trained).set(tensorOf(state, 'second moments', trained));
    let [first, second] = [1, 1];
    for (let i = 0; i < step; i += 1)
      [first, second] = [first * FIRST_DECAY, second * SECOND_DECAY];
    this.#powers = [first, second];
  }
}
