import { inputError } from '#core/errors.ts';
import { emitExtractor } from '#core/extractors/emit-extractor.ts';
import type { Extraction } from '#core/extractors/extracted-images.ts';
import type { FeaturePart } from '#core/onnx/feature-parts.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { ContractInput } from '#core/spec/contract.ts';
import { valuesPerImage } from '#core/images/preprocessing.ts';
import type { SpecStep } from '#core/spec/spec.ts';
import { buildMatrix, formOf, namesOf, widthOf } from './build-matrix.ts';
import type { MatrixForm, StepFeatures } from './build-matrix.ts';
import type { Arrangement, FeatureMatrix, ImageShape } from './matrix.ts';
import {
  extractionsOf,
  imageFeatures,
  imageOf,
  pixelColumns,
  pixelMeanings,
  type ImageColumn,
} from './images/image-column.ts';
import { columnMeaning, namedMeanings, type FeatureMeaning, type Meaning } from './meaning.ts';
import { refuseWritingOut } from './refuse-too-many.ts';
import { columnsOfSparse } from './sparse-rows.ts';
import type { FeatureColumn } from './column.ts';
import type { FeatureStep, FitContext, StepState } from './step.ts';
import { groupByChain } from './step-chains.ts';
import { emitWindows } from './windows/emit-windows.ts';
import type { RawColumn } from './windows/window-column.ts';
import { windowFeatures } from './windows/window-features.ts';

interface FittedStep {
  readonly step: FeatureStep;
  readonly state: StepState;
}

interface NamedStep extends FittedStep {
  /** What it gives is called so, where it does not say what that means. */
  readonly names: readonly string[];
}

/** Inputs that go through the same steps, in the same order, and so through the graph side by side. */
interface Group {
  readonly inputs: readonly ContractInput[];
  /** Of what the first step gets. */
  readonly meanings: readonly Meaning[];
  readonly steps: readonly NamedStep[];
  /** Of images whose features a network reads: by which, by input. */
  readonly extractions: ReadonlyMap<string, Extraction>;
  /** Features that come of it; none when no category was frequent enough. */
  readonly width: number;
}

/** The fitted feature pipeline: one implementation for training, evaluation and the exported graph. */
export class FeaturePipeline {
  readonly #groups: readonly Group[];
  readonly #form: MatrixForm;
  readonly #arrangement: Arrangement;
  readonly featureNames: readonly string[];

  private constructor(
    groups: readonly Group[],
    form: MatrixForm,
    arrangement: Arrangement,
    names: readonly string[],
  ) {
    this.#groups = groups;
    this.#form = form;
    this.#arrangement = arrangement;
    this.featureNames = names;
  }

  /**
   * Fits every step on the training rows, and gives these rows' own features.
   * @param columns the training rows of every input
   * @throws TerrariumError when no feature is left
   */
  static fit(
    specSteps: readonly SpecStep[],
    inputs: readonly ContractInput[],
    columns: readonly RawColumn[],
    training: FitContext,
  ): { readonly pipeline: FeaturePipeline; readonly features: FeatureMatrix } {
    const groups: Group[] = [];
    const features: StepFeatures[] = [];
    for (const { members, chain } of groupByChain(specSteps, inputs)) {
      const fitted: NamedStep[] = [];
      const raw = columnsOf(members, columns);
      const made = alongSteps(raw, chain, ({ step, parameters }, given) => {
        const state = step.fit(given, parameters, training);
        const own = step.transformTraining?.(given, state, parameters, training);
        const gives = own ?? transformed({ step, state }, given);
        fitted.push({ step, state, names: step.meanings === undefined ? namesOf(gives) : [] });
        return gives;
      });
      features.push(...made);
      const meanings = raw.flatMap((column) =>
        column.kind === 'image' ? pixelMeanings(column) : columnMeaning(column),
      );
      const extractions = extractionsOf(columns, members);
      groups.push({ inputs: members, meanings, steps: fitted, extractions, width: widthOf(made) });
    }
    const names = namesOf(features);
    if (names.length === 0) {
      throw inputError(
        'no_features',
        'No feature is left for the model: every input column is ignored or has no category.',
        'Keep at least one input column.',
        { path: 'columns' },
      );
    }
    const rows = training.target.length;
    const arrangement = arrangementOf(imageOf(columns, names), groups);
    const isWhole = Object.keys(arrangement).length > 0;
    const form = isWhole ? 'dense' : formOf(features, rows);
    const pipeline = new FeaturePipeline(groups, form, arrangement, names);
    return { pipeline, features: buildMatrix(features, rows, names, form, arrangement) };
  }

  /** Applies the fitted steps to new rows: float32 [rows, features]. */
  transform(columns: readonly RawColumn[], rows: number): FeatureMatrix {
    const features = this.#groups.flatMap((group) =>
      alongSteps(columnsOf(group.inputs, columns), group.steps, transformed),
    );
    return buildMatrix(features, rows, this.featureNames, this.#form, this.#arrangement);
  }

  /** What each feature says of the columns. */
  meanings(): readonly FeatureMeaning[] {
    const all = this.#groups.flatMap(({ meanings, steps }) =>
      steps.reduce<readonly Meaning[]>(
        (inputs, { step, state, names }) =>
          step.meanings?.(inputs, state) ?? namedMeanings(names, inputs),
        meanings,
      ),
    );
    return all.filter((meaning) => meaning.kind !== 'text');
  }

  /**
   * Writes the pipeline into the graph.
   * @param tensors graph input [N, 1], [N, rows] of a window, or [N, height, width, channels] of images, of each contract
   * input, by column name
   * @returns float32 [N, features]
   */
  emit(graph: GraphBuilder, tensors: ReadonlyMap<string, TensorName>): TensorName {
    const parts = this.#groups
      .filter(({ width }) => width > 0)
      .map((group) => emitSteps(graph, group, tensors, group.steps))
      .map((tensor) => graph.cast(tensor, 'float32'));
    return graph.concat(parts);
  }

  /**
   * Writes a sparse pipeline into the graph without writing all its features out: those that have places are looked up.
   * @returns the features' parts in their order; null where the pipeline's features are dense
   */
  emitParts(
    graph: GraphBuilder,
    tensors: ReadonlyMap<string, TensorName>,
  ): readonly FeaturePart[] | null {
    if (this.#form === 'dense') return null;
    return this.#groups
      .filter(({ width }) => width > 0)
      .flatMap((group): readonly FeaturePart[] => {
        const last = group.steps.at(-1);
        if (last?.step.emitPlaces !== undefined) {
          const given = emitSteps(graph, group, tensors, group.steps.slice(0, -1));
          return last.step.emitPlaces(graph, given, last.state);
        }
        const made = emitSteps(graph, group, tensors, group.steps);
        return [{ kind: 'written', tensor: graph.cast(made, 'float32'), width: group.width }];
      });
  }
}

/** A group's inputs after some of its steps. */
function emitSteps(
  graph: GraphBuilder,
  { inputs, extractions }: Group,
  tensors: ReadonlyMap<string, TensorName>,
  steps: readonly FittedStep[],
): TensorName {
  const raw = inputs.map((input) => {
    const tensor = tensors.get(input.name);
    if (tensor === undefined) throw new RangeError(`no tensor for ${input.name}`);
    const { preprocessing } = input;
    const extraction = extractions.get(input.name);
    if (extraction !== undefined) {
      const features = emitExtractor(graph, tensor, extraction.extractor, extraction.settings);
      return steps.length === 0 ? features : graph.cast(features, 'float64');
    }
    if (preprocessing !== undefined) {
      const shape = BigInt64Array.of(0n, BigInt(valuesPerImage(preprocessing)));
      const flat = graph.node('Reshape', [tensor, graph.constant(shape, [2])]);
      return steps.length === 0 ? flat : graph.cast(flat, 'float64');
    }
    const wide = input.dtype === 'float32' ? graph.cast(tensor, 'float64') : tensor;
    return input.window === undefined ? wide : emitWindows(graph, wide, input.window);
  });
  return steps.reduce(
    (tensor, { step, state }) => step.emit(graph, tensor, state),
    graph.concat(raw),
  );
}

/** Takes columns along a chain of steps. Features that come sparse stay so behind the last one, and images without any. */
function alongSteps<Link extends { readonly step: FeatureStep }>(
  columns: readonly StepFeatures[],
  chain: readonly Link[],
  apply: (link: Link, given: readonly FeatureColumn[]) => readonly StepFeatures[],
): readonly StepFeatures[] {
  let current: readonly StepFeatures[] = columns;
  for (const link of chain) current = apply(link, writtenOut(current, link.step));
  return current;
}

function transformed(
  { step, state }: FittedStep,
  columns: readonly FeatureColumn[],
): readonly StepFeatures[] {
  return step.transformSparse?.(columns, state) ?? step.transform(columns, state);
}

/** Every cell of features that come sparse, as the next step wants them. */
function writtenOut(
  features: readonly StepFeatures[],
  next: FeatureStep,
): readonly FeatureColumn[] {
  const sparse = features.filter((one) => one.kind === 'sparse');
  refuseWritingOut(next.name, sparse);
  return features.flatMap((one): FeatureColumn | readonly FeatureColumn[] => {
    if (one.kind === 'image') return pixelColumns(one);
    return one.kind === 'sparse' ? columnsOfSparse([one]) : one;
  });
}

/** What the features are as a whole: an image's pixels, or a sequence where all come from one step that makes it. */
function arrangementOf(image: ImageShape | undefined, groups: readonly Group[]): Arrangement {
  if (image !== undefined) return { image };
  const [only, ...others] = groups.filter(({ width }) => width > 0);
  const last = only?.steps.at(-1);
  if (last?.step.sequence === undefined || others.length > 0) return {};
  return { sequence: last.step.sequence(last.state) };
}

/** The inputs' columns; of a window the features that are made of it. Images stay what they are. */
function columnsOf(
  inputs: readonly ContractInput[],
  columns: readonly RawColumn[],
): (FeatureColumn | ImageColumn)[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return inputs.flatMap(({ name, window }): readonly (FeatureColumn | ImageColumn)[] => {
    const column = byName.get(name);
    if (column === undefined) throw new RangeError(`no column for the input ${name}`);
    if (column.kind === 'image') return imageFeatures(column);
    if (column.kind !== 'window') return [column];
    return window === undefined ? [] : windowFeatures(column, window);
  });
}
