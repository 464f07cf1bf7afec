import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PARITY_TOLERANCE } from '#core/run/parity-tolerance.ts';
import { MOST_DEVIATIONS, refuseFarTarget } from '#core/run/refuse-far-target.ts';
import { refusalOf } from '../../support/refusal.ts';

const some = Float64Array.of(1, 2);

const targetOf = (mean: number, standardDeviation: number) => ({
  task: 'regression' as const,
  target: { name: 'when', missing: [], mean, standardDeviation },
});

it('a target is refused from there on, on both sides of 0', async () => {
  for (const sign of [1, -1]) {
    expect(() => {
      refuseFarTarget(targetOf(sign * MOST_DEVIATIONS, 1), some);
    }).not.toThrow();
    const error = await refusalOf(() => refuseFarTarget(targetOf(sign * 1.7e18, 2e4), some));
    expect(error.message).toContain(`mean ${sign * 1.7e18} and the deviation 20000 `);
    expect(error.message).toContain('8.5e+13 deviations');
  }
});

it('what is not refused is answered to half of what parity allows', () => {
  const far = fc.double({ min: 0, max: MOST_DEVIATIONS, noNaN: true });
  const deviation = fc.double({ min: 1e-150, max: 1e150, noNaN: true });
  const answer = fc.double({ min: -20, max: 20, noNaN: true });
  fc.assert(
    fc.property(far, deviation, answer, (away, sd, z) => {
      const mean = Math.min(away * sd, MOST_DEVIATIONS * sd);
      // As the graph does.
      const value = (z + mean / sd) * sd;
      expect(Math.abs((value - mean) / sd - z)).toBeLessThanOrEqual(0.51 * PARITY_TOLERANCE);
    }),
    { numRuns: 2000 },
  );
});

it('one value in all training rows is what all answers are', () => {
  expect(() => {
    refuseFarTarget(targetOf(1.7e18, 1), new Float64Array(5).fill(1.7e18));
  }).not.toThrow();
});

it('other tasks have no such target', () => {
  const classes = { name: 'kind', missing: [], classes: ['a', 'b'] };
  expect(() => {
    refuseFarTarget({ task: 'classification', target: classes }, some);
  }).not.toThrow();
});
