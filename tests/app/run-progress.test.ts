import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelledError, runError } from '#core/errors.ts';
import { RunProgress } from '#app/run-progress.svelte.ts';

const started = {
  type: 'started',
  candidates: ['baseline', 'network'],
  backend: { name: 'wasm', adapter: null, reason: 'set by hand' },
  rows: { train: 60, validation: 20, test: 20 },
  workedMs: 0,
} as const;

const epoch = (number: number) =>
  ({
    type: 'epoch',
    candidate: 'network',
    epoch: number,
    epochs: 10,
    trainLoss: 1 / number,
    validationLoss: null,
    elapsedMs: number * 5,
    etaMs: (10 - number) * 5,
  }) as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the progress of a run', () => {
  it('is shown once a frame, in order, with nothing lost', () => {
    const progress = new RunProgress('r');
    for (const event of [started, epoch(1), epoch(2), epoch(3)]) progress.hear(event);
    expect(progress.candidates).toEqual([]);
    vi.advanceTimersByTime(16);
    expect(progress.candidates.map((candidate) => candidate.name)).toEqual(['baseline', 'network']);
    expect(progress.candidates[1]?.history.map((point) => point.epoch)).toEqual([1, 2, 3]);
    expect(progress.candidates[1]).toMatchObject({ elapsedMs: 15, etaMs: 35 });
    progress.hear(epoch(4));
    vi.advanceTimersByTime(16);
    expect(progress.candidates[1]?.history).toHaveLength(4);
  });

  it('shows how a training goes at the moment, and its layers where somebody asked', () => {
    const progress = new RunProgress('r');
    progress.hear(started);
    const memory = { of: 'kernels', bytes: 65_536, peakBytes: 65_536 } as const;
    const pulse = { step: 4, steps: 40, rowsPerSecond: 800, memory };
    progress.hear({ type: 'pulse', candidate: 'network', ...pulse, elapsedMs: 300, etaMs: 2700 });
    vi.advanceTimersByTime(16);
    expect(progress.candidates[1]).toMatchObject({ pulse, elapsedMs: 300, etaMs: 2700 });
    progress.looking();
    expect(progress.isLooking).toBe(true);
    progress.hear({ type: 'layers', candidate: 'network', epoch: 1, step: 4, rows: 2, layers: [] });
    vi.advanceTimersByTime(16);
    expect(progress.isLooking).toBe(false);
    expect(progress.candidates[1]?.seen).toMatchObject({ step: 4, rows: 2 });
  });

  it('follows a cross-validation round by round', () => {
    const progress = new RunProgress('r');
    const fold = { type: 'fold', candidate: 'network', folds: 5 } as const;
    progress.hear(started);
    progress.hear({ type: 'stage', candidate: 'network', stage: 'folds' });
    progress.hear({ ...fold, fold: 1, done: 0, epoch: null, etaMs: 900 });
    progress.hear({ ...fold, fold: 1, done: 0.1, epoch: epoch(5), etaMs: 800 });
    progress.hear({ ...fold, fold: 2, done: 0.2, epoch: null, etaMs: 700 });
    vi.advanceTimersByTime(16);
    expect(progress.candidates[1]).toMatchObject({
      stage: 'folds',
      folds: { fold: 2, folds: 5, done: 0.2, epoch: { epoch: 5 } },
      etaMs: 700,
      history: [],
    });
  });

  it('forgets how its own training went once the cross-validation begins', () => {
    const progress = new RunProgress('r');
    const memory = { of: 'kernels', bytes: 65_536, peakBytes: 65_536 } as const;
    const pulse = { step: 4, steps: 40, rowsPerSecond: 800, memory };
    const told = { type: 'pulse', candidate: 'network', ...pulse } as const;
    progress.hear(started);
    progress.hear({ ...told, elapsedMs: 300, etaMs: 2700 });
    progress.hear({ type: 'layers', candidate: 'network', epoch: 1, step: 4, rows: 2, layers: [] });
    progress.hear({ type: 'stage', candidate: 'network', stage: 'folds' });
    vi.advanceTimersByTime(16);
    expect(progress.candidates[1]).toMatchObject({ pulse: null, seen: null });
    progress.hear({ ...told, step: 8, elapsedMs: 100, etaMs: 5000 });
    vi.advanceTimersByTime(16);
    expect(progress.candidates[1]).toMatchObject({ pulse: { step: 8 }, etaMs: 5000 });
  });

  it('goes on with the curve and the clock of the sittings before, which stands still in a pause', () => {
    vi.setSystemTime(0);
    const progress = new RunProgress('r');
    progress.hear({ ...started, workedMs: 60_000 });
    progress.hear({
      type: 'resumed',
      candidate: 'network',
      fold: null,
      epoch: 2,
      history: [epoch(1), epoch(2)],
    });
    progress.hear(epoch(3));
    vi.advanceTimersByTime(16);
    expect(progress.wentOn).toEqual({ candidate: 'network', fold: null, epoch: 2 });
    expect(progress.candidates[1]?.history.map((point) => point.epoch)).toEqual([1, 2, 3]);
    expect(progress.elapsedMs(Date.now() + 500)).toBe(60_500);

    progress.pausing();
    expect(progress.status).toBe('pausing');
    progress.hear({ type: 'paused' });
    vi.advanceTimersByTime(16);
    expect(progress.status).toBe('paused');
    const worked = progress.elapsedMs(Date.now());
    expect(progress.elapsedMs(Date.now() + 9_000)).toBe(worked);
    progress.goingOn();
    progress.hear({ type: 'unpaused' });
    vi.advanceTimersByTime(16);
    expect(progress.status).toBe('running');
    expect(progress.elapsedMs(Date.now() + 1_000)).toBe((worked ?? NaN) + 1_000);
  });

  it('shows what came last before it ends', () => {
    const progress = new RunProgress('r');
    progress.hear(started);
    progress.hear({ type: 'warning', message: 'It did not converge.' });
    progress.end();
    expect(progress.status).toBe('finished');
    expect(progress.warnings).toEqual(['It did not converge.']);
  });

  it('tells a cancelled run from a failed one', () => {
    const cancelled = new RunProgress('r');
    cancelled.cancelling();
    expect(cancelled.status).toBe('cancelling');
    cancelled.fail(cancelledError());
    expect(cancelled).toMatchObject({ status: 'cancelled', failure: null });

    const failed = new RunProgress('r');
    failed.fail(runError('diverged', 'The loss became NaN.'));
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'diverged' } });
  });
});
