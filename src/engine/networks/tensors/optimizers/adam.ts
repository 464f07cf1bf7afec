import * as tf from '@tensorflow/tfjs-core';
import { AdamTotals, FIRST_DECAY, SECOND_DECAY } from '#engine/networks/adam-totals.ts';
import type { NetworkTensors } from '#engine/networks/network.ts';
import type { NetworkVariable } from '#engine/networks/tensors/tensor-stack.ts';
import { slopeOf, type OptimizerSite, type TensorOptimizer } from './optimizer.ts';
import { Remembered } from './remembered.ts';

const EPSILON = 1e-7;

/** Adam as the kernels' (core/kernels/assembly/networks/adam.ts), over variables. */
export class Adam implements TensorOptimizer {
  readonly #trained: readonly NetworkVariable[];
  readonly #penalty: number;
  readonly #first: Remembered;
  readonly #second: Remembered;
  readonly #totals = new AdamTotals();

  constructor({ trained, settings }: OptimizerSite, penalty = settings.penalty) {
    this.#trained = trained;
    this.#penalty = penalty;
    this.#first = new Remembered('first', trained);
    this.#second = new Remembered('second', trained);
  }

  step(gradients: tf.NamedTensorMap, rate: number): void {
    this.#totals.advance();
    for (const [i, one] of this.#trained.entries()) {
      const [first, second] = [this.#first.at(i), this.#second.at(i)];
      const slope = slopeOf(one, gradients, this.#penalty);
      first.assign(tf.add(tf.mul(first, FIRST_DECAY), tf.mul(slope, 1 - FIRST_DECAY)));
      const squares = tf.mul(tf.square(slope), 1 - SECOND_DECAY);
      second.assign(tf.add(tf.mul(second, SECOND_DECAY), squares));
      const size = tf.add(tf.sqrt(tf.div(second, this.#totals.second)), EPSILON);
      const move = tf.div(tf.div(first, this.#totals.first), size);
      one.variable.assign(tf.sub(one.variable, tf.mul(move, rate)));
    }
  }

  async state(): Promise<NetworkTensors> {
    return [...(await this.#first.state()), ...(await this.#second.state())];
  }

  restore(state: NetworkTensors, step: number): void {
    this.#first.restore(state);
    this.#second.restore(state);
    this.#totals.restore(step);
  }

  free(): void {
    this.#first.free();
    this.#second.free();
  }
}
