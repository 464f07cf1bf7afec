import type { AskedSettings } from '#core/extractors/settle-scaling.ts';
import type { ExtractorInput } from '#core/extractors/extractor.ts';
import type { ImagePreprocessing } from '#core/images/preprocessing.ts';
import type { PlacePart } from '#core/onnx/feature-parts.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { RandomStream } from '#core/random.ts';
import type { InputType, Task } from '#core/spec/spec.ts';
import type { ParameterSpec, ParameterValues } from '#core/spec/parameters.ts';
import type { FeatureColumn } from './column.ts';
import type { SequenceShape } from './matrix.ts';
import type { Meaning } from './meaning.ts';
import type { SparseFeatures } from './sparse-rows.ts';

/** Fitted state is plain JSON data: it goes into run.json's sibling artefacts and the graph alike. */
export type StepState = Readonly<Record<string, unknown>>;

/** What a step may learn from beside its columns; one row of the target per training row. */
export interface FitContext {
  readonly task: Task;
  /** Class indexes, or values in the target's own unit; zeros where the task has no target. */
  readonly target: Float64Array;
  /** Number of classes; 1 for regression. */
  readonly outputs: number;
  readonly random: RandomStream;
}

/**
 * A feature step: fitted on training rows, applied to any rows, written into the graph. One object in
 * one file, one row in `registry.ts`. A step handles a group of columns of one kind at once.
 */
export interface FeatureStep<State extends StepState = StepState> {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** Types of inputs that it takes; what an earlier step made numbers of is numeric. */
  readonly accepts: readonly InputType[];
  /** Whether columns keep their kind, or come out as numbers. */
  readonly gives: 'same' | 'numeric';
  /** Where the fitted step holds values of the data: a sentence that says which, for whoever shares the model. */
  readonly carriesData?: string;
  readonly parameters: readonly ParameterSpec[];
  /** Whether it learns from the target with these parameters; where absent, never. */
  readsTarget?(parameters: ParameterValues): boolean;
  /**
   * Of a step for images: what becomes of their files. Its columns are then their pixels, or the features that an
   * extractor reads from these, which it leaves as they are.
   * @param extractor how the step's network takes images, where it has one
   */
  readImage?(parameters: ParameterValues, extractor?: ExtractorInput): ImagePreprocessing;
  /** Of a step that reads features by a network that the spec names (`SpecStep.extractor`): how. */
  extraction?(parameters: ParameterValues): AskedSettings & { readonly layer: string };
  /** Learns from the training rows' columns only. */
  fit(columns: readonly FeatureColumn[], parameters: ParameterValues, training: FitContext): State;
  /**
   * The training rows' own features, where they must differ from what new rows would get: an encoder that reads the
   * target encodes each row without that row's own target. Absent: `transform`.
   */
  transformTraining?(
    columns: readonly FeatureColumn[],
    state: State,
    parameters: ParameterValues,
    training: FitContext,
  ): readonly FeatureColumn[];
  /** Same rows, new columns. */
  transform(columns: readonly FeatureColumn[], state: State): readonly FeatureColumn[];
  /**
   * What `transform` gives, without the cells that are 0, for a step whose features may be too many to be written out.
   * Where it is there, it is the training rows' own features too.
   */
  transformSparse?(columns: readonly FeatureColumn[], state: State): readonly SparseFeatures[];
  /**
   * What each of `transform`'s features says of the columns, for whoever reads a model's rules; where absent, their names
   * say all there is to say.
   */
  meanings?(inputs: readonly Meaning[], state: State): readonly Meaning[];
  /** Where what it gives is a sequence, [length, channels] of each row: its shape. */
  sequence?(state: State): SequenceShape;
  /**
   * Writes `transform` into the graph.
   * @param input [N, columns.length]: double for numeric, string for text
   * @returns [N, transform's column count], same element types
   */
  emit(graph: GraphBuilder, input: TensorName, state: State): TensorName;
  /** Writes `transformSparse` into the graph by places alone, part after part, where each row has one cell of a part. */
  emitPlaces?(graph: GraphBuilder, input: TensorName, state: State): readonly PlacePart[];
}
