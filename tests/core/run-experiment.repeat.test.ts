import { describe, expect, it } from 'vitest';
import type { RunEvent } from '#core/run-events.ts';
import type { Spec } from '#core/spec/spec.ts';
import { expectEndsWell, noise, runCsv, tableOf, type Experiment } from '../support/experiment.ts';
import { thrownBy } from '../support/refusal.ts';

const csv = tableOf(100, {
  x: (row) => (row % 11 === 0 ? '' : noise(row).toFixed(3)),
  z: (row) => noise(row, 1).toFixed(3),
  k: (row) => ['a', 'b', 'c', ''][row % 4] ?? '',
  y: (row) => (noise(row) + noise(row, 1) > 1 ? 'hi' : 'lo'),
});

const hashes = ({ outcome }: Experiment): Record<string, string> =>
  Object.fromEntries(
    outcome.record.candidates.map(({ name, weightsSha256 }) => [name, weightsSha256]),
  );
const modelHashes = ({ outcome }: Experiment): Record<string, string> =>
  Object.fromEntries(outcome.record.candidates.map(({ name, onnx }) => [name, onnx.sha256]));
const networkOf = (spec: Spec): string =>
  spec.candidates.find(({ model }) => model === 'mlp')?.name ?? '';
const withSeed =
  (seed: number) =>
  (spec: Spec): Spec => ({ ...spec, seed });

describe('a run can be repeated', () => {
  it('the same seed gives the same weights, models, metrics and best candidate', async () => {
    const [one, two] = [await runCsv(csv, 'y'), await runCsv(csv, 'y')];
    expectEndsWell(one);
    expect(hashes(two)).toEqual(hashes(one));
    expect(modelHashes(two)).toEqual(modelHashes(one));
    const metrics = ({ outcome }: Experiment) =>
      outcome.record.candidates.map((candidate) => candidate.metrics);
    expect(metrics(two)).toEqual(metrics(one));
    expect(two.outcome.record.best).toBe(one.outcome.record.best);
  });

  it('another seed gives another network', async () => {
    const [one, two] = [await runCsv(csv, 'y', withSeed(7)), await runCsv(csv, 'y', withSeed(8))];
    expect(hashes(two)[networkOf(two.spec)]).not.toBe(hashes(one)[networkOf(one.spec)]);
  });

  it('the order of the candidates changes none of them', async () => {
    const permuted = (spec: Spec): Spec => {
      const [first, ...rest] = spec.candidates;
      return first === undefined ? spec : { ...spec, candidates: [first, ...rest.reverse()] };
    };
    const [one, two] = [await runCsv(csv, 'y'), await runCsv(csv, 'y', permuted)];
    expect(hashes(two)).toEqual(hashes(one));
    expect(two.outcome.record.best).toBe(one.outcome.record.best);
  });

  it('a candidate alone with the baseline is the same as among others', async () => {
    const without = (spec: Spec): Spec => ({
      ...spec,
      candidates: spec.candidates.filter(({ model }) => model !== 'logistic_regression'),
    });
    const [one, two] = [await runCsv(csv, 'y'), await runCsv(csv, 'y', without)];
    expect(hashes(one)).toMatchObject(hashes(two));
  });

  it('a column that is ignored might as well not be there', async () => {
    const more = tableOf(100, {
      x: (row) => (row % 11 === 0 ? '' : noise(row).toFixed(3)),
      z: (row) => noise(row, 1).toFixed(3),
      k: (row) => ['a', 'b', 'c', ''][row % 4] ?? '',
      extra: (row) => noise(row, 5).toFixed(3),
      y: (row) => (noise(row) + noise(row, 1) > 1 ? 'hi' : 'lo'),
    });
    const one = await runCsv(csv, 'y');
    const two = await runCsv(more, 'y', (spec) => ({
      ...spec,
      steps: one.spec.steps,
      columns: { ...spec.columns, extra: { type: 'ignore' } },
    }));
    expect(hashes(two)).toEqual(hashes(one));
  });
});

describe('a run tells how it goes', () => {
  it('from started to finished, each candidate in its turn', async () => {
    const { events, spec, outcome } = await runCsv(csv, 'y');
    expect(events[0]).toMatchObject({
      type: 'started',
      candidates: spec.candidates.map(({ name }) => name),
    });
    expect(events.at(-1)).toEqual({ type: 'finished', best: outcome.record.best });
    const done = events.filter((event) => event.type === 'candidate');
    expect(done.map((event) => event.record)).toEqual(outcome.record.candidates);
    expect(done.map((event) => event.done)).toEqual([1, 2, 3]);
    const epochs = events.filter(
      (event) => event.type === 'epoch' && event.candidate === networkOf(spec),
    );
    expect(epochs.length).toBeGreaterThan(1);
    for (const event of events) {
      if (event.type === 'epoch') expect(event.etaMs).toBeGreaterThanOrEqual(0);
    }
  });

  it('and stops when it is cancelled, before or in the middle', async () => {
    const before = new AbortController();
    before.abort();
    const early = await thrownBy(() => runCsv(csv, 'y', undefined, { signal: before.signal }));
    expect(early.kind).toBe('cancelled');
    for (const at of ['epoch', 'candidate', 'stage'] as const) {
      const during = new AbortController();
      const onEvent = (event: RunEvent): void => {
        if (event.type === at) during.abort();
      };
      const late = await thrownBy(() =>
        runCsv(csv, 'y', undefined, { signal: during.signal, onEvent }),
      );
      expect(late.kind, `aborted at ${at}`).toBe('cancelled');
    }
  });
});
