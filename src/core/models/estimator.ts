import type { Checkpoints } from '#core/checkpoints/checkpoint.ts';
import type {
  FeatureMatrix,
  ImageShape,
  SequenceShape,
  TokenShape,
} from '#core/features/matrix.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { FeaturePart } from '#core/onnx/feature-parts.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { Threads } from '#core/parallel/threads.ts';
import type { RandomStream } from '#core/random.ts';
import type { Forecast } from '#core/spec/forecast.ts';
import type { ParameterSpec, ParameterValues } from '#core/spec/parameters.ts';
import type { Task } from '#core/spec/spec.ts';
import type { LookAtLayers } from './layer-look.ts';
import type { TrainingCost, TrainingPulse } from './training-pulse.ts';
import type { WeightTensor } from './weight-tensor.ts';

/** What training reads. Targets are class indexes, values standardized by the training target, or grades as they are. */
export interface TrainingData {
  readonly task: Task;
  readonly features: FeatureMatrix;
  /**
   * Class index (classification), (y − mean) / deviation (regression) or grade of relevance (ranking), one per row; zeros
   * without a target.
   */
  readonly target: Float64Array;
  /** Of a regression: how the target was standardized; not at all where absent. */
  readonly targetScale?: TargetScale;
  /** Number of classes; 1 for every other task. */
  readonly outputs: number;
  /** Of a ranking: the query of each row, counted from 0; rows of one are ranked against one another. */
  readonly queries?: Int32Array;
  /** What each row counts, at least 0; for networks with a mean of 1. Every row counts 1 where absent. */
  readonly weights?: Float64Array;
}

/** value = standardized · standardDeviation + mean */
export interface TargetScale {
  readonly mean: number;
  readonly standardDeviation: number;
}

export interface TrainingInput {
  readonly train: TrainingData;
  /** For early stopping and the curve; never for fitting. Without rows where the estimator does not stop early. */
  readonly validation: TrainingData;
  readonly parameters: ParameterValues;
  readonly random: RandomStream;
  readonly signal: AbortSignal;
  /** Others that may take part; this thread alone trains where absent. How many there are changes no bit. */
  readonly threads?: Threads;
  /** Where a training that takes long leaves what it needs to go on; it starts anew where absent. */
  readonly checkpoints?: Checkpoints;
  /** Resolves when training may go on: at once, unless a person paused it. */
  readonly mayGoOn?: () => Promise<void>;
  /** Hears some times a second how it goes, from trainers that tell. */
  readonly onPulse?: (pulse: TrainingPulse) => void;
  /** Somebody's wish to see the layers, which a network answers after its present turn. */
  readonly look?: LookAtLayers;
}

/**
 * What a model without a target answers, row-major: distances to its k centres [rows, k], probabilities of its k groups
 * [rows, k], a threshold and a score [rows, 2], where a score above the threshold is an anomaly's, k components and
 * the distance from the row that they stand for [rows, k + 1], or of a text the probability of each character to come
 * next and the mean nats of its own characters [rows, characters + 1].
 */
export type AnswerKind = 'distances' | 'probabilities' | 'score' | 'components' | 'text';

/**
 * What a linear score of the features is: the answer itself, its logarithm, or of each class what the logarithm of its odds
 * against another differs by.
 */
export type LinearScore = 'answer' | 'logarithm' | 'log_odds';

/** The directions along which a model of components sees rows. */
export interface ProjectionAxes {
  /** Unit vectors [width], one for each component that is kept. */
  readonly axes: readonly Float64Array[];
  /** Variance of the training rows along each axis that there is, kept ones first. */
  readonly variances: readonly number[];
  /** Sum of the variances of all features. */
  readonly total: number;
}

/** One point of the training curve. Losses are means per row: cross-entropy in nats, squared error, or the model's own. */
export interface EpochEvent {
  readonly epoch: number;
  /** The most epochs there can be. */
  readonly epochs: number;
  readonly trainLoss: number;
  readonly validationLoss: number | null;
  /**
   * Of trainers that tell it: the share of validation rows whose class is found (classification), R² on them
   * (regression), perplexity (language), or the mean squared error with which they come back (anomaly detection); null
   * where it is not defined.
   */
  readonly validationScore?: number | null;
  /** Of trainers that have one: the last step's. */
  readonly learningRate?: number;
}

export interface TrainedModel {
  readonly weights: readonly WeightTensor[];
  /**
   * The trainer's own predictions, for the parity check against the graph: probabilities
   * [rows, outputs], standardized values or scores [rows, 1], row-major; without a target as `answers` says.
   */
  predict(features: FeatureMatrix): Promise<Float32Array>;
  /** Sentences a person should read, for example that it did not converge. */
  readonly warnings: readonly string[];
  /** The step of the optimizer after which its time was up; absent where it stopped by itself. */
  readonly stoppedAtStep?: number;
  /** Absent where the trainer does not measure it. */
  readonly cost?: TrainingCost;
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
  /** What its numbers are, where its tasks have no target. */
  readonly answers?: AnswerKind;
  /** A trivial model that others must beat. */
  readonly baseline?: boolean;
  /** Whether the validation rows tell it when to stop; without it they change nothing of the model. */
  readonly stopsEarly?: boolean;
  /** Whether a proposed spec has a candidate of this kind. */
  readonly proposed?: boolean;
  /** Whether features may be missing (NaN); for any other estimator a step has to fill them. */
  readonly acceptsMissing?: boolean;
  /** Whether it takes codes of categories (`FeatureMatrix.categories`) as they are, missing ones too. */
  readonly embedsCodes?: true;
  /** Whether it reads images alone: features that are the pixels of one image (`FeatureMatrix.image`). */
  readonly readsImages?: true;
  /** Whether it reads texts alone: features that are the words of one text (`FeatureMatrix.tokens`). */
  readonly readsTokens?: true;
  /** Whether it reads sequences alone (`FeatureMatrix.sequence`); of a forecast, the windows as they are. */
  readonly readsSequences?: true;
  /**
   * Whether it reads features that come sparse (`FeatureMatrix.sparse`) with these parameters; any other estimator gets
   * them written out while they fit into memory.
   */
  acceptsSparse?(parameters: ParameterValues): boolean;
  /** Whether rows may have weights (`TrainingData.weights`). */
  readonly acceptsWeights?: boolean;
  /** Where the model carries rows or values of the data: a sentence that says which, for whoever chooses or shares it. */
  readonly carriesData?: string;
  /** The least value that a target may have, where with these parameters not every number will do. */
  leastTarget?(parameters: ParameterValues): number | undefined;
  /**
   * Refuses parameters that do not fit the training rows, before any candidate is trained.
   * @param path where the parameters stand in the spec
   */
  check?(train: TrainingData, parameters: ParameterValues, path: string): void;
  /**
   * For forecasts alone: how many rows before the last known one the target's value stands that it repeats. That value is
   * its only feature, as it is, without any steps; null where the forecast says no season, and needs one.
   */
  readonly repeats?: (forecast: Forecast) => number | null;
  /**
   * Where the model itself tells how much it uses each feature: shares [width] of sum 1, all 0 where it uses none.
   */
  readonly importances?: (weights: readonly WeightTensor[], width: number) => Float64Array;
  /** Where its weights are those of `linearWeights`: what their scores are. */
  readonly linear?: LinearScore;
  /**
   * Where it is trees, written by `emitTrees`: each gives an answer, and their mean is the model's; or an amount that is
   * added to what comes before. The model file then says how to read them.
   */
  readonly trees?: 'averaged' | 'added';
  /** Where it answers with components: what these are. */
  readonly axes?: (weights: readonly WeightTensor[]) => ProjectionAxes;
  /** Order of simplicity: ties go to the lower one. */
  readonly complexity: number;
  readonly parameters: readonly ParameterSpec[];
  /** Trains without a tensor engine; where absent, it is a network. */
  readonly train?: Trainer;
  /** The layers that the engine trains. */
  readonly network?: (inputs: NetworkInputs, parameters: ParameterValues) => NetworkPlan;
  /** Makes the model of a trained network whose numbers are not its answers yet. */
  readonly finish?: (network: TrainedModel, input: TrainingInput) => Promise<TrainedModel>;
  /**
   * Writes the trained model into the graph.
   * @param features float32 [N, width]
   * @returns probabilities float32 [N, outputs], standardized values or scores float32 [N, 1], or what `answers` says,
   * float32
   */
  emit(graph: GraphBuilder, features: TensorName, model: EmittedModel): TensorName;
  /** Writes the same over parts of features that come sparse, without all of them being written out. */
  emitSparse?(
    graph: GraphBuilder,
    features: readonly FeaturePart[],
    model: EmittedModel,
  ): TensorName;
}

/** What a network is built for. */
export interface NetworkInputs {
  readonly task: Task;
  readonly outputs: number;
  /** Numbers in a row of features. */
  readonly width: number;
  /** Which of them are codes of categories, as in `FeatureMatrix`. */
  readonly categories?: Int32Array;
  /** Where these are the pixels of one image: its shape. */
  readonly image?: ImageShape;
  /** Where they are codes of the words of one text. */
  readonly tokens?: TokenShape;
  /** Where these are one sequence: its shape. */
  readonly sequence?: SequenceShape;
}

export interface EmittedModel extends NetworkInputs {
  readonly parameters: ParameterValues;
  readonly weights: readonly WeightTensor[];
}
