import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as ortNode from 'onnxruntime-node';
import { afterAll, describe, expect, it } from 'vitest';
import { typedColumn } from '#core/data/typed-columns.ts';
import type { Table } from '#core/data/table.ts';
import type { GraphInput } from '#core/engine.ts';
import { TerrariumError } from '#core/errors.ts';
import { runExperiment, type RunOutcome } from '#core/run-experiment.ts';
import type { Contract } from '#core/spec/contract.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { nodeEngine } from '../support/experiment.ts';
import { randomRun, type RandomRun } from '../support/random-run.ts';
import { expectSentence } from '../support/refusal.ts';
import { runPython } from './python.ts';

/**
 * Chains of several steps before three models, all with parameters from anywhere in their ranges: what the matrix of each
 * step before each model, near its defaults, does not meet.
 */
const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);

interface Exported {
  readonly title: string;
  readonly path: string;
  readonly contract: Contract;
  readonly feeds: Readonly<Record<string, GraphInput>>;
  readonly web: Answers;
}
type Answers = Readonly<Record<string, ArrayLike<unknown>>>;

const folder = mkdtempSync(join(tmpdir(), 'terrarium-random-'));
const exported: Exported[] = [];
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Null where the run is refused, which must be by a sentence. */
async function outcomeOf({ spec, dataset }: RandomRun): Promise<RunOutcome | null> {
  try {
    return await runExperiment({
      ...{ spec, dataset, engine: await nodeEngine(), onEvent: () => undefined },
      ...{ signal: new AbortController().signal, id: 'test-run', commit: null },
    });
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError)) throw thrown;
    expectSentence(thrown.message);
    expect(thrown.kind).toBe('input');
    return null;
  }
}

function feedsOf(contract: Contract, later: Table): Record<string, GraphInput> {
  const feeds = contract.inputs.map((input): [string, GraphInput] => {
    const { kind, values } = typedColumn(later, input);
    if (kind === 'text') return [input.tensor, { dtype: 'string', values }];
    return input.dtype === 'float32'
      ? [input.tensor, { dtype: 'float32', values: Float32Array.from(values) }]
      : [input.tensor, { dtype: 'float64', values }];
  });
  return Object.fromEntries(feeds);
}

async function onNode(path: string, feeds: Exported['feeds'], rows: number): Promise<Answers> {
  const session = await ortNode.InferenceSession.create(path);
  const tensors = Object.entries(feeds).map(([name, { dtype, values }]) => {
    const data = dtype === 'string' ? [...values] : values;
    return [name, new ortNode.Tensor(dtype, data, [rows, 1])] as const;
  });
  const results = await session.run(Object.fromEntries(tensors));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, data as ArrayLike<unknown>]),
  );
}

/** Numbers within 1e-5: of values in units of the target's deviation, of others above 1 as a share. */
function expectSame({ title, contract, web }: Exported, others: Answers): void {
  const { standardDeviation = 1, mean = 0 } = contract.target;
  const names = Object.keys(web).filter((name) => name !== 'label');
  expect(names.length, title).toBeGreaterThan(0);
  for (const name of names) {
    const own = web[name] ?? [];
    expect(others[name], `${title}: ${name}`).toHaveLength(own.length);
    for (let i = 0; i < own.length; i += 1) {
      const [value, other] = [Number(own[i]), Number(others[name]?.[i] ?? NaN)];
      if (value === other) continue;
      const size = name === 'value' ? Math.abs(value - mean) : Math.abs(value);
      const unit = Math.max(name === 'value' ? standardDeviation : 1, size);
      if (!(Math.abs(value - other) <= 1e-5 * unit)) {
        expect.fail(`${title}: ${name} ${i} is ${other}, and ${value} in onnxruntime-web`);
      }
    }
  }
}

describe.each(SEEDS)('random run %i', (seed) => {
  it('agrees with its trainers on held-out rows, and in onnxruntime-node', async () => {
    const run = await randomRun(seed);
    const outcome = await outcomeOf(run);
    if (outcome === null) return;
    const { record, models } = outcome;
    for (const { error } of record.failures ?? []) expectSentence(error.message);
    for (const { name, parity } of record.candidates) {
      const steps = run.spec.steps.map(({ step }) => step).join(', ');
      const title = `seed ${seed}: ${steps}; ${name}`;
      expect(parity.maxAbsDifference, title).toBeLessThanOrEqual(1e-5);
      const bytes = models.get(name) ?? new Uint8Array();
      const path = join(folder, `${exported.length}.onnx`);
      writeFileSync(path, bytes);
      const feeds = feedsOf(record.contract, run.later);
      const session = await openModelOnNode(bytes);
      const web = await session.run(feeds, run.later.rowCount);
      await session.release();
      const file = { title, path, contract: record.contract, feeds, web };
      exported.push(file);
      expectSame(file, await onNode(path, feeds, run.later.rowCount));
    }
  });
});

it('all files pass onnx.checker and answer the same in Python’s onnxruntime', async () => {
  // Refusing everything would be easy.
  expect(exported.length).toBeGreaterThan(SEEDS.length);
  const requests = exported.map(({ path, feeds }) => ({
    path,
    feeds: Object.fromEntries(
      Object.entries(feeds).map(([name, { dtype, values }]) => [
        name,
        { dtype, values: Array.from<string | number>(values) },
      ]),
    ),
  }));
  const script = fileURLToPath(new URL('onnx_models.py', import.meta.url));
  const answers = JSON.parse(await runPython(script, { input: JSON.stringify(requests) })) as {
    readonly outputs: Readonly<Record<string, { readonly values: readonly unknown[] }>>;
  }[];
  for (const [i, file] of exported.entries()) {
    const outputs = Object.entries(answers[i]?.outputs ?? {});
    expectSame(file, Object.fromEntries(outputs.map(([name, { values }]) => [name, values])));
  }
}, 300_000);
