import { afterAll, describe, expect, it } from 'vitest';
import { TerrariumError } from '#core/errors.ts';
import { runExperiment, type RunOutcome } from '#core/run-experiment.ts';
import { nodeEngine } from '../support/experiment.ts';
import { randomRun, type RandomRun } from '../support/random-run.ts';
import { expectSentence } from '../support/refusal.ts';
import { ExportedFiles } from './exported-files.ts';

/**
 * Chains of several steps before three models, all with parameters from anywhere in their ranges: what the matrix of each
 * step before each model, near its defaults, does not meet.
 */
const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);

const exported = new ExportedFiles();
afterAll(() => {
  exported.remove();
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
      await exported.add(title, models.get(name) ?? new Uint8Array(), record.contract, run.later);
    }
  });
});

it('all files pass onnx.checker and answer the same in Python’s onnxruntime', async () => {
  // Refusing everything would be easy.
  expect(exported.count).toBeGreaterThan(SEEDS.length);
  await exported.expectSameInPython();
}, 300_000);
