import * as tf from '@tensorflow/tfjs-core';
import { tensorOf, type NetworkTensors } from '#engine/networks/network.ts';
import type { NetworkVariable } from './tensor-stack.ts';

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-7;

interface Moments {
  readonly name: string;
  readonly variable: tf.Variable;
  readonly first: tf.Variable;
  readonly second: tf.Variable;
}

/** Adam as the kernels' (core/kernels/assembly/networks/adam.ts), over variables. */
export class TensorAdam {
  readonly #moments: readonly Moments[];
  #powers: readonly [number, number] = [1, 1];

  constructor(trained: readonly NetworkVariable[]) {
    this.#moments = trained.map(({ plan: { name }, variable }) => ({
      name,
      variable,
      first: zerosLike(variable),
      second: zerosLike(variable),
    }));
  }

  /** @param gradients by the variables' names in tfjs. Call inside a tidy. */
  step(gradients: tf.NamedTensorMap, rate: number): void {
    const [firstPower, secondPower] = this.#powers;
    this.#powers = [firstPower * FIRST_DECAY, secondPower * SECOND_DECAY];
    const [firstTotal, secondTotal] = this.#powers.map((power) => 1 - power) as [number, number];
    for (const { variable, first, second } of this.#moments) {
      const gradient = gradients[variable.name];
      if (gradient === undefined) throw new RangeError(`there is no gradient of ${variable.name}`);
      first.assign(tf.add(tf.mul(first, FIRST_DECAY), tf.mul(gradient, 1 - FIRST_DECAY)));
      const squares = tf.mul(tf.square(gradient), 1 - SECOND_DECAY);
      second.assign(tf.add(tf.mul(second, SECOND_DECAY), squares));
      const size = tf.add(tf.sqrt(tf.div(second, secondTotal)), EPSILON);
      const move = tf.div(tf.div(first, firstTotal), size);
      variable.assign(tf.sub(variable, tf.mul(move, rate)));
    }
  }

  async state(): Promise<NetworkTensors> {
    const all = this.#moments.flatMap(({ name, first, second }) => [
      { name: `first ${name}`, variable: first },
      { name: `second ${name}`, variable: second },
    ]);
    return Promise.all(
      all.map(async ({ name, variable }) => ({
        name,
        shape: variable.shape,
        values: Float32Array.from(await variable.data()),
      })),
    );
  }

  /** @param step how many there were */
  restore(state: NetworkTensors, step: number): void {
    for (const { name, first, second } of this.#moments) {
      assign(first, tensorOf(state, `first ${name}`, first.size));
      assign(second, tensorOf(state, `second ${name}`, second.size));
    }
    let [first, second] = [1, 1];
    for (let i = 0; i < step; i += 1)
      [first, second] = [first * FIRST_DECAY, second * SECOND_DECAY];
    this.#powers = [first, second];
  }

  free(): void {
    tf.dispose(this.#moments.flatMap(({ first, second }) => [first, second]));
  }
}

function zerosLike(variable: tf.Variable): tf.Variable {
  const zeros = tf.zerosLike(variable);
  const made = tf.variable(zeros, false);
  zeros.dispose();
  return made;
}

function assign(variable: tf.Variable, values: Float32Array): void {
  const tensor = tf.tensor(values.slice(), variable.shape);
  variable.assign(tensor);
  tensor.dispose();
}
