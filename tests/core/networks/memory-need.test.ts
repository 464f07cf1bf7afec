import { describe, expect, it } from 'vitest';
import { mlp } from '#core/models/networks/mlp.ts';
import { leastMemory, refuseMemory, type MemoryNeed } from '#core/networks/memory-need.ts';
import { trainingOf } from '#core/networks/training.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawTraining } from '../../support/training-data.ts';

const train = drawTraining('classification', { seed: 1, outputs: 3, rows: 100 });
const validation = drawTraining('classification', { seed: 2, outputs: 3, rows: 30 });

function needOf(changes: Readonly<Record<string, unknown>>): MemoryNeed {
  const parameters = resolveParameters(mlp.parameters, changes, 'test');
  const { task, outputs, features } = train;
  const plan = mlp.network?.({ task, outputs, width: features.width }, parameters);
  if (plan === undefined) throw new Error('no plan');
  return leastMemory(plan, trainingOf(parameters), train, validation);
}

describe('what a training takes at least', () => {
  const { width } = train.features;

  it('is its rows, its weights with what the optimizer remembers, and a batch on its way', () => {
    const weights = width * 7 + 7 + 7 * 3 + 3;
    expect(needOf({ hidden_units: [7], batch_size: 16 })).toEqual({
      rows: 4 * 130 * (width + 1),
      weights: 4 * 4 * weights,
      batch: 4 * 16 * (width + 2 * 7 + 2 * 3),
    });
  });

  it('is less with a plainer optimizer, and a batch holds no more rows than there are', () => {
    const of = (changes: object) => needOf({ hidden_units: [7], ...changes });
    const { weights } = of({});
    expect(of({ optimizer: 'sgd' }).weights).toBe((3 * weights) / 4);
    expect(of({ optimizer: 'sgd', momentum: 0 }).weights).toBe(weights / 2);
    expect(of({ batch_size: 60_000 }).batch).toBe(of({ batch_size: 100 }).batch);
  });
});

describe('a training beyond its budget', () => {
  const need = { rows: 3e6, weights: 2e6, batch: 1e6 };

  it('is refused with what it needs, of what, and what to change', () => {
    expect(() => refuseMemory(need, 6e6)).not.toThrow();
    expect(() => refuseMemory(need, Infinity)).not.toThrow();
    expect(() => refuseMemory(need, 5_999_999)).toThrow(
      'This network needs at least 6 MB of memory (3 MB for its rows, 2 MB for its weights and what the optimizer remembers, and 1 MB for a batch on its way through the layers), and max_memory_mb allows 6 MB.',
    );
  });

  it.each([
    ['fewer rows', need],
    ['units or filters of its layers;', { ...need, weights: 9e6 }],
    ['Lower batch_size', { ...need, batch: 9e6 }],
  ])('names what would help most: %s', (hint, one) => {
    expect(catchOf(() => refuseMemory(one, 1e6))).toMatchObject({
      code: 'memory_budget',
      hint: expect.stringContaining(hint) as string,
    });
  });
});

function catchOf(body: () => void): unknown {
  try {
    body();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}
