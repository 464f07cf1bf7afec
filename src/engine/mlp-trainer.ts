import * as tf from '@tensorflow/tfjs-core';
import { runError } from '#core/errors.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type {
  TrainedModel,
  Training,
  TrainingInput,
  WeightTensor,
} from '#core/models/estimator.ts';
import { Breather } from '#core/pause.ts';
import { choiceOf, integersOf, numberOf } from '#core/spec/parameters.ts';
import {
  createLayers,
  featureTensor,
  forward,
  meanLoss,
  targetTensor,
  variableOf,
  weightPenalty,
  type Activation,
  type Layer,
} from './mlp-network.ts';

/** Rows that go through the network at once when predicting. */
const PREDICT_ROWS = 8192;

/**
 * Trains the estimator `mlp` on the current tfjs backend: Adam over shuffled batches, early stopping on
 * the validation loss, the best epoch's weights kept. All randomness comes from the run's stream, so a
 * seed gives the same bits on the same backend.
 */
export async function* trainMlp(input: TrainingInput): Training {
  const { train, validation, parameters, random, signal } = input;
  const activation: Activation = choiceOf(parameters, 'activation') === 'tanh' ? 'tanh' : 'relu';
  const sizes = [train.features.width, ...integersOf(parameters, 'hidden_units'), train.outputs];
  const layers = createLayers(sizes, random.fork('weights'));
  const optimizer = tf.train.adam(numberOf(parameters, 'learning_rate'));
  const held = {
    x: featureTensor(train.features),
    y: targetTensor(train),
    validationX: featureTensor(validation.features),
    validationY: targetTensor(validation),
  };
  const epochs = numberOf(parameters, 'epochs');
  const patience = numberOf(parameters, 'patience');
  const shuffling = random.fork('batches');
  const breather = new Breather(signal);
  let best = { loss: Infinity, epoch: 0, weights: [] as readonly WeightTensor<Float32Array>[] };
  try {
    for (let epoch = 1; epoch <= epochs; epoch += 1) {
      const order = shuffling.shuffle(
        Int32Array.from({ length: train.features.rows }, (_, i) => i),
      );
      const trainLoss = await trainEpoch(
        layers,
        activation,
        optimizer,
        held,
        order,
        input,
        breather,
      );
      const validationLoss = await scalarOf(
        tf.tidy(() =>
          meanLoss(forward(layers, activation, held.validationX), held.validationY, train.task),
        ),
      );
      refuseDivergence(epoch, trainLoss, validationLoss);
      if (validationLoss < best.loss) {
        best = { loss: validationLoss, epoch, weights: await readWeights(layers) };
      }
      yield { epoch, epochs, trainLoss, validationLoss };
      if (epoch - best.epoch >= patience) break;
    }
  } finally {
    optimizer.dispose();
    tf.dispose([held.x, held.y, held.validationX, held.validationY]);
    for (const { kernel, bias } of layers) tf.dispose([kernel, bias]);
  }
  return trainedModel(best.weights, activation, train.task);
}

function refuseDivergence(epoch: number, trainLoss: number, validationLoss: number): void {
  if (Number.isFinite(trainLoss) && Number.isFinite(validationLoss)) return;
  const which = Number.isFinite(trainLoss) ? 'validation' : 'training';
  throw runError(
    'diverged',
    `The network's ${which} loss is no longer a number after epoch ${epoch}.`,
    which === 'training'
      ? 'Lower learning_rate, scale the columns, or look for values far outside the rest.'
      : 'Look for values far outside the rest in the columns; columns.NAME.missing lists texts that mean missing.',
    { epoch },
  );
}

/** One pass over the shuffled rows; gives the mean training loss. */
async function trainEpoch(
  layers: readonly Layer[],
  activation: Activation,
  optimizer: tf.Optimizer,
  held: { readonly x: tf.Tensor2D; readonly y: tf.Tensor2D },
  order: Int32Array,
  { train, parameters }: TrainingInput,
  breather: Breather,
): Promise<number> {
  const batchSize = numberOf(parameters, 'batch_size');
  const decay = numberOf(parameters, 'weight_decay');
  const rows = tf.tensor1d(order, 'int32');
  const x = tf.gather(held.x, rows);
  const y = tf.gather(held.y, rows);
  const losses: tf.Scalar[] = [];
  try {
    for (let from = 0; from < order.length; from += batchSize) {
      await breather.breathe();
      const batch = { x, y, from, size: Math.min(batchSize, order.length - from) };
      losses.push(trainStep(layers, activation, optimizer, batch, train.task, decay));
    }
    const sum = tf.tidy(() => tf.addN(losses));
    return (await scalarOf(sum)) / order.length;
  } finally {
    tf.dispose([rows, x, y, ...losses]);
  }
}

interface Batch {
  readonly x: tf.Tensor2D;
  readonly y: tf.Tensor2D;
  readonly from: number;
  readonly size: number;
}

/** One step of the optimizer; gives the batch's loss, without the penalty, times its rows. */
function trainStep(
  layers: readonly Layer[],
  activation: Activation,
  optimizer: tf.Optimizer,
  { x, y, from, size }: Batch,
  task: TrainingInput['train']['task'],
  decay: number,
): tf.Scalar {
  return tf.tidy(() => {
    const batchX = tf.slice(x, [from, 0], [size, -1]);
    const batchY = tf.slice(y, [from, 0], [size, -1]);
    const { value, grads } = tf.variableGrads(() => {
      const loss = meanLoss(forward(layers, activation, batchX), batchY, task);
      return decay === 0 ? loss : tf.add(loss, weightPenalty(layers, decay));
    });
    const penalty = decay === 0 ? 0 : weightPenalty(layers, decay);
    const loss = tf.mul<tf.Scalar>(tf.sub(value, penalty), size);
    optimizer.applyGradients(grads);
    return loss;
  });
}

/** The value of a scalar, which is then freed. */
async function scalarOf(scalar: tf.Tensor): Promise<number> {
  const [value] = await scalar.data();
  scalar.dispose();
  return value ?? NaN;
}

async function readWeights(layers: readonly Layer[]): Promise<WeightTensor<Float32Array>[]> {
  const tensors = layers.flatMap(({ kernel, bias }, i) => [
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

function trainedModel(
  weights: readonly WeightTensor<Float32Array>[],
  activation: Activation,
  task: TrainingInput['train']['task'],
): TrainedModel {
  const layers: Layer[] = [];
  for (let i = 0; i < weights.length; i += 2) {
    const [kernel, bias] = [weights[i], weights[i + 1]];
    if (kernel === undefined || bias === undefined) continue;
    layers.push({
      kernel: variableOf(
        tf.tensor2d(kernel.values.slice(), [kernel.shape[0] ?? 0, kernel.shape[1] ?? 0]),
      ),
      bias: variableOf(tf.tensor1d(bias.values.slice())),
    });
  }
  return {
    weights,
    warnings: [],
    async predict(features: FeatureMatrix): Promise<Float32Array> {
      const parts: Float32Array[] = [];
      for (let from = 0; from < features.rows; from += PREDICT_ROWS) {
        const rows = Math.min(PREDICT_ROWS, features.rows - from);
        const values = features.values.slice(from * features.width, (from + rows) * features.width);
        const answers = tf.tidy(() => {
          const output = forward(layers, activation, tf.tensor2d(values, [rows, features.width]));
          return task === 'classification' ? tf.softmax(output) : output;
        });
        parts.push(Float32Array.from(await answers.data()));
        answers.dispose();
      }
      const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        joined.set(part, at);
        at += part.length;
      }
      return joined;
    },
    dispose() {
      for (const { kernel, bias } of layers) tf.dispose([kernel, bias]);
    },
  };
}

/** Tensors and bytes that tfjs holds now, for tests that look for leaks. */
export function tensorMemory(): { readonly tensors: number; readonly bytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes };
}
