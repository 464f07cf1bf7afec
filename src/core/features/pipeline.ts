import { inputError } from '#core/errors.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { ContractInput } from '#core/spec/contract.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import type { SpecStep } from '#core/spec/spec.ts';
import type { FeatureMatrix } from './matrix.ts';
import { stepTakes } from './check-steps.ts';
import { stepNamed } from './registry.ts';
import type { FeatureColumn } from './column.ts';
import type { FeatureStep, FitContext, StepState } from './step.ts';
import { emitWindows } from './windows/emit-windows.ts';
import type { RawColumn } from './windows/window-column.ts';
import { windowFeatures } from './windows/window-features.ts';

interface FittedStep {
  readonly step: FeatureStep;
  readonly state: StepState;
}

/** Inputs that go through the same steps, in the same order, and so through the graph side by side. */
interface Group {
  readonly inputs: readonly ContractInput[];
  readonly steps: readonly FittedStep[];
  /** Features that come of it; none when no category was frequent enough. */
  readonly width: number;
}

/** The fitted feature pipeline: one implementation for training, evaluation and the exported graph. */
export class FeaturePipeline {
  readonly #groups: readonly Group[];
  readonly featureNames: readonly string[];

  private constructor(groups: readonly Group[], featureNames: readonly string[]) {
    this.#groups = groups;
    this.featureNames = featureNames;
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
    const features: FeatureColumn[] = [];
    for (const { members, chain } of groupByChain(specSteps, inputs)) {
      let current: readonly FeatureColumn[] = columnsOf(members, columns);
      const fitted: FittedStep[] = [];
      for (const { step, parameters } of chain) {
        const state = step.fit(current, parameters, training);
        current =
          step.transformTraining?.(current, state, parameters, training) ??
          step.transform(current, state);
        fitted.push({ step, state });
      }
      features.push(...current);
      groups.push({ inputs: members, steps: fitted, width: current.length });
    }
    if (features.length === 0) {
      throw inputError(
        'no_features',
        'No feature is left for the model: every input column is ignored or has no category.',
        'Keep at least one input column.',
        { path: 'columns' },
      );
    }
    const names = features.map(({ name }) => name);
    const pipeline = new FeaturePipeline(groups, names);
    return { pipeline, features: matrixOf(features, training.target.length) };
  }

  /** Applies the fitted steps to new rows: float32 [rows, features]. */
  transform(columns: readonly RawColumn[], rows: number): FeatureMatrix {
    const features = this.#groups.flatMap((group) =>
      group.steps.reduce<readonly FeatureColumn[]>(
        (current, { step, state }) => step.transform(current, state),
        columnsOf(group.inputs, columns),
      ),
    );
    return matrixOf(features, rows);
  }

  /**
   * Writes the pipeline into the graph.
   * @param tensors graph input [N, 1], or [N, rows] of a window, of each contract input, by column name
   * @returns float32 [N, features]
   */
  emit(graph: GraphBuilder, tensors: ReadonlyMap<string, TensorName>): TensorName {
    const parts = this.#groups
      .filter((group) => group.width > 0)
      .map((group) => {
        const raw = group.inputs.map((input) => {
          const tensor = tensors.get(input.name);
          if (tensor === undefined) throw new RangeError(`no tensor for ${input.name}`);
          const wide = input.dtype === 'float32' ? graph.cast(tensor, 'float64') : tensor;
          return input.window === undefined ? wide : emitWindows(graph, wide, input.window);
        });
        return group.steps.reduce(
          (tensor, { step, state }) => step.emit(graph, tensor, state),
          graph.concat(raw),
        );
      })
      .map((tensor) => graph.cast(tensor, 'float32'));
    return graph.concat(parts);
  }
}

interface ChainLink {
  readonly step: FeatureStep;
  readonly parameters: ParameterValues;
}

function groupByChain(
  specSteps: readonly SpecStep[],
  inputs: readonly ContractInput[],
): { members: ContractInput[]; chain: readonly ChainLink[] }[] {
  const links = specSteps.map(({ step: name, parameters }, i) => {
    const step = stepNamed(name, `steps[${i}].step`);
    const path = `steps[${i}].parameters`;
    return { step, parameters: resolveParameters(step.parameters, parameters, path) };
  });
  const groups = new Map<string, { members: ContractInput[]; chain: readonly ChainLink[] }>();
  for (const input of inputs) {
    const chosen = specSteps.flatMap((step, i) => (stepTakes(step, input) ? [i] : []));
    const key = `${input.type}:${chosen.join(',')}`;
    const group = groups.get(key);
    if (group !== undefined) group.members.push(input);
    else {
      const chain = chosen.flatMap((i) => links[i] ?? []);
      groups.set(key, { members: [input], chain });
    }
  }
  return [...groups.values()];
}

/** The inputs' columns; of a window the features that are made of it. */
function columnsOf(
  inputs: readonly ContractInput[],
  columns: readonly RawColumn[],
): FeatureColumn[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return inputs.flatMap(({ name, window }): readonly FeatureColumn[] => {
    const column = byName.get(name);
    if (column === undefined) throw new RangeError(`no column for the input ${name}`);
    if (column.kind !== 'window') return [column];
    return window === undefined ? [] : windowFeatures(column, window);
  });
}

/** Columns side by side, row-major. */
function matrixOf(features: readonly FeatureColumn[], rows: number): FeatureMatrix {
  const width = features.length;
  const values = new Float32Array(rows * width);
  const categories = new Int32Array(width);
  for (const [j, feature] of features.entries()) {
    if (feature.kind !== 'numeric') throw new TypeError(`${feature.name} is not numeric`);
    for (let i = 0; i < rows; i += 1) values[i * width + j] = feature.values[i] ?? NaN;
    categories[j] = feature.categories ?? 0;
  }
  const names = features.map(({ name }) => name);
  return {
    rows,
    width,
    values,
    names,
    ...(categories.some((count) => count > 0) && { categories }),
  };
}
