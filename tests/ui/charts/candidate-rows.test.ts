import { expect, test } from 'vitest';
import { spanScale } from '#ui/charts/candidate-rows.ts';

test('the scale holds every value that there is', () => {
  const x = spanScale([0.8, 0.15, null, 1], 100);
  expect(x(0.15)).toBeGreaterThanOrEqual(0);
  expect(x(1)).toBeLessThanOrEqual(100);
});

test('the scale has a range even for one number, or none', () => {
  expect(spanScale([3, null, 3], 100)(3)).toBe(50);
  expect(spanScale([null], 100).domain()).toEqual([0, 1]);
});
