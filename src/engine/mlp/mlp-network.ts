import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainingInput, WeightTensor } from '#core/models/estimator.ts';
import type { Breather } from '#core/pause.ts';
import type { RandomStream } from '#core/random.ts';
import { choiceOf, integersOf } from '#core/spec/parameters.ts';

export type Activation = 'relu' | 'tanh';

/** What a fully connected network is made of. */
export interface MlpShape {
  /** Numbers in each layer: the features, the hidden units, the outputs. */
  readonly sizes: readonly number[];
  readonly activation: Activation;
  readonly task: TrainingInput['train']['task'];
}

/** A network in training, whatever computes it; the loop over epochs is one for all. */
export interface MlpNetwork {
  /**
   * One pass over the training rows in an order.
   * @returns the mean loss of a row: cross-entropy in nats or squared error, without the penalty on weights
   */
  trainEpoch(order: Int32Array, breather: Breather): Promise<number>;
  /** Mean loss of a validation row. */
  validationLoss(): Promise<number>;
  weights(): Promise<readonly WeightTensor<Float32Array>[]>;
  /** Frees what training took. */
  free(): void;
}

/** A network that predicts. */
export interface MlpPredictor {
  /** Probabilities or values [rows, outputs], row after row. */
  predict(features: FeatureMatrix): Promise<Float32Array>;
  dispose(): void;
}

/** What trains and runs networks. */
export interface MlpBackend {
  start(
    input: TrainingInput,
    shape: MlpShape,
    first: readonly WeightTensor<Float32Array>[],
  ): Promise<MlpNetwork>;
  predictor(weights: readonly WeightTensor<Float32Array>[], shape: MlpShape): Promise<MlpPredictor>;
}

export function shapeOf({ train, parameters }: TrainingInput): MlpShape {
  return {
    sizes: [train.features.width, ...integersOf(parameters, 'hidden_units'), train.outputs],
    activation: choiceOf(parameters, 'activation') === 'tanh' ? 'tanh' : 'relu',
    task: train.task,
  };
}

/**
 * First weights: kernels and biases uniform in ±√(6 ÷ (inputs + outputs)) (Glorot and Bengio, 2010), as in
 * scikit-learn. The numbers come from the run's own stream, so every backend starts from the same bits.
 */
export function firstWeights(
  { sizes }: MlpShape,
  random: RandomStream,
): WeightTensor<Float32Array>[] {
  return sizes.slice(1).flatMap((outputs, i) => {
    const inputs = sizes[i] ?? 0;
    const limit = Math.sqrt(6 / (inputs + outputs));
    const uniform = (length: number): Float32Array =>
      Float32Array.from({ length }, () => limit * (2 * random.uniform() - 1));
    return [
      { name: `kernel_${i}`, shape: [inputs, outputs], values: uniform(inputs * outputs) },
      { name: `bias_${i}`, shape: [outputs], values: uniform(outputs) },
    ];
  });
}
