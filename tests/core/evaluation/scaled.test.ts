import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bootstrapMetrics } from '#core/evaluation/bootstrap.ts';
import { summaryOf } from '#core/evaluation/fold-summary.ts';
import { metricsFor } from '#core/evaluation/registry.ts';
import { scaled, scaledErrors, unscaled } from '#core/evaluation/scaled.ts';
import { RandomStream } from '#core/random.ts';
import { intervalText } from '#core/registry/figure-text.ts';

const any = fc.double({ noNaN: true, noDefaultInfinity: true });

it('the largest is from 1 up to 2, whatever the numbers, and they come back', () => {
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 5 }), (given) => {
      const all = scaled(Float64Array.from(given));
      const largest = Math.max(...all.values.map(Math.abs));
      const isBelowNormal = Math.max(...given.map(Math.abs)) < 2 ** -1022;
      expect(isBelowNormal || (largest >= 1 && largest < 2)).toBe(true);
      expect(largest).toBeLessThanOrEqual(2 ** 52);
      const at = given.findIndex((value) => Math.abs(value) === Math.max(...given.map(Math.abs)));
      expect(unscaled(all.values[at] ?? NaN, all)).toBe(given[at]);
    }),
  );
});

it('ordinary numbers have the same bits as without it', () => {
  const ordinary = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(ordinary, ordinary), { minLength: 1 }), (pairs) => {
      const errors = scaledErrors(
        Float64Array.from(pairs, ([actual]) => actual),
        Float64Array.from(pairs, ([, predicted]) => predicted),
      );
      const largest = Math.max(...pairs.map(([a, p]) => Math.abs(a - p)));
      for (const [i, [a, p]] of pairs.entries()) {
        // Beside one so much larger they are nothing, in a sum of squares too.
        if (Math.abs(a - p) > 1e-100 * largest) {
          expect(unscaled(errors.values[i] ?? NaN, errors)).toBe(a - p);
        }
      }
    }),
  );
});

async function measured(actual: readonly number[], predicted: readonly number[]) {
  const { metrics } = await bootstrapMetrics(
    {
      task: 'regression',
      actual: Float64Array.from(actual),
      predicted: Float64Array.from(predicted),
    },
    metricsFor('regression'),
    'rmse',
    { resamples: 50, random: new RandomStream(1), signal: new AbortController().signal },
  );
  return metrics;
}

it.each([1e300, 1e-300, 1e-310])('targets of about %d have every figure', async (size) => {
  const { mae, rmse, r2 } = await measured(
    [1 * size, 2 * size, 3 * size],
    [1 * size, 2 * size, 4 * size],
  );
  expect((mae?.value ?? NaN) / size).toBeCloseTo(1 / 3, 10);
  expect((rmse?.value ?? NaN) / size).toBeCloseTo(Math.sqrt(1 / 3), 10);
  expect(r2?.value).toBeCloseTo(0.5, 10);
});

it('figures past 64-bit numbers say that, and not that all rows are alike', async () => {
  const { mae, r2 } = await measured([1.7e308, -1.7e308, 1e308], [-1.7e308, 1.7e308, -1e308]);
  expect(mae?.value).toBeNull();
  expect(mae?.reason).toMatch(/past what a 64-bit number can hold/);
  expect(r2?.value).toBeCloseTo(-3, 0);
  const far = await measured([1e-300, 2e-300], [1e10, 1e10]);
  expect(far.rmse?.value).toBe(1e10);
  expect(far.r2?.reason).toMatch(/past what a 64-bit number can hold/);
  const alike = await measured([2e300, 2e300], [1e300, 1e300]);
  expect(alike.r2?.reason).toMatch(/same target value/);
});

it('folds of such figures have a deviation', () => {
  const { rmse } = summaryOf(
    [1e300, 3e300].map((value) => ({ weightsSha256: '', metrics: { rmse: value } })),
  );
  expect(rmse?.mean).toBe(2e300);
  expect((rmse?.standardDeviation ?? NaN) / 1e300).toBeCloseTo(Math.SQRT2, 12);
});

it('a figure in a very large unit is told, and what rounding leaves is 0', () => {
  expect(intervalText({ value: 6.1e-301, low: null, high: null })).toBe('6.100e-301');
  expect(intervalText({ value: 2e-16, low: null, high: null })).toBe('0.000');
  expect(intervalText({ value: 0, low: null, high: null })).toBe('0.000');
  // Beside 31,908, a baseline of 156,409 was written 1.564e+5.
  expect(intervalText({ value: 156_409.24, low: 98_584.14, high: 1_710_776.7 })).toBe(
    '156409 (98584.1 to 1710777)',
  );
  expect(intervalText({ value: 4.5e9, low: null, high: null })).toBe('4.500e+9');
});
