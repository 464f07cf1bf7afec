import { describe, expect, it } from 'vitest';
import {
  endedAtOnce,
  RANGE_STEPS,
  rateCurve,
  rateOfStep,
  suggestRates,
} from '#core/networks/rate-finder.ts';

/** Losses of all steps by their rate. */
function lossesBy(loss: (rate: number) => number): number[] {
  return Array.from({ length: RANGE_STEPS }, (_, step) => loss(rateOfStep(step)));
}

/** Flat, falling on half a decade before 0.01, flat, and beyond 1 four times as high with each step. */
const planted = lossesBy((rate) => {
  if (rate > 1) return 0.2 * 4 ** Math.round(12.4 * Math.log10(rate) + 1);
  return 0.2 + 0.8 / (1 + (rate / 0.01) ** 4);
});

describe('the rates of a range test', () => {
  it('go from 1e-7 to 10, each as many times the one before', () => {
    expect(rateOfStep(0)).toBe(1e-7);
    expect(rateOfStep(RANGE_STEPS - 1)).toBeCloseTo(10, 12);
    const factor = rateOfStep(1) / rateOfStep(0);
    for (let step = 1; step < RANGE_STEPS; step += 1) {
      expect(rateOfStep(step) / rateOfStep(step - 1)).toBeCloseTo(factor, 9);
    }
  });
});

describe('the curve of a range test', () => {
  it('begins with the first loss, and a steady loss stays what it is', () => {
    const { points, ended } = rateCurve([0.7, 0.7, 0.7]);
    expect(ended).toBeNull();
    for (const { loss, smoothed } of points) {
      expect(loss).toBe(0.7);
      expect(smoothed).toBeCloseTo(0.7, 12);
    }
    expect(rateCurve([])).toEqual({ points: [], ended: null });
  });

  it('ends after its last step, whatever comes behind', () => {
    const steady = Array<number>(RANGE_STEPS).fill(1);
    expect(rateCurve(steady)).toMatchObject({ ended: 'steps' });
    expect(rateCurve([...steady, 9, 9])).toEqual(rateCurve(steady));
  });

  it('ends where the smoothed loss is more than four times its lowest', () => {
    const { points, ended } = rateCurve(planted);
    expect(ended).toBe('diverged');
    const lowest = Math.min(...points.map(({ smoothed }) => smoothed));
    const [last, ...before] = points.toReversed();
    expect(last?.smoothed).toBeGreaterThan(4 * lowest);
    for (const { smoothed } of before) expect(smoothed).toBeLessThanOrEqual(4 * lowest);
  });

  it('does not end where the first batches have no loss, since none of their rows counts', () => {
    const { points, ended } = rateCurve([0, 0, 1, 0.9, 0, 1]);
    expect(points).toHaveLength(6);
    expect(ended).toBeNull();
    expect(rateCurve([0, 1, 100]).ended).toBe('diverged');
  });

  it.each([NaN, Infinity])('ends before a loss of %d', (loss) => {
    const { points, ended } = rateCurve([1, 1, loss, 1, 1]);
    expect(points).toHaveLength(2);
    expect(ended).toBe('diverged');
  });

  it('is the same however its losses come', () => {
    const whole = rateCurve(planted);
    for (let taken = 1; taken < planted.length; taken += 1) {
      const { points } = rateCurve(planted.slice(0, taken));
      expect(points).toEqual(whole.points.slice(0, taken));
    }
  });
});

describe('the suggested rates', () => {
  it('are where the loss falls fastest, and a tenth of where it is lowest', () => {
    const rates = suggestRates(rateCurve(planted));
    expect(rates.map(({ rule }) => rule)).toEqual(['steepest', 'minimum']);
    const [steepest, minimum] = rates.map(({ rate }) => rate);
    // Smoothing looks back, so that it sees the fall late.
    expect(steepest).toBeGreaterThan(0.01);
    expect(steepest).toBeLessThan(0.05);
    expect(minimum).toBeGreaterThan(0.05);
    expect(minimum).toBeLessThan(0.2);
  });

  it('move with the curve', () => {
    const of = (shift: number) =>
      suggestRates(rateCurve(lossesBy((rate) => 0.2 + 0.8 / (1 + (rate * shift) ** 4))));
    const [[early], [late]] = [of(1e4), of(1e2)];
    // Fewer points are smoothed together at the beginning.
    expect(Math.log10((late?.rate ?? NaN) / (early?.rate ?? NaN))).toBeCloseTo(2, 0);
  });

  it('have two digits', () => {
    for (const { rate } of suggestRates(rateCurve(planted))) {
      expect(rate).toBe(Number(rate.toPrecision(2)));
    }
  });

  it.each<[string, (rate: number) => number]>([
    ['flat', () => 0.7],
    ['nothing but 0', () => 0],
    ['rising', (rate) => 1 + rate],
  ])('of a loss that is %s are none', (_, loss) => {
    const curve = rateCurve(lossesBy(loss));
    expect(suggestRates(curve)).toEqual([]);
    expect(endedAtOnce(curve)).toBe(false);
  });

  it.each([0, 1, 2, 16])('of %d points before it diverges are none', (steps) => {
    const falling = Array.from({ length: steps }, (_, step) => 1 / (1 + step));
    const curve = rateCurve([...falling, NaN]);
    expect(curve.points).toHaveLength(steps);
    expect(suggestRates(curve)).toEqual([]);
    expect(endedAtOnce(curve)).toBe(true);
  });

  it('of two points that count are the second one over the first', () => {
    const curve = rateCurve([...Array.from({ length: 17 }, (_, step) => 1 - step / 100), NaN]);
    expect(endedAtOnce(curve)).toBe(false);
    expect(suggestRates(curve)).toEqual([
      { rule: 'steepest', rate: Number(rateOfStep(10).toPrecision(2)) },
      { rule: 'minimum', rate: Number((rateOfStep(11) / 10).toPrecision(2)) },
    ]);
  });
});
