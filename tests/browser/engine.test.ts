import { describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { readDataset } from '#core/data/dataset.ts';
import { runExperiment } from '#core/run-experiment.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { BackendChoice, Spec } from '#core/spec/spec.ts';
import { createBrowserEngine, probeBrowser } from '#engine/browser-engine.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { mathBits } from '../support/math-bits.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    runOnNode: (...words: readonly string[]) => Promise<string>;
    mathBitsOnNode: () => Promise<string>;
  }
}

const resamples = 100;

/** Runs the proposed spec of the penguins in this browser. */
async function runHere(
  target: string,
  backend: BackendChoice,
  change: (spec: Spec) => Spec = (spec) => spec,
): Promise<RunRecord> {
  const { body } = await fetch('/samples/penguins.csv');
  if (body === null) throw new Error('the sample has no body');
  const dataset = await readDataset(body, 'penguins.csv');
  const proposed = proposeSpec(dataset.info, target, { seed: 7 });
  const { record } = await runExperiment({
    spec: change({ ...proposed, backend, evaluation: { resamples } }),
    dataset,
    engine: await createBrowserEngine(backend),
    signal: new AbortController().signal,
    onEvent: () => {},
    id: 'here',
    commit: null,
  });
  return record;
}

/** The same on the command line. */
async function runOnNode(
  target: string,
  backend: BackendChoice,
  ...more: readonly string[]
): Promise<RunRecord> {
  const data = ['--data', 'public/samples/penguins.csv', '--target', target, '--seed', '7'];
  const set = ['--set', `backend=${backend}`, '--set', `evaluation.resamples=${resamples}`];
  return JSON.parse(await commands.runOnNode(...data, ...set, ...more)) as RunRecord;
}

/** A network of each kind, for a few steps of every kernel. */
function network(parameters: Readonly<Record<string, unknown>>): (spec: Spec) => Spec {
  return (spec) => ({
    ...spec,
    candidates: [
      ...spec.candidates.slice(0, 1),
      { name: 'network', model: 'mlp', parameters: { epochs: 2, ...parameters } },
    ],
  });
}

const facts = (record: RunRecord) =>
  record.candidates.map(({ name, weightsSha256, onnx, metrics }) => ({
    name,
    weightsSha256,
    onnx,
    metrics,
  }));

describe('the tab and Node', () => {
  it.each(['species', 'body_mass_g'])(
    'train the same weights, models and metrics on wasm: %s',
    async (target) => {
      const here = await runHere(target, 'wasm');
      const there = await runOnNode(target, 'wasm');
      expect(here.environment.backend).toBe('wasm');
      expect(here.environment.runtime).not.toBe(there.environment.runtime);
      expect(here.dataset.sha256).toBe(there.dataset.sha256);
      expect(facts(here)).toEqual(facts(there));
    },
  );

  it('train the same weights, models and metrics on cpu, tanh included', async () => {
    const here = await runHere('species', 'cpu', (spec) => ({
      ...spec,
      candidates: spec.candidates.map((one) =>
        one.model === 'mlp' ? { ...one, parameters: { activation: 'tanh' } } : one,
      ),
    }));
    const tanh = ['--set', 'candidates[2].parameters.activation=tanh'];
    expect(facts(here)).toEqual(facts(await runOnNode('species', 'cpu', ...tanh)));
  });

  it('have the same bits of exp, ln, pow, tanh, sin and cos', async () => {
    const here = await mathBits();
    expect(Object.keys(here)).toHaveLength(6);
    expect(here).toEqual(JSON.parse(await commands.mathBitsOnNode()));
  });
});

describe('WebGPU', () => {
  it.each([
    ['species', 'relu'],
    ['species', 'tanh'],
    ['body_mass_g', 'relu'],
    ['body_mass_g', 'tanh'],
  ])('trains a few steps like wasm, and exports what it trained: %s, %s', async (target, kind) => {
    const change = network({ activation: kind });
    const gpu = await runHere(target, 'webgpu', change);
    const tensors = tensorMemory();
    const wasm = await runHere(target, 'wasm', change);
    expect(gpu.environment.backend).toBe('webgpu');
    expect(gpu.environment.adapter).toMatch(/\w/);
    expect(tensors.tensors).toBe(0);
    const [ours, theirs] = [gpu.candidates[1], wasm.candidates[1]];
    expect(ours?.parity.passed).toBe(true);
    const losses = (candidate: typeof ours) =>
      candidate?.history.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss]);
    for (const [i, loss] of (losses(ours) ?? []).entries()) {
      expect(loss).toBeCloseTo(losses(theirs)?.[i] ?? NaN, 4);
    }
    expect(losses(ours)).toHaveLength(4);
  });

  it('is timed, and a software adapter loses by itself', async () => {
    const { chosen, timings } = await probeBrowser();
    const gpu = timings.find(({ backend }) => backend === 'webgpu');
    expect(timings.map(({ backend }) => backend)).toEqual(['webgpu', 'wasm', 'cpu']);
    for (const { stepMs } of timings) expect(stepMs).toBeGreaterThan(0);
    if (/swiftshader|llvmpipe/i.test(gpu?.adapter ?? '')) expect(chosen).not.toBe('webgpu');
  });
});
