import * as v from 'valibot';
import { expect } from 'vitest';
import { readContract } from '#core/predict.ts';
import { runExperiment, type RunOutcome } from '#core/run-experiment.ts';
import type { RunEvent } from '#core/run-events.ts';
import { TerrariumError } from '#core/errors.ts';
import type { Dataset } from '#core/data/table.ts';
import type { Contract } from '#core/spec/contract.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { runRecordSchema } from '#core/spec/run-record.ts';
import type { Spec } from '#core/spec/spec.ts';
import type { Engine, ModelSession } from '#core/engine.ts';
import type { ExtractorBytes } from '#core/extractors/extractor.ts';
import { createNodeEngine } from '#engine/node-engine.ts';
import { readText, writeCsv } from './csv.ts';
import { expectSentence } from './refusal.ts';

let engine: Promise<Engine> | undefined;

/** The engine of the command line, on wasm: made once per test file. */
export function nodeEngine(): Promise<Engine> {
  engine ??= createNodeEngine('wasm');
  return engine;
}

export interface Experiment {
  readonly dataset: Dataset;
  readonly spec: Spec;
  readonly outcome: RunOutcome;
  readonly events: readonly RunEvent[];
}

/** A made-up table: rows of a header and of cells computed from the row's number. */
export function tableOf(
  rows: number,
  columns: Readonly<Record<string, (row: number) => string | number>>,
): string {
  const names = Object.keys(columns);
  const cells = Array.from({ length: rows }, (_, row) =>
    names.map((name) => String(columns[name]?.(row) ?? '')),
  );
  return writeCsv([names, ...cells]);
}

/** Numbers in [0, 1) that look random and depend on the row and a salt alone. */
export function noise(row: number, salt = 0): number {
  let x = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
}

interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  readonly extractorBytes?: ExtractorBytes;
}

/** Runs the proposed spec of a CSV, changed where a test wants it; a hundred resamples keep it quick. */
export async function runCsv(
  csv: string,
  target: string,
  change?: (spec: Spec) => Spec,
  options?: RunOptions,
): Promise<Experiment> {
  return runDataset(await readText(csv), target, change, options);
}

/** The same of any data set. */
export async function runDataset(
  dataset: Dataset,
  target: string,
  change: (spec: Spec) => Spec = (spec) => spec,
  options: RunOptions = {},
): Promise<Experiment> {
  const proposed = proposeSpec(dataset.info, target, { seed: 7 });
  return runSpec(dataset, change({ ...proposed, evaluation: { resamples: 100 } }), options);
}

/** A spec as it is. */
export async function runSpec(
  dataset: Dataset,
  spec: Spec,
  options: RunOptions = {},
): Promise<Experiment> {
  const events: RunEvent[] = [];
  const outcome = await runExperiment({
    spec,
    dataset,
    engine: await nodeEngine(),
    signal: options.signal ?? new AbortController().signal,
    onEvent: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
    ...(options.extractorBytes && { extractorBytes: options.extractorBytes }),
    id: 'test-run',
    commit: null,
  });
  return { dataset, spec, outcome, events };
}

/** Without the network, for tests that are about something else. */
export function withoutNetwork(spec: Spec): Spec {
  const networks = new Set(['mlp', 'cnn']);
  return { ...spec, candidates: spec.candidates.filter(({ model }) => !networks.has(model)) };
}

/**
 * What every finished run owes: a valid record, parity, numbers or a reason, a contract in every model.
 */
export function expectEndsWell({ outcome, spec }: Experiment): void {
  const { record, models } = outcome;
  expect(v.safeParse(runRecordSchema, record).issues).toBeUndefined();
  expect(record.status, JSON.stringify(record.warnings)).toBe('finished');
  expect(record.candidates.map(({ name }) => name)).toEqual(
    spec.candidates.map(({ name }) => name),
  );
  expect(record.candidates.map(({ name }) => name)).toContain(record.best);
  const { train, validation, test, leftOut } = record.split;
  expect(train + validation + test + leftOut).toBe(record.dataset.rowsUsed);
  const { rowsUsed, rowsWithoutTarget, rowsWithoutHistory = 0, rows } = record.dataset;
  expect(rowsUsed + rowsWithoutTarget + rowsWithoutHistory).toBe(rows);
  for (const candidate of record.candidates) {
    const { parity, name } = candidate;
    expect(parity.passed, `${name}: ${parity.maxAbsDifference} over ${parity.tolerance}`).toBe(
      true,
    );
    expect(parity.maxAbsDifference).toBeLessThanOrEqual(1e-5);
    expect(parity.rows).toBeGreaterThan(0);
    for (const part of [candidate.metrics.validation, candidate.metrics.test]) {
      expect(Object.keys(part).length).toBeGreaterThan(0);
      for (const [metric, { value, low, high, reason }] of Object.entries(part)) {
        if (value === null) expectSentence(reason ?? `${name} ${metric} has no reason`);
        else expect(Number.isFinite(value), `${name} ${metric}`).toBe(true);
        if (low !== null && high !== null) expect(low).toBeLessThanOrEqual(high);
      }
    }
    for (const point of candidate.history) expect(Number.isFinite(point.trainLoss)).toBe(true);
    const model = models.get(name);
    expect(model === undefined ? undefined : readContract(model)).toEqual(record.contract);
  }
  for (const warning of record.warnings) expectSentence(warning);
}

/** Ends well, or is refused by a sentence; which of the two, and the experiment where it ended. */
export async function endsWellOrRefused(
  run: Promise<Experiment>,
): Promise<Experiment | TerrariumError> {
  try {
    const experiment = await run;
    expectEndsWell(experiment);
    return experiment;
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError)) throw thrown;
    expectSentence(thrown.message);
    expect(['input', 'run']).toContain(thrown.kind);
    return thrown;
  }
}

/** The exported model of the best candidate, open; whoever asks for it releases it, or ends with its file. */
export async function openBest({
  outcome: { record, models },
}: Experiment): Promise<{ readonly session: ModelSession; readonly contract: Contract }> {
  const bytes = models.get(record.best ?? '') ?? expect.fail('no best model');
  return {
    session: await (await nodeEngine()).openModel(bytes),
    contract: readContract(bytes),
  };
}

/** A candidate's record by its model's name. */
export function candidateOf({ outcome }: Experiment, model: string) {
  const found = outcome.record.candidates.find((candidate) => candidate.model === model);
  if (found === undefined) throw new Error(`no candidate trained ${model}`);
  return found;
}
