import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { classWeight } from '#core/features/balance/class-weight.ts';
import { stepNamed } from '#core/features/registry.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import type { FitContext } from '#core/features/step.ts';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { weightOfType } from '#core/models/weight-tensor.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { RandomStream } from '#core/random.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import { runToEnd } from '../support/run-to-end.ts';
import type { ModelCase } from './model-case.ts';
import { modelCases } from './model-cases.ts';
import { runPython } from './python.ts';
import { stepCases, trainingCases, type StepCase } from './step-cases.ts';

type Cells = readonly (number | string | null)[];

interface ModelReference {
  /** Of a linear model. */
  readonly coefficients: readonly (readonly number[])[] | null;
  readonly predictions: readonly number[];
}

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function ask<Answer>(script: string, cases: readonly unknown[]): Promise<readonly Answer[]> {
  const answer = await runPython(pathOf(script), { input: JSON.stringify(cases) });
  return JSON.parse(answer) as readonly Answer[];
}

/** JSON has no NaN: a missing number is null. */
const cellsOf = (column: FeatureColumn): Cells =>
  column.kind === 'text'
    ? column.values
    : Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));

/** For steps that read no target. */
const aTarget: FitContext = {
  task: 'regression',
  target: new Float64Array(0),
  outputs: 1,
  random: new RandomStream(1),
};

describe('steps equal those of scikit-learn', () => {
  const allCases = [...stepCases, ...trainingCases];
  let reference: readonly (readonly Cells[])[] = [];
  beforeAll(async () => {
    reference = await ask(
      'steps.py',
      allCases.map((one) => ({
        ...one,
        kind: one.train[0]?.kind,
        train: one.train.map(cellsOf),
        new: one.new.map(cellsOf),
        context: undefined,
        target: one.context && [...one.context.target],
        task: one.context?.task,
        outputs: one.context?.outputs,
        orders: one.train.map((column) => (column.kind === 'text' && column.order) || null),
      })),
    );
  });

  function transformed(one: StepCase): readonly FeatureColumn[] {
    const step = stepNamed(one.step);
    const context = one.context ?? aTarget;
    const state = step.fit(one.train, one.parameters, context);
    if (one.folds === undefined) return step.transform(one.new, state);
    return step.transformTraining?.(one.train, state, one.parameters, context) ?? [];
  }

  it.each(allCases.map((one, i) => [one.name, one, i] as const))('%s', (_, one, i) => {
    const wanted = reference[i] ?? [];
    const got = transformed(one);
    expect(got).toHaveLength(wanted.length);
    for (const [j, column] of got.entries()) {
      const cells = cellsOf(column);
      expect(cells).toHaveLength(wanted[j]?.length ?? -1);
      for (const [row, cell] of cells.entries()) {
        const other = wanted[j]?.[row];
        const place = `${column.name}, row ${row}`;
        if (typeof cell !== 'number' || typeof other !== 'number') expect(cell, place).toBe(other);
        else {
          const allowed = 1e-6 * Math.max(one.unit ?? 0, Math.abs(other));
          expect(Math.abs(cell - other), place).toBeLessThanOrEqual(allowed);
        }
      }
    }
  });
});

describe('models equal those of scikit-learn', () => {
  let reference: readonly ModelReference[] = [];
  beforeAll(async () => {
    reference = await ask(
      'models.py',
      modelCases.map(({ model, parameters, data, isBalanced = false }) => ({
        model,
        parameters,
        rows: data.features.rows,
        outputs: data.outputs,
        features: [...data.features.values],
        target: [...data.target],
        weights: data.weights === undefined ? null : [...data.weights],
        balanced: isBalanced,
      })),
    );
  });

  it.each(modelCases.map((one, i) => [one.name, one, i] as const))('%s', async (_, one, i) => {
    const wanted = reference[i];
    if (wanted === undefined) throw new Error('no reference');
    const data = one.isBalanced === true ? await balanced(one.data) : one.data;
    const model = await trained(one.model, data, one.parameters);
    if (wanted.coefficients !== null) expectCoefficients(model, wanted.coefficients);
    const predictions = await model.predict(one.data.features);
    expect(predictions).toHaveLength(wanted.predictions.length);
    const unit = Math.max(1, ...wanted.predictions.map(Math.abs));
    for (const [row, value] of predictions.entries()) {
      expect(Math.abs(value - (wanted.predictions[row] ?? NaN))).toBeLessThanOrEqual(1e-5 * unit);
    }
  });
});

describe('logistic regression with its defaults', () => {
  const hard = modelCases.filter(
    ({ model, parameters, data, isBalanced }) =>
      model === 'logistic_regression' &&
      parameters['penalty'] === 'l2' &&
      isBalanced !== true &&
      data.weights === undefined,
  );

  it.each(hard.map((one) => [one.name, one] as const))('ends finite: %s', async (_, one) => {
    const tight = await trained(one.model, one.data, one.parameters);
    const usual = await trained(one.model, one.data, {
      ...one.parameters,
      max_iter: 300,
      tol: 1e-6,
    });
    const best = await objective(one, tight);
    const reached = await objective(one, usual);
    expect(reached).toBeGreaterThanOrEqual(best - 1e-8); // probabilities are float32
    expect(reached - best).toBeLessThan(1e-3);
  });
});

function expectCoefficients(model: TrainedModel, wanted: readonly (readonly number[])[]): void {
  const largest = Math.max(...wanted.flat().map(Math.abs));
  for (const [k, row] of linearRows(model).entries()) {
    for (const [j, value] of row.coefficients.entries()) {
      expect(
        Math.abs(value - (wanted[k]?.[j] ?? NaN)),
        `coefficient ${j} of output ${k}, largest ${largest}`,
      ).toBeLessThanOrEqual(1e-4 * largest);
    }
  }
}

function balanced(data: TrainingData): Promise<TrainingData> {
  const [random, { signal }] = [new RandomStream(1), new AbortController()];
  return classWeight.apply(data, { parameters: {}, random, signal, classes: [] });
}

/** Trains to the end. */
async function trained(
  name: ModelCase['model'],
  data: TrainingData,
  parameters: ParameterValues,
): Promise<TrainedModel> {
  const training = estimatorNamed(name).train?.({
    train: data,
    validation: data,
    parameters,
    random: new RandomStream(1),
    signal: new AbortController().signal,
  });
  if (training === undefined) throw new Error(`${name} has no trainer of its own`);
  return (await runToEnd(training)).model;
}

/** Coefficients by output, as scikit-learn lists them: with two classes only the second one's. */
function linearRows({ weights }: TrainedModel): { readonly coefficients: readonly number[] }[] {
  const { shape, values } = weightOfType(weights, 'coefficients', Float64Array);
  const [width = 0, outputs = 0] = shape;
  const rows = Array.from({ length: outputs }, (_, k) => ({
    coefficients: Array.from({ length: width }, (__, j) => values[j * outputs + k] ?? NaN),
  }));
  return outputs === 2 ? rows.slice(1) : rows;
}

/** Mean cross-entropy and penalty: what training minimizes. */
async function objective({ data, parameters }: ModelCase, model: TrainedModel): Promise<number> {
  const probabilities = await model.predict(data.features);
  const { rows } = data.features;
  let loss = 0;
  for (const [i, label] of data.target.entries()) {
    loss -= Math.log(Math.max(probabilities[i * data.outputs + label] ?? 0, 1e-300)) / rows;
  }
  const squares = weightOfType(model.weights, 'coefficients', Float64Array).values.reduce(
    (sum, w) => sum + w * w,
    0,
  );
  return loss + squares / (2 * Number(parameters['C']) * rows);
}
