import { describe, expect, it } from 'vitest';
import { Chance } from '#core/networks/augmentation/chance.ts';

describe('random numbers of a place', () => {
  it('are the same in whatever order one asks', () => {
    const [one, other] = [new Chance(1, 2, 3), new Chance(1, 2, 3)];
    const forth = [0, 1, 2, 3].map((k) => one.uniform(k));
    expect([3, 2, 1, 0].map((k) => other.uniform(k)).toReversed()).toEqual(forth);
    expect(new Set(forth).size).toBe(4);
    expect(new Chance(1, 3, 2).uniform(0)).not.toBe(one.uniform(0));
  });

  it('are between 0 and 1, with the variance of even ones', () => {
    const all = Array.from({ length: 5000 }, (_, row) => new Chance(9, 4, row).uniform(6));
    expect(all.every((one) => one > 0 && one < 1)).toBe(true);
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    const variance = all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.003);
  });

  it.each([1e-6, 1e-3, 10])('give shares from 0 to 1 also for Beta(%d, %d)', (alpha) => {
    for (let step = 0; step < 2000; step += 1) {
      const share = new Chance(9, step).beta(0, alpha);
      expect(share >= 0 && share <= 1).toBe(true);
    }
  });
});
