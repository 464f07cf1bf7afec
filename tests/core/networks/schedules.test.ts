import { describe, expect, it } from 'vitest';
import { mlp } from '#core/models/networks/mlp.ts';
import { trainingOf } from '#core/networks/training.ts';
import { resolveParameters } from '#core/spec/parameters.ts';

const batches = 5;

/** The learning rate of each step of four epochs. */
function ratesOf(parameters: Readonly<Record<string, unknown>>, epochs = 4): number[] {
  const values = resolveParameters(mlp.parameters, { learning_rate: 1, ...parameters }, 'test');
  const { rateAt } = trainingOf(values);
  const steps = epochs * batches;
  return Array.from({ length: steps }, (_, step) => rateAt({ step, steps, batches }));
}

describe('the learning rate', () => {
  it('stays, unless somebody asks for more', () => {
    expect(new Set(ratesOf({}))).toEqual(new Set([1]));
  });

  it('drops after every so many epochs', () => {
    const rates = ratesOf({ schedule: 'step', drop_epochs: 2, drop_factor: 0.5 });
    expect(rates).toEqual([...Array<number>(10).fill(1), ...Array<number>(10).fill(0.5)]);
  });

  it('falls on half a cosine wave', () => {
    const rates = ratesOf({ schedule: 'cosine' });
    expect(rates[0]).toBe(1);
    expect(rates[10]).toBeCloseTo(0.5, 12);
    expect(rates.every((rate, i) => i === 0 || rate < (rates[i - 1] ?? 0))).toBe(true);
    expect(rates.every((rate) => rate > 0)).toBe(true);
  });

  it('rises to its highest within the warm-up, and then falls to almost nothing', () => {
    const rates = ratesOf({ schedule: 'one_cycle', warmup: 0.4 });
    expect(rates[0]).toBeCloseTo(1 / 25, 12);
    expect(rates.indexOf(Math.max(...rates))).toBe(7);
    expect(rates[7]).toBeCloseTo(1, 12);
    expect(rates.at(-1)).toBeCloseTo(1 / 25e4, 12);
  });

  it.each([0, 0.01, 0.9])(
    'of one cycle is a number with a warm-up of %d in few steps',
    (warmup) => {
      for (const epochs of [1, 2]) {
        for (const rate of ratesOf({ schedule: 'one_cycle', warmup }, epochs)) {
          expect(rate).toBeGreaterThan(0);
          expect(rate).toBeLessThanOrEqual(1);
        }
      }
    },
  );

  it.each([
    [{ optimizer: 'rmsprop' }, 'optimizer must be one of adam, adamw, sgd'],
    [{ momentum: 1 }, 'momentum must be a number from 0 to 0.999'],
    [{ nesterov: 'yes' }, 'nesterov must be true or false'],
    [{ schedule: 'linear' }, 'schedule must be one of constant, step, cosine, one_cycle'],
    [{ drop_epochs: 0 }, 'drop_epochs must be an integer from 1'],
    [{ drop_factor: 2 }, 'drop_factor must be a number from 0.001 to 1'],
    [{ warmup: 1 }, 'warmup must be a number from 0 to 0.9'],
  ])('and the optimizer refuse %o', (given, message) => {
    expect(() => resolveParameters(mlp.parameters, given, 'here')).toThrow(message);
  });
});
