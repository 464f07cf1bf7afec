import { expect, it } from 'vitest';
import { Headway, timeLeftMs } from '#core/run/time-left.ts';

it('the time left is that of the epochs or steps to come, at the pace so far', () => {
  expect(timeLeftMs(2_000, 0.25, {})).toBe(6_000);
  expect(timeLeftMs(2_000, 1, {})).toBe(0);
});

it('a budget of seconds bounds it, also one that is overdrawn', () => {
  expect(timeLeftMs(2_000, 0.001, { max_seconds: 5 })).toBe(3_000);
  expect(timeLeftMs(2_000, 0.5, { max_seconds: 5 })).toBe(2_000);
  expect(timeLeftMs(6_000, 0.5, { max_seconds: 5 })).toBe(0);
  expect(timeLeftMs(2_000, 0.25, { max_seconds: 0 })).toBe(6_000);
});

it('a budget of steps is further along than its epochs are, and headway is never lost', () => {
  const headway = new Headway();
  expect(headway.at({ epoch: 1, epochs: 100 })).toBe(0.01);
  expect(headway.at({ step: 40, steps: 50 })).toBe(0.8);
  expect(headway.at({ epoch: 2, epochs: 100 })).toBe(0.8);
  expect(headway.at({ step: 50, steps: 50 })).toBe(1);
});
