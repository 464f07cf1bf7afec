import { describe, expect, it } from 'vitest';
import type { TrainedModel } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { stoppingAt } from '#core/networks/budget.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawTraining, trainToEnd } from '../support/training-data.ts';

const ROWS = 100;
const settings = { batch_size: 10, epochs: 10_000, patience: 10_000 };

function train(changes: Readonly<Record<string, unknown>>) {
  return trainToEnd(
    trainNetworkOn('wasm', mlp),
    drawTraining('classification', { seed: 1, outputs: 3, rows: ROWS }),
    resolveParameters(mlp.parameters, { ...settings, ...changes }, 'test'),
  );
}

const bitsOf = ({ weights }: TrainedModel) => weights.map(({ values }) => [...values]);

describe('a budget', () => {
  it('of steps ends the training in the middle of an epoch', async () => {
    const { model, history } = await train({ max_steps: 23 });
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(model.stoppedAtStep).toBeUndefined();
    const longer = await train({ max_steps: 30 });
    expect(longer.history.slice(0, 2)).toEqual(history.slice(0, 2));
    expect(longer.history[2]?.trainLoss).not.toBe(history[2]?.trainLoss);
    const whole = await train({ epochs: 3 });
    expect(bitsOf(whole.model)).toEqual(bitsOf(longer.model));
    expect(whole.history.map(({ trainLoss }) => trainLoss)).toEqual(
      longer.history.map(({ trainLoss }) => trainLoss),
    );
  });

  it('of one step is a training', async () => {
    const { history } = await train({ max_steps: 1 });
    expect(history).toHaveLength(1);
    expect(history[0]?.trainLoss).toBeGreaterThan(0);
  });

  it('of seconds ends it and says in which step, and so many steps give the same weights', async () => {
    const timed = await train({ max_seconds: 0.05 });
    const { stoppedAtStep = 0 } = timed.model;
    expect(stoppedAtStep).toBeGreaterThan(0);
    expect(timed.model.warnings).toEqual([
      `Training stopped after 0.05 s, in step ${stoppedAtStep}: max_seconds allows no more.`,
    ]);
    const again = await train(stoppingAt({ max_seconds: 0.05 }, stoppedAtStep));
    expect(bitsOf(again.model)).toEqual(bitsOf(timed.model));
    expect(again.history).toEqual(timed.history);
    expect(again.model.warnings).toEqual([]);
  });

  it('of seconds is none where another training is to end as one that it did not stop', () => {
    expect(stoppingAt({ max_seconds: 5, max_steps: 9 }, undefined)).toEqual({
      max_seconds: 0,
      max_steps: 9,
    });
    expect(stoppingAt({ C: 1 }, undefined)).toEqual({ C: 1 });
  });

  it('of seconds counts what validation rows take', async () => {
    // A step of four rows is nothing beside them: not counting them, all epochs would fit in.
    const [train, validation] = [4, 20_000].map((rows) =>
      drawTraining('classification', { seed: 1, outputs: 3, rows }),
    );
    if (train === undefined || validation === undefined) throw new Error('no rows');
    const given = { hidden_units: [32], max_seconds: 0.1, epochs: 1000, patience: 1000 };
    const { model, history } = await trainToEnd(
      trainNetworkOn('wasm', mlp),
      train,
      resolveParameters(mlp.parameters, given, 'test'),
      1,
      validation,
    );
    expect(history.length).toBeLessThan(1000);
    expect(model.stoppedAtStep).toBe(history.length);
  });
});
