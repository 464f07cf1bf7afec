import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { ParameterSpec, ParameterValues } from '#core/spec/parameters.ts';

/** A column on its way to the estimator. Missing is NaN or the empty text. */
export type FeatureColumn = NumericFeature | TextFeature;
export interface NumericFeature {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
}
export interface TextFeature {
  readonly kind: 'text';
  readonly name: string;
  readonly values: readonly string[];
}

/** Fitted state is plain JSON data: it goes into run.json's sibling artefacts and the graph alike. */
export type StepState = Readonly<Record<string, unknown>>;

/**
 * A feature step: fitted on training rows, applied to any rows, written into the graph. One object in
 * one file, one row in `registry.ts`. A step handles a group of columns of one kind at once.
 */
export interface FeatureStep<State extends StepState = StepState> {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly accepts: readonly FeatureColumn['kind'][];
  /** Whether columns keep their kind, or come out as numbers. */
  readonly gives: 'same' | 'numeric';
  readonly parameters: readonly ParameterSpec[];
  /** Learns from the training rows' columns only. */
  fit(columns: readonly FeatureColumn[], parameters: ParameterValues): State;
  /** Same rows, new columns. */
  transform(columns: readonly FeatureColumn[], state: State): readonly FeatureColumn[];
  /**
   * Writes `transform` into the graph.
   * @param input [N, columns.length]: double for numeric, string for text
   * @returns [N, transform's column count], same element types
   */
  emit(graph: GraphBuilder, input: TensorName, state: State): TensorName;
}
