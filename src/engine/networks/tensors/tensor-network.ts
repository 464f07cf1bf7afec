import * as tf from '@tensorflow/tfjs-core';
import type { AugmentedBatch } from '#core/networks/augmentation/augmenter.ts';
import type { TrainingMemory } from '#core/models/training-pulse.ts';
import { pastMemory } from '#core/networks/memory-need.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { TrainingSettings } from '#core/networks/training.ts';
import type { Breather } from '#core/breather.ts';
import {
  rowsOfBatch,
  type Batches,
  type Network,
  type NetworkBackend,
  type NetworkStart,
  type NetworkTensors,
  type Validation,
} from '#engine/networks/network.ts';
import type { TensorOptimizer } from './optimizers/optimizer.ts';
import { tensorOptimizer } from './optimizers/registry.ts';
import { clipped } from './clipped.ts';
import { variableGrads } from './variable-grads.ts';
import { TensorDevice } from './tensor-device.ts';
import {
  featureTensor,
  meanLoss,
  meanPlaceLoss,
  smoothed,
  targetTensor,
  weightTensor,
} from './tensor-loss.ts';
import { readOnce } from './read-once.ts';
import { TensorPredictor, TEXT_ROWS } from './tensor-predictor.ts';
import { TensorStack } from './tensor-stack.ts';

/** Networks on the current tfjs backend. */
export const tensorBackend: NetworkBackend = {
  start(start) {
    const device = TensorDevice.current();
    device?.begin(start.settings.maxMemoryBytes);
    const network = new TensorNetwork(start);
    return Promise.resolve(device === null ? network : device.watched(network));
  },

  predictor(weights, plan) {
    const predictor = new TensorPredictor(weights, plan);
    return Promise.resolve(TensorDevice.current()?.watchedPredictor(predictor) ?? predictor);
  },
};

/** What a step trains on. */
interface Batch {
  readonly x: tf.Tensor2D;
  readonly y: tf.Tensor2D;
  readonly weights?: tf.Tensor1D;
}

class TensorNetwork implements Network {
  readonly #stack: TensorStack;
  readonly #optimizer: TensorOptimizer;
  readonly #settings: TrainingSettings;
  readonly #plan: NetworkPlan;
  readonly #weights: tf.Tensor1D | undefined;
  readonly deviceMs = null;
  #peakBytes = 0;
  readonly #held: Readonly<Record<'x' | 'y' | 'validationX' | 'validationY', tf.Tensor2D>>;

  constructor({ plan, settings, first, train, validation, seed }: NetworkStart) {
    this.#stack = new TensorStack(plan, first, seed);
    this.#optimizer = tensorOptimizer({ trained: this.#stack.trained, settings });
    this.#settings = settings;
    this.#plan = plan;
    this.#weights = weightTensor(train);
    this.#held = {
      x: featureTensor(train.features),
      y: targetTensor(train, plan),
      validationX: featureTensor(validation.features),
      validationY: targetTensor(validation, plan),
    };
  }

  async trainBatches(batches: Batches, breather: Breather): Promise<Float64Array> {
    const means: tf.Scalar[] = [];
    const sizes: number[] = [];
    try {
      for (const [i, rate] of batches.rates.entries()) {
        await breather.breathe();
        const [from, to] = rowsOfBatch(batches, i);
        const rows = batches.order.subarray(from, to);
        const batch = (): Batch => this.#batch(rows, batches.augmented?.(i));
        means.push(this.#step(batch, batches.step + i, rate));
        sizes.push(to - from);
      }
      const losses = await readOnce(tf.stack(means));
      return Float64Array.from(sizes, (size, i) => size * (losses[i] ?? NaN));
    } finally {
      tf.dispose(means);
    }
  }

  /** One step of the optimizer; gives the batch's mean loss, without penalty and smoothing. */
  #step(batch: () => Batch, step: number, rate: number): tf.Scalar {
    const { clipNorm, labelSmoothing } = this.#settings;
    return tf.tidy(() => {
      const { x, y, weights } = batch();
      const aim = labelSmoothing === 0 ? y : smoothed(y, labelSmoothing);
      const shown: tf.Scalar[] = [];
      const { value, grads } = variableGrads(
        () => {
          const output = this.#stack.forward(x, { step });
          this.#lookAtMemory();
          // Kept: what is made in here goes with the way back.
          if (aim !== y) shown.push(tf.keep(this.#meanLoss(output, y, weights)));
          return this.#meanLoss(output, aim, weights);
        },
        this.#stack.trained.map(({ variable }) => variable),
        shown,
      );
      this.#optimizer.step(clipped(grads, clipNorm), rate);
      return shown[0] ?? value;
    });
  }

  /** Looks at all that stands there with a pass behind it; the way back takes little more. */
  #lookAtMemory(): void {
    const { maxMemoryBytes } = this.#settings;
    const { numBytes } = tf.memory();
    this.#peakBytes = Math.max(this.#peakBytes, numBytes);
    if (numBytes > maxMemoryBytes) throw pastMemory(numBytes, maxMemoryBytes);
  }

  /** The rows of a batch, as they are or changed by chance. Call inside a tidy. */
  #batch(order: Int32Array, augmented: AugmentedBatch | undefined): Batch {
    const held = this.#held;
    const rows = tf.tensor1d(order, 'int32');
    const given = (own: Float32Array | undefined, of: tf.Tensor2D): tf.Tensor2D =>
      own === undefined ? tf.gather(of, rows) : tf.tensor2d(own, [order.length, of.shape[1]]);
    const x = given(augmented?.features, held.x);
    const y = given(augmented?.targets, held.y);
    if (this.#weights === undefined) return { x, y };
    const mixed = augmented?.weights;
    return {
      ...{ x, y },
      weights: mixed === undefined ? tf.gather(this.#weights, rows) : tf.tensor1d(mixed),
    };
  }

  #meanLoss(output: tf.Tensor, target: tf.Tensor2D, weights?: tf.Tensor1D): tf.Scalar {
    const { task, continues } = this.#plan;
    return continues === true
      ? meanPlaceLoss(output as tf.Tensor3D, target)
      : meanLoss(output as tf.Tensor2D, target, task, weights);
  }

  async validate(): Promise<Validation> {
    if (this.#plan.continues === true) return { loss: await this.#textLoss(), hits: null };
    const { validationX, validationY } = this.#held;
    const measured = tf.tidy(() => {
      const output = this.#stack.forward(validationX, { step: null });
      this.#lookAtMemory();
      const loss = this.#meanLoss(output, validationY);
      if (this.#plan.task !== 'classification') return tf.stack([loss]);
      const found = tf.equal(tf.argMax(output, 1), tf.argMax(validationY, 1));
      // Together, for one reading.
      return tf.stack([loss, tf.sum(tf.cast(found, 'float32'))]);
    });
    const { 0: loss = NaN, 1: hits = null } = await readOnce(measured);
    return { loss, hits };
  }

  /** What texts leave on their way takes much room: few go at once. */
  async #textLoss(): Promise<number> {
    const { validationX, validationY } = this.#held;
    const [rows] = validationX.shape;
    let sum = 0;
    for (let from = 0; from < rows; from += TEXT_ROWS) {
      const count = Math.min(TEXT_ROWS, rows - from);
      const mean = tf.tidy(() => {
        const part = (all: tf.Tensor2D) => tf.slice2d(all, [from, 0], [count, -1]);
        const output = this.#stack.forward(part(validationX), { step: null });
        this.#lookAtMemory();
        return this.#meanLoss(output, part(validationY));
      });
      sum += count * ((await readOnce(mean))[0] ?? NaN);
    }
    return sum / rows;
  }

  get memory(): TrainingMemory {
    return { of: 'tensors', bytes: tf.memory().numBytes, peakBytes: this.#peakBytes };
  }

  weights(): Promise<NetworkTensors> {
    return this.#stack.read();
  }

  async state(): Promise<NetworkTensors> {
    return [...(await this.#stack.read()), ...(await this.#optimizer.state())];
  }

  restore(state: NetworkTensors, step: number): void {
    this.#stack.load(state);
    this.#optimizer.restore(state, step);
  }

  free(): void {
    this.#optimizer.free();
    this.#stack.free();
    tf.dispose([...Object.values(this.#held), ...(this.#weights ? [this.#weights] : [])]);
  }
}

/** Tensors and bytes that tfjs holds now, for tests that look for leaks. */
export function tensorMemory(): { readonly tensors: number; readonly bytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes };
}
