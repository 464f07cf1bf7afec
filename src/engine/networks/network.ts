import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { WeightTensor } from '#core/models/weight-tensor.ts';
import type { AugmentedBatch } from '#core/networks/augmentation/augmenter.ts';
import type { TrainingMemory } from '#core/models/training-pulse.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { TrainingSettings } from '#core/networks/training.ts';
import type { Threads } from '#core/parallel/threads.ts';
import type { Breather } from '#core/breather.ts';

/** What a network in training starts from. */
export interface NetworkStart {
  readonly plan: NetworkPlan;
  readonly settings: TrainingSettings;
  readonly first: NetworkTensors;
  readonly train: TrainingData;
  readonly validation: TrainingData;
  /** What layers draw their random numbers from, together with the step: a 32-bit integer. */
  readonly seed: number;
  /** Others that may take part where a backend has use for them. */
  readonly threads?: Threads;
}

export type NetworkTensors = readonly WeightTensor<Float32Array>[];

/** Some batches of an epoch, one after the other. */
export interface Batches {
  /** All training rows, in the epoch's order. */
  readonly order: Int32Array;
  /** Rows of each batch; the epoch's last one may have fewer. */
  readonly rows: number;
  /** The first of these batches among the epoch's. */
  readonly from: number;
  /** Steps of the optimizer before these. */
  readonly step: number;
  /** The learning rate for each batch: there are as many batches. */
  readonly rates: Float64Array;
  /** Where training rows are changed by chance: what a batch trains on in the place of its rows. */
  readonly augmented?: (index: number) => AugmentedBatch;
}

/** How a network does on the validation rows. */
export interface Validation {
  /** Mean loss of a row. */
  readonly loss: number;
  /** How many rows' class it gives the largest number, the first of several; null where there are no classes. */
  readonly hits: number | null;
}

/** A network in training, whatever computes it; the loop over epochs is one for all. */
export interface Network {
  /**
   * One step of the optimizer for each batch.
   * @returns for each batch the sum of its rows' losses before its step: cross-entropy in nats or squared error, without
   * the penalty on weights. How the batches of an epoch are shared out over calls changes nothing.
   */
  trainBatches(batches: Batches, breather: Breather): Promise<Float64Array>;
  validate(): Promise<Validation>;
  readonly memory: TrainingMemory;
  /** Milliseconds that the GPU worked so far, by its own clock; null where that cannot be told. */
  readonly deviceMs: number | null;
  /** Under the names of `placeLayers`. */
  weights(): Promise<NetworkTensors>;
  /** All that `restore` needs to go on with the same bits: weights, and what the optimizer remembers. */
  state(): Promise<NetworkTensors>;
  /** @param step how many steps of the optimizer there were */
  restore(state: NetworkTensors, step: number): void;
  /** Frees what training took. */
  free(): void;
}

/** A network that predicts. */
export interface Predictor {
  /** Probabilities or values [rows, outputs], row after row; of texts what `answersOf` says. */
  predict(features: FeatureMatrix): Promise<Float32Array>;
  dispose(): void;
}

/** What trains and runs networks. */
export interface NetworkBackend {
  start(start: NetworkStart): Promise<Network>;
  predictor(weights: NetworkTensors, plan: NetworkPlan): Promise<Predictor>;
}

/** The rows of a batch among an epoch's. */
export function rowsOfBatch({ order, rows, from }: Batches, index: number): [number, number] {
  const start = (from + index) * rows;
  return [start, Math.min(order.length, start + rows)];
}

/** A tensor of a state. @throws RangeError where it is not there with this length */
export function tensorOf(state: NetworkTensors, name: string, length: number): Float32Array {
  const found = state.find((one) => one.name === name)?.values;
  if (found?.length !== length) throw new RangeError(`the checkpoint has no ${length} of ${name}`);
  return found;
}
