import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainingInput, WeightTensor } from '#core/models/estimator.ts';
import type { Breather } from '#core/pause.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { MlpBackend, MlpNetwork, MlpPredictor, MlpShape } from './mlp-network.ts';
import {
  featureTensor,
  forward,
  layersOf,
  meanLoss,
  targetTensor,
  weightPenalty,
  type Layer,
} from './tensor-layers.ts';

/** Rows that go through the network at once when predicting. */
const PREDICT_ROWS = 8192;

/** Networks on the current tfjs backend. */
export const tensorBackend: MlpBackend = {
  start: (input, shape, first) => Promise.resolve(new TensorNetwork(input, shape, first)),
  predictor: (weights, shape) => Promise.resolve(new TensorPredictor(weights, shape)),
};

class TensorNetwork implements MlpNetwork {
  readonly #layers: readonly Layer[];
  readonly #shape: MlpShape;
  readonly #optimizer: tf.Optimizer;
  readonly #batchSize: number;
  readonly #decay: number;
  readonly #held: Readonly<Record<'x' | 'y' | 'validationX' | 'validationY', tf.Tensor2D>>;

  constructor(
    { train, validation, parameters }: TrainingInput,
    shape: MlpShape,
    first: readonly WeightTensor<Float32Array>[],
  ) {
    this.#shape = shape;
    this.#layers = layersOf(first);
    this.#optimizer = tf.train.adam(numberOf(parameters, 'learning_rate'));
    this.#batchSize = numberOf(parameters, 'batch_size');
    this.#decay = numberOf(parameters, 'weight_decay');
    this.#held = {
      x: featureTensor(train.features),
      y: targetTensor(train),
      validationX: featureTensor(validation.features),
      validationY: targetTensor(validation),
    };
  }

  async trainEpoch(order: Int32Array, breather: Breather): Promise<number> {
    const rows = tf.tensor1d(order, 'int32');
    const x = tf.gather(this.#held.x, rows);
    const y = tf.gather(this.#held.y, rows);
    const losses: tf.Scalar[] = [];
    try {
      for (let from = 0; from < order.length; from += this.#batchSize) {
        await breather.breathe();
        const size = Math.min(this.#batchSize, order.length - from);
        losses.push(this.#step({ x, y, from, size }));
      }
      const sum = tf.tidy(() => tf.addN(losses));
      return (await scalarOf(sum)) / order.length;
    } finally {
      tf.dispose([rows, x, y, ...losses]);
    }
  }

  /** One step of the optimizer; gives the batch's loss, without the penalty, times its rows. */
  #step({ x, y, from, size }: Batch): tf.Scalar {
    const layers = this.#layers;
    const { activation, task } = this.#shape;
    const decay = this.#decay;
    return tf.tidy(() => {
      const batchX = tf.slice(x, [from, 0], [size, -1]);
      const batchY = tf.slice(y, [from, 0], [size, -1]);
      const { value, grads } = tf.variableGrads(() => {
        const loss = meanLoss(forward(layers, activation, batchX), batchY, task);
        return decay === 0 ? loss : tf.add(loss, weightPenalty(layers, decay));
      });
      const penalty = decay === 0 ? 0 : weightPenalty(layers, decay);
      const loss = tf.mul<tf.Scalar>(tf.sub(value, penalty), size);
      this.#optimizer.applyGradients(grads);
      return loss;
    });
  }

  validationLoss(): Promise<number> {
    const { activation, task } = this.#shape;
    const { validationX, validationY } = this.#held;
    return scalarOf(
      tf.tidy(() => meanLoss(forward(this.#layers, activation, validationX), validationY, task)),
    );
  }

  async weights(): Promise<WeightTensor<Float32Array>[]> {
    const tensors = this.#layers.flatMap(({ kernel, bias }, i) => [
      { name: `kernel_${i}`, tensor: kernel },
      { name: `bias_${i}`, tensor: bias },
    ]);
    return Promise.all(
      tensors.map(async ({ name, tensor }) => ({
        name,
        shape: tensor.shape,
        values: Float32Array.from(await tensor.data()),
      })),
    );
  }

  free(): void {
    this.#optimizer.dispose();
    tf.dispose(Object.values(this.#held));
    for (const { kernel, bias } of this.#layers) tf.dispose([kernel, bias]);
  }
}

interface Batch {
  readonly x: tf.Tensor2D;
  readonly y: tf.Tensor2D;
  readonly from: number;
  readonly size: number;
}

/** The value of a scalar, which is then freed. */
async function scalarOf(scalar: tf.Tensor): Promise<number> {
  const [value] = await scalar.data();
  scalar.dispose();
  return value ?? NaN;
}

class TensorPredictor implements MlpPredictor {
  readonly #layers: readonly Layer[];
  readonly #shape: MlpShape;

  constructor(weights: readonly WeightTensor<Float32Array>[], shape: MlpShape) {
    this.#layers = layersOf(weights);
    this.#shape = shape;
  }

  async predict({ values, rows, width }: FeatureMatrix): Promise<Float32Array> {
    const { sizes, activation, task } = this.#shape;
    const outputs = sizes.at(-1) ?? 1;
    const all = new Float32Array(rows * outputs);
    for (let from = 0; from < rows; from += PREDICT_ROWS) {
      const count = Math.min(PREDICT_ROWS, rows - from);
      const part = values.slice(from * width, (from + count) * width);
      const answers = tf.tidy(() => {
        const output = forward(this.#layers, activation, tf.tensor2d(part, [count, width]));
        return task === 'classification' ? tf.softmax(output) : output;
      });
      all.set(await answers.data(), from * outputs);
      answers.dispose();
    }
    return all;
  }

  dispose(): void {
    for (const { kernel, bias } of this.#layers) tf.dispose([kernel, bias]);
  }
}

/** Tensors and bytes that tfjs holds now, for tests that look for leaks. */
export function tensorMemory(): { readonly tensors: number; readonly bytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes };
}
