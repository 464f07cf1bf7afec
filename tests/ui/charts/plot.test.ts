import { expect, test } from 'vitest';
import { walkedTo } from '#ui/charts/plot.ts';

test.each([
  ['ArrowRight', 4, 5],
  ['ArrowUp', 4, 5],
  ['ArrowLeft', 4, 3],
  ['ArrowDown', 4, 3],
  ['PageUp', 4, 14],
  ['PageDown', 14, 4],
  ['Home', 4, 0],
  ['End', 4, 19],
  ['ArrowLeft', 0, 0],
  ['PageUp', 15, 19],
  ['ArrowRight', null, 0],
  ['ArrowLeft', null, 19],
  ['Tab', 4, null],
])('of 20 places, %s leads from %s to %s', (key, from, to) => {
  expect(walkedTo(key, from, 20)).toBe(to);
});
