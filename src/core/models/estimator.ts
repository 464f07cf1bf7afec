import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { RandomStream } from '#core/random.ts';
import type { ParameterSpec, ParameterValues } from '#core/spec/parameters.ts';
import type { Task } from '#core/spec/spec.ts';

/** What training reads. Targets are class indexes, or values standardized by the training target. */
export interface TrainingData {
  readonly task: Task;
  readonly features: FeatureMatrix;
  /** Class index (classification) or (y − mean) / deviation (regression), one per row. */
  readonly target: Float64Array;
  /** Number of classes; 1 for regression. */
  readonly outputs: number;
}

export interface TrainingInput {
  readonly train: TrainingData;
  /** For early stopping and the curve; never for fitting. Without rows where the estimator does not stop early. */
  readonly validation: TrainingData;
  readonly parameters: ParameterValues;
  readonly random: RandomStream;
  readonly signal: AbortSignal;
}

/** One point of the training curve. Losses are means per row: cross-entropy in nats, or squared error. */
export interface EpochEvent {
  readonly epoch: number;
  /** The most epochs there can be. */
  readonly epochs: number;
  readonly trainLoss: number;
  readonly validationLoss: number | null;
}

/** A trained tensor: what is hashed, emitted and compared. */
export interface WeightTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface TrainedModel {
  readonly weights: readonly WeightTensor[];
  /**
   * The trainer's own predictions, for the parity check against the graph: probabilities
   * [rows, outputs], or standardized values [rows, 1], row-major.
   */
  predict(features: FeatureMatrix): Promise<Float32Array>;
  /** Sentences a person should read, for example that it did not converge. */
  readonly warnings: readonly string[];
  dispose(): void;
}

/** Training yields a point per epoch or iteration and returns the model; stopping the generator frees it. */
export type Training = AsyncGenerator<EpochEvent, TrainedModel>;
export type Trainer = (input: TrainingInput) => Training;

/**
 * An estimator, as one object: its form, its validation, its docs and its spec entry come from here.
 * Adding one is a file that exports such an object and a row in `registry.ts`.
 */
export interface Estimator {
  readonly name: string;
  readonly title: string;
  /** What a proposed candidate of this kind is called, for example `network`. */
  readonly shortName: string;
  readonly summary: string;
  readonly tasks: readonly Task[];
  /** A trivial model that others must beat. */
  readonly baseline: boolean;
  /** Whether the validation rows tell it when to stop; without it they change nothing of the model. */
  readonly stopsEarly: boolean;
  /** Order of simplicity: ties go to the lower one. */
  readonly complexity: number;
  readonly parameters: readonly ParameterSpec[];
  /** Trains without a tensor engine; where absent, the engine's trainer of the same name does. */
  readonly train?: Trainer;
  /**
   * Writes the trained model into the graph.
   * @param features float32 [N, width]
   * @returns probabilities float32 [N, outputs], or standardized values float32 [N, 1]
   */
  emit(graph: GraphBuilder, features: TensorName, model: EmittedModel): TensorName;
}

export interface EmittedModel {
  readonly task: Task;
  readonly outputs: number;
  readonly width: number;
  readonly parameters: ParameterValues;
  readonly weights: readonly WeightTensor[];
}

/** A named weight's tensor; throws where the trainer did not give it. */
export function weightOf(weights: readonly WeightTensor[], name: string): WeightTensor {
  const found = weights.find((weight) => weight.name === name);
  if (found === undefined) throw new RangeError(`the trained model has no tensor named ${name}`);
  return found;
}
