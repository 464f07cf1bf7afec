import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { estimatorsFor } from '#core/models/registry.ts';
import { predictRecords, predictTable } from '#core/predict.ts';
import type { Prediction } from '#core/prediction.ts';
import { modelCard } from '#core/registry/model-card.ts';
import type { Contract } from '#core/spec/contract.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { shownExample } from '#core/spec/shown-example.ts';
import type { Spec } from '#core/spec/spec.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { runCsv, type Experiment } from '../support/experiment.ts';
import { feedsOf } from './feeds.ts';
import { oddCsv, oddRows, targets, type Target } from './odd-table.ts';
import { isVariant, variantsOf } from './onnx-variants.ts';
import { runPython } from './python.ts';
import {
  answersInPython,
  answersOnNode,
  valuesOf,
  type Answers,
  type PythonAnswer,
  type Question,
} from './runtimes.ts';

interface Exported extends Question {
  readonly name: string;
  readonly target: Target;
  readonly model: string;
  readonly contract: Contract;
  readonly bytes: Uint8Array;
}

const folder = mkdtempSync(join(tmpdir(), 'terrarium-onnx-'));
const runs = new Map<Target, Experiment>();
const models: Exported[] = [];
let python: readonly PythonAnswer[] = [];

beforeAll(async () => {
  for (const target of Object.keys(targets) as Target[]) {
    const experiment = await runCsv(oddCsv, target, (spec) => quick(spec, target));
    runs.set(target, experiment);
    const { record, models: files } = experiment.outcome;
    for (const { name, model } of record.candidates) {
      const bytes = files.get(name) ?? new Uint8Array();
      const path = join(folder, `${target}-${name}.onnx`);
      writeFileSync(path, bytes);
      const { contract } = record;
      const kind = isVariant(name) ? name : model;
      models.push({
        ...{ name: `${kind} of ${target}`, target, model: kind, contract, bytes, path },
        ...{ feeds: feedsOf(contract, oddRows), rows: oddRows.rowCount },
      });
    }
  }
  python = await answersInPython(models);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A candidate of every estimator there is, few epochs, and the other targets left out of the inputs. */
function quick(spec: Spec, target: Target): Spec {
  const others = Object.keys(targets).filter((name) => name !== target);
  const proposed = new Set(spec.candidates.map(({ model }) => model));
  const more = estimatorsFor(spec).filter(({ name }) => !proposed.has(name));
  return {
    ...spec,
    columns: Object.fromEntries(others.map((name) => [name, { type: 'ignore' as const }])),
    candidates: [
      ...spec.candidates.map((candidate) =>
        candidate.model === 'mlp'
          ? { ...candidate, parameters: { ...candidate.parameters, epochs: 5 } }
          : candidate,
      ),
      ...more.map(({ name, parameters }) => ({
        name,
        model: name,
        parameters: resolveParameters(parameters, {}, name),
      })),
      ...variantsOf(spec.task),
    ],
  };
}

async function onWeb({ bytes, contract }: Exported): Promise<Prediction[]> {
  const session = await openModelOnNode(bytes);
  try {
    return await predictTable(session, contract, oddRows);
  } finally {
    await session.release();
  }
}

/** Answers of another runtime, row by row, as `predictTable` gives them. */
function predictions(contract: Contract, outputs: Answers): Prediction[] {
  const { classes } = contract.target;
  return Array.from({ length: oddRows.rowCount }, (_, row): Prediction => {
    if (classes === undefined) {
      return { task: 'regression', value: Number(outputs['value']?.[row]) };
    }
    const probabilities = classes.map((_, k) =>
      Number(outputs['probabilities']?.[row * classes.length + k]),
    );
    return { task: 'classification', label: String(outputs['label']?.[row]), probabilities };
  });
}

function expectSame(contract: Contract, got: readonly Prediction[], wanted: readonly Prediction[]) {
  expect(got).toHaveLength(oddRows.rowCount);
  const { standardDeviation = 1 } = contract.target;
  for (const [row, other] of wanted.entries()) {
    const one = got[row];
    if (one?.task === 'regression' && other.task === 'regression') {
      const unit = Math.max(standardDeviation, Math.abs(other.value - (contract.target.mean ?? 0)));
      expect(Math.abs(one.value - other.value), `row ${row}`).toBeLessThanOrEqual(1e-5 * unit);
    } else if (one?.task === 'classification' && other.task === 'classification') {
      for (const [k, probability] of other.probabilities.entries()) {
        const own = one.probabilities[k] ?? NaN;
        expect(Math.abs(own - probability), `row ${row}`).toBeLessThanOrEqual(1e-5);
      }
      const [first = 0, second = 0] = [...other.probabilities].sort((a, b) => b - a);
      if (first - second > 1e-4) expect(one.label, `row ${row}`).toBe(other.label);
    } else throw new Error(`row ${row} answers another task`);
  }
}

const targetsOf = { classification: ['kind', 'flag'], regression: ['price'] } as const;
const tasks = ['classification', 'regression'] as const;
const kinds = tasks.flatMap((task) =>
  [...estimatorsFor({ task }), ...variantsOf(task)].flatMap(({ name }) =>
    targetsOf[task].map((target) => ({ model: name, target })),
  ),
);

it('the odd table loses no column on its way into the models', () => {
  for (const { contract } of models) {
    expect(contract.inputs.map(({ name }) => name)).toEqual(oddRows.names);
    expect(new Set(contract.inputs.map(({ dtype }) => dtype)).size).toBe(3);
  }
});

describe.each(kinds)('the ONNX file of $model, target $target', ({ model, target }) => {
  const find = (): { file: Exported; answer: PythonAnswer } => {
    const at = models.findIndex((one) => one.model === model && one.target === target);
    const [file, answer] = [models[at], python[at]];
    if (file === undefined || answer === undefined) throw new Error(`no ${model} of ${target}`);
    return { file, answer };
  };

  it('passes onnx.checker and declares what the contract says', () => {
    const { file, answer } = find();
    const types = { float32: 'tensor(float)', float64: 'tensor(double)', string: 'tensor(string)' };
    expect(answer.inputs).toEqual(
      Object.fromEntries(
        file.contract.inputs.map(({ tensor, dtype }) => [tensor, [types[dtype], ['N', 1]]]),
      ),
    );
    const { classes } = file.contract.target;
    const rows = oddRows.rowCount;
    const shapes = Object.entries(answer.outputs).map(([name, { shape }]) => [name, shape]);
    expect(shapes).toEqual(
      classes === undefined
        ? [['value', [rows, 1]]]
        : [
            ['label', [rows]],
            ['probabilities', [rows, classes.length]],
          ],
    );
  });

  it('answers in Python’s onnxruntime as in onnxruntime-web', async () => {
    const { file, answer } = find();
    expectSame(file.contract, predictions(file.contract, valuesOf(answer)), await onWeb(file));
  });

  it('answers in onnxruntime-node as in onnxruntime-web', async () => {
    const { file } = find();
    const outputs = await answersOnNode(file);
    expectSame(file.contract, predictions(file.contract, outputs), await onWeb(file));
  });

  it('carries its contract, and the classes in the order of the probabilities', () => {
    const { file, answer } = find();
    expect(JSON.parse(answer.metadata['terrarium.contract'] ?? '')).toEqual(file.contract);
    const { classes } = file.contract.target;
    if (classes === undefined) expect(answer.metadata).not.toHaveProperty('classes');
    else {
      expect(JSON.parse(answer.metadata['classes'] ?? '')).toEqual(classes);
      const { label, probabilities } = answer.outputs;
      const numbers = (probabilities?.values ?? []) as number[];
      for (const [row, name] of (label?.values ?? []).entries()) {
        const own = numbers.slice(row * classes.length, (row + 1) * classes.length);
        expect(name).toBe(classes[own.indexOf(Math.max(...own))]);
      }
    }
  });
});

describe('the model card’s Python snippet, pasted as it is', () => {
  it.each(Object.keys(targets) as Target[])('predicts the example of %s', async (target) => {
    const run = runs.get(target);
    if (run === undefined) throw new Error(`no run of ${target}`);
    const { record, models: files } = run.outcome;
    const bytes = files.get(record.best ?? '') ?? new Uint8Array();
    const code = /```python\n([\s\S]*?)```/.exec(modelCard(record))?.[1] ?? '';
    const own = mkdtempSync(join(folder, 'snippet-'));
    writeFileSync(join(own, 'model.onnx'), bytes);
    writeFileSync(join(own, 'try_it.py'), code);
    const printed = await runPython('try_it.py', { cwd: own });

    const session = await openModelOnNode(bytes);
    const example = record.contract.inputs.map((input) => [input.name, shownExample(input)]);
    const [expected] = await predictRecords(session, record.contract, [
      Object.fromEntries(example),
    ]);
    await session.release();
    if (expected?.task === 'classification') {
      expect(printed).toMatch(new RegExp(`^${expected.label} \\[.*\\]\\n$`));
      const numbers = printed
        .slice(expected.label.length + 2, -2)
        .trim()
        .split(/\s+/)
        .map(Number);
      expect(numbers).toHaveLength(expected.probabilities.length);
      for (const [k, number] of numbers.entries()) {
        expect(number).toBeCloseTo(expected.probabilities[k] ?? NaN, 4);
      }
    } else {
      const value = expected?.task === 'regression' ? expected.value : NaN;
      expect(Number(printed) / value).toBeCloseTo(1, 7);
    }
  });
});
