import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#core/engine.ts';
import { TerrariumError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import { FeaturePipeline } from '#core/features/pipeline.ts';
import { stepNamed, steps } from '#core/features/registry.ts';
import type { FeatureStep, FitContext, StepState } from '#core/features/step.ts';
import type { ContractInput } from '#core/spec/contract.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import type { InputType } from '#core/spec/spec.ts';
import { expectEndsWell, nodeEngine, noise, runCsv, tableOf } from '../../support/experiment.ts';
import { expectParametersGuarded } from '../../support/parameters.ts';
import { expectSentence } from '../../support/refusal.ts';
import { stepFeeds, stepGraph } from '../../support/step-graph.ts';
import { fitContexts, stepTables, type StepTable } from '../../support/step-tables.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine();
});

/** The defaults, and each choice and switch changed once; few features of a hash or of a text's words, which are as telling as many. */
function variants({ parameters, name }: FeatureStep): readonly ParameterValues[] {
  const changes = parameters.flatMap((one): Record<string, unknown>[] => {
    if (one.kind === 'boolean') return [{ [one.name]: !one.default }];
    if (one.kind !== 'choice') return [];
    return one.choices.filter((c) => c !== one.default).map((c) => ({ [one.name]: c }));
  });
  const wanted = { n_features: 16, max_length: 9 };
  const few = Object.fromEntries(
    Object.entries(wanted).filter(([own]) => parameters.some((one) => one.name === own)),
  );
  return [{}, ...changes].map((given) => resolveParameters(parameters, { ...few, ...given }, name));
}

interface Fitted {
  readonly state: StepState;
  readonly columns: readonly FeatureColumn[];
}

/** Fits and transforms; null where the step refuses the table by a sentence. */
function fitOn(
  step: FeatureStep,
  { train }: StepTable,
  parameters: ParameterValues,
  context: FitContext,
): Fitted | null {
  try {
    const state = step.fit(train, parameters, context);
    return { state, columns: step.transform(train, state) };
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError)) throw thrown;
    expect(thrown.kind).toBe('input');
    expectSentence(thrown.message);
    return null;
  }
}

const cases = steps.flatMap((step) =>
  step.accepts.flatMap((type) =>
    variants(step).map((parameters) => ({
      title: `${step.name} ${JSON.stringify(parameters)}, ${type}`,
      step,
      type,
      parameters,
      contexts: readsTarget(step) ? fitContexts : fitContexts.slice(0, 1),
    })),
  ),
);

describe.each(cases)('$title', ({ step, type, parameters, contexts }) => {
  const tables = stepTables[type];

  it('fits afresh, keeps plain data, and gives each row its own features', () => {
    for (const context of contexts) {
      for (const table of tables) {
        const before = structuredClone(table);
        const fitted = fitOn(step, table, parameters, context);
        expect(table, 'fit and transform leave their columns as they were').toEqual(before);
        if (fitted === null) {
          expect(table.name, 'the plain columns are taken').not.toBe('plain');
          continue;
        }
        const { state, columns } = fitted;
        expectColumns(columns, step, type);
        expectFreshFit(step, table, parameters, context, state);
        const revived = JSON.parse(JSON.stringify(state)) as StepState;
        expectSame(step.transform(table.new, revived), step.transform(table.new, state));
        expectRowByRow(step, state, table);
        if (columns.every(({ kind }) => kind === 'numeric')) {
          expectPipeline(step, table, parameters, context, type);
        }
      }
    }
  });

  it('the emitted graph gives what transform gives', async () => {
    for (const context of contexts) {
      const fitted = tables.flatMap((table) => {
        const one = fitOn(step, table, parameters, context);
        return one === null || one.columns.length === 0 ? [] : [{ ...table, state: one.state }];
      });
      await expectGraph(step, fitted);
    }
  });
});

function readsTarget(step: FeatureStep): boolean {
  return step.fit.length > 2 || step.transformTraining !== undefined;
}

function expectColumns(
  columns: readonly FeatureColumn[],
  step: FeatureStep,
  type: InputType,
): void {
  expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
  for (const column of columns) {
    const isNumber = step.gives === 'numeric' || type === 'numeric';
    expect(column.kind).toBe(isNumber ? 'numeric' : 'text');
    if (column.kind === 'text' || (column.categories ?? 0) === 0) continue;
    for (const code of column.values) {
      const isCode = Number.isInteger(code) && code >= 0 && code < (column.categories ?? 0);
      expect(isCode || Number.isNaN(code), `${column.name}: ${code}`).toBe(true);
    }
  }
}

/** Fitted on other rows in between, a step has forgotten them. */
function expectFreshFit(
  step: FeatureStep,
  table: StepTable,
  parameters: ParameterValues,
  context: FitContext,
  state: StepState,
): void {
  const target = context.target.slice(0, table.new[0]?.values.length);
  fitOn(step, { ...table, train: table.new }, parameters, { ...context, target });
  expect(step.fit(table.train, parameters, context)).toEqual(state);
}

/** A row's features are its own: alone as among others; and no row gives no features, under the same names. */
function expectRowByRow(step: FeatureStep, state: StepState, table: StepTable): void {
  const whole = step.transform(table.new, state);
  const names = whole.map(({ name }) => name);
  const rows = table.new[0]?.values.length ?? 0;
  for (const row of [0, rows - 1]) {
    const alone = step.transform(sliced(table.new, row, row + 1), state);
    expectSame(alone, sliced(whole, row, row + 1));
  }
  const none = step.transform(sliced(table.new, 0, 0), state);
  expect(none.map(({ name }) => name)).toEqual(names);
  expect(none.every(({ values }) => values.length === 0)).toBe(true);
}

function sliced(columns: readonly FeatureColumn[], from: number, to: number): FeatureColumn[] {
  return columns.map((column) =>
    column.kind === 'text'
      ? { ...column, values: column.values.slice(from, to) }
      : { ...column, values: column.values.slice(from, to) },
  );
}

function expectPipeline(
  step: FeatureStep,
  { train }: StepTable,
  parameters: ParameterValues,
  context: FitContext,
  type: InputType,
): void {
  const state = step.fit(train, parameters, context);
  const own = step.transform(train, state);
  if (own.length === 0) return;
  const inputs = train.map(({ name, kind }): ContractInput => {
    const dtype = kind === 'numeric' ? 'float64' : 'string';
    return { name, tensor: name, type, dtype, missing: [''], example: '' };
  });
  const specSteps = [{ step: step.name, columns: type, parameters }];
  const { pipeline, features } = FeaturePipeline.fit(specSteps, inputs, train, context);
  const learned = step.transformTraining?.(train, state, parameters, context) ?? own;
  expect(features.names).toEqual(own.map(({ name }) => name));
  expect(features.values).toEqual(rowMajor(learned));
  expect(pipeline.transform(train, context.target.length).values).toEqual(rowMajor(own));
}

function rowMajor(columns: readonly FeatureColumn[]): Float32Array {
  const rows = columns[0]?.values.length ?? 0;
  return Float32Array.from({ length: rows * columns.length }, (_, i) =>
    Number(columns[i % columns.length]?.values[Math.floor(i / columns.length)]),
  );
}

async function expectGraph(
  step: FeatureStep,
  fitted: readonly (StepTable & { readonly state: StepState })[],
): Promise<void> {
  const graph = stepGraph(
    step,
    fitted.map((one) => ({ state: one.state, columns: one.new })),
  );
  const session = await engine.openModel(graph);
  const of = (columns: (one: StepTable) => readonly FeatureColumn[]) => fitted.map(columns);
  for (const tables of [of((t) => t.new), of((t) => t.train), of((t) => sliced(t.new, 0, 1))]) {
    const rows = tables[0]?.[0]?.values.length ?? 0;
    const outputs = await session.run(stepFeeds(tables), rows);
    for (const [i, { state, name }] of fitted.entries()) {
      const own = step.transform(tables[i] ?? [], state);
      const features = outputs[`features${i}`] ?? [];
      const graphs = own.map((column, j): FeatureColumn => {
        const cells = Array.from({ length: rows }, (_, row) => features[row * own.length + j]);
        return column.kind === 'text'
          ? { ...column, values: cells.map(String) }
          : { ...column, values: Float64Array.from(cells, Number) };
      });
      expectSame(graphs, own, 1e-7, name);
    }
  }
  await session.release();
}

/** Equal columns; numbers within a share of themselves, or of a tenth of the largest one. */
function expectSame(
  got: readonly FeatureColumn[],
  wanted: readonly FeatureColumn[],
  share = 0,
  place = 'new rows',
): void {
  expect(got.map(({ name }) => name)).toEqual(wanted.map(({ name }) => name));
  for (const [j, { name, values }] of wanted.entries()) {
    const others = got[j]?.values ?? [];
    expect(others.length).toBe(values.length);
    const finite = Array.from<number | string, number>(values, (value) =>
      Math.abs(Number(value)),
    ).filter(Number.isFinite);
    const rounding = 0.1 * Math.max(0, ...finite);
    for (const [row, value] of values.entries()) {
      const other = others[row];
      if (value === other || (Number.isNaN(value) && Number.isNaN(other))) continue;
      const distance = Math.abs(Number(other) - Number(value));
      if (distance <= share * Math.max(Math.abs(Number(value)), rounding)) continue;
      if (value === 0 && share > 0 && distance < 1e-14) continue;
      expect.fail(`${place}: ${name}, row ${row}: ${String(other)}, not ${value}`);
    }
  }
}

describe.each(steps.map((step) => [step.name, step] as const))('%s as an object', (name, step) => {
  it('refuses each parameter out of range by a sentence', () => {
    expectParametersGuarded(step.parameters, name);
  });

  it('says what it is', () => {
    expect(stepNamed(name)).toBe(step);
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(step.title).not.toBe('');
    expect(step.summary).toMatch(/\.$/);
    expect(step.accepts.length).toBeGreaterThan(0);
  });
});

describe('the registry', () => {
  it('has every step that a file of its folder exports, and each of them once', async () => {
    const folder = fileURLToPath(new URL('../../../src/core/features', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && file !== 'registry.ts',
    );
    const exported: string[] = [];
    for (const file of files) {
      const module = (await import(pathToFileURL(join(folder, file)).href)) as object;
      exported.push(
        ...Object.values(module)
          .filter(isStep)
          .map(({ name }) => name),
      );
    }
    expect(exported.sort()).toEqual(steps.map(({ name }) => name).sort());
    expect(new Set(exported).size).toBe(exported.length);
  });
});

function isStep(value: unknown): value is FeatureStep {
  return typeof value === 'object' && value !== null && 'emit' in value && 'accepts' in value;
}

describe('a step of one’s own', () => {
  const halve: FeatureStep = {
    name: 'halve',
    title: 'Halve',
    summary: 'Divides by 2.',
    accepts: ['numeric'],
    gives: 'same',
    parameters: [],
    fit: () => ({}),
    transform: (columns) =>
      columns.map((column) =>
        column.kind === 'text' ? column : { ...column, values: column.values.map((x) => x / 2) },
      ),
    emit: (graph, input) => graph.node('Div', [input, graph.constant(Float64Array.of(2), [1, 1])]),
  };
  const registry = steps as FeatureStep[];
  afterEach(() => {
    registry.splice(registry.indexOf(halve), 1);
  });

  it('is one object and one row: a run takes it, and its model passes parity', async () => {
    registry.push(halve);
    const table = tableOf(120, {
      x: (row) => noise(row),
      y: (row) => 3 * noise(row) + noise(row, 1) / 9,
    });
    const run = await runCsv(table, 'y', (spec) => ({
      ...spec,
      steps: [{ step: 'halve', columns: 'numeric', parameters: {} }],
      candidates: spec.candidates.filter(({ model }) => model !== 'mlp'),
    }));
    expectEndsWell(run);
    expect(run.outcome.record.best).not.toBe('baseline');
  });
});
