import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { ModelSession } from '#core/engine.ts';
import { modelCard } from '#core/registry/model-card.ts';
import { measuredLines } from '#core/registry/measured-lines.ts';
import { compareRuns } from '#core/run/compare-runs.ts';
import { measureSpeed } from '#core/run/measure-speed.ts';
import type { Contract } from '#core/spec/contract.ts';
import { runRecordSchema, type RunRecord } from '#core/spec/run-record.ts';
import type { Spec } from '#core/spec/spec.ts';
import {
  expectEndsWell,
  noise,
  runCsv,
  tableOf,
  withoutNetwork,
} from '../../support/experiment.ts';
import { expectSentence } from '../../support/refusal.ts';

const csv = tableOf(80, {
  x: (row) => noise(row).toFixed(3),
  y: (row) => (noise(row) > 0.5 ? 'yes' : 'no'),
  price: (row) => (100 * noise(row) + noise(row, 1)).toFixed(2),
});

const asking =
  (contract: Spec['contract']) =>
  (spec: Spec): Spec => ({ ...withoutNetwork(spec), contract });

function marks(record: RunRecord): Record<string, boolean | null> {
  return Object.fromEntries(measuredLines(record).map(({ title, met }) => [title, met]));
}

describe('a run holds its best model against the contract', () => {
  it('that asks for what it gives', async () => {
    const run = await runCsv(
      csv,
      'y',
      asking({ row: 'one day', threshold: 0.5, latencyMs: 10_000, rowsPerSecond: 1 }),
    );
    expectEndsWell(run);
    const { record } = run.outcome;
    expect(marks(record)).toEqual({
      'Macro F1': true,
      'Latency of one row': true,
      Throughput: true,
    });
    const { latency, throughput, candidate } = record.measured ?? {};
    expect(candidate).toBe(record.best);
    expect(latency?.predictions).toBe(200);
    expect(latency?.medianMs).toBeLessThanOrEqual(latency?.p95Ms ?? 0);
    expect(throughput?.rowsPerSecond).toBeGreaterThan(1);
    for (const { text } of measuredLines(record)) expectSentence(text);
    if (record.measured === undefined) throw new Error('nothing was measured');
    const once = { ...record.measured, latency: { predictions: 1, medianMs: 36.7, p95Ms: 36.7 } };
    expect(measuredLines({ ...record, measured: once })[1]?.text).toBe(
      '36.7 ms, in a single prediction, where the run was made.',
    );
    expect(modelCard(record)).toMatch(/## Contract\n\n- One row: one day\n- Macro F1, met: /);
  });

  it('that asks for more', async () => {
    const { outcome } = await runCsv(
      csv,
      'price',
      asking({ threshold: 1e-6, latencyMs: 1e-9, rowsPerSecond: 1e12 }),
    );
    expect(outcome.record.status).toBe('finished');
    expect(marks(outcome.record)).toEqual({
      RMSE: false,
      'Latency of one row': false,
      Throughput: false,
    });
    expect(measuredLines(outcome.record)[0]?.text).toMatch(
      /The contract asks for at most 0\.000001\./,
    );
    expect(modelCard(outcome.record)).toContain('- RMSE, **not met**: ');
  });

  it('that asks for nothing: speeds are told, and nothing is met or missed', async () => {
    const { outcome } = await runCsv(csv, 'y', asking(undefined));
    expect(marks(outcome.record)).toEqual({ 'Latency of one row': null, Throughput: null });
    expect(modelCard(outcome.record)).not.toMatch(/met/);
  });

  it('and a replay compares none of it', async () => {
    const { outcome } = await runCsv(csv, 'y', asking({ threshold: 0.5, latencyMs: 1 }));
    const slow = structuredClone(outcome.record);
    if (slow.measured !== undefined)
      slow.measured.latency = { medianMs: 9, p95Ms: 9, predictions: 1 };
    expect(compareRuns(outcome.record, slow, true).same).toBe(true);
  });

  it('records of before are read, and their cards made', async () => {
    const { outcome } = await runCsv(csv, 'y', asking(undefined));
    const { measured, ...old } = outcome.record;
    expect(measured).toBeDefined();
    expect(v.parse(runRecordSchema, old)).toEqual(old);
    expect(modelCard(old)).not.toContain('## Contract');
  });
});

describe('speed is measured', () => {
  const contract: Contract = {
    version: 1,
    name: 'x',
    task: 'regression',
    target: { name: 'y', missing: [''] },
    inputs: [
      { name: 'x', tensor: 'x', type: 'numeric', dtype: 'float32', missing: [''], example: 0 },
    ],
    primaryMetric: 'rmse',
  };
  const columns = [{ kind: 'numeric' as const, name: 'x', values: Float64Array.of(1, 2, 3) }];

  /** A model that takes as long as it is told, by a clock of its own. */
  function modelTaking(msOf: (call: number, rows: number) => number, asked = contract) {
    let calls = 0;
    let clock = 0;
    const session: ModelSession = {
      run: (_, rows) => {
        clock += msOf(calls, rows);
        calls += 1;
        return Promise.resolve({ value: new Float64Array(rows) });
      },
      release: () => Promise.resolve(),
    };
    const none = new AbortController().signal;
    return measureSpeed(session, asked, { columns, rows: [0, 1, 2] }, none, () => clock);
  }

  it('over 200 rows after ten to warm up, by the nearest rank', async () => {
    const took = (call: number): number => (call < 10 ? 3 : (call - 9) / 100);
    const { latency } = await modelTaking(took);
    expect(latency.predictions).toBe(200);
    expect(latency.medianMs).toBeCloseTo(1, 10);
    expect(latency.p95Ms).toBeCloseTo(1.9, 10);
  });

  it('for a second at most where the model is slow', async () => {
    const { latency, throughput } = await modelTaking((_, rows) => (rows === 1 ? 60 : 400));
    expect(latency).toEqual({ medianMs: 60, p95Ms: 60, predictions: 7 });
    expect(throughput).toEqual({ rowsPerSecond: 2500, rows: 1000 });
    expect((await modelTaking(() => 5000)).latency.predictions).toBe(1);
  });

  it('in a batch of five seconds where a network reads features of each image', async () => {
    const extractor = { file: 'net.onnx', sha256: '0', bytes: 1, features: 4 };
    const inputs = contract.inputs.map((input) => ({ ...input, extractor }));
    const { throughput } = await modelTaking((_, rows) => 100 * rows, { ...contract, inputs });
    expect(throughput).toEqual({ rowsPerSecond: 10, rows: 50 });
  });

  it('in batches, over all of their time', async () => {
    const { throughput } = await modelTaking((_, rows) => rows / 50);
    expect(throughput).toEqual({ rowsPerSecond: 50_000, rows: 5000 });
  });
});
