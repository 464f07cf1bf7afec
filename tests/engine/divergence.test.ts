import { describe, expect, it } from 'vitest';
import { refuseDivergence, refuseNoNumber } from '#engine/networks/divergence.ts';

const place = { epoch: 3, step: 41 };

describe('a loss', () => {
  it.each([
    [0.7, 0.1],
    [0.7, 999_999],
    [0, 1e6],
    [1e9, 1e14],
    [3e38, 3e38],
  ])('that began at %d may be %d', (first, mean) => {
    expect(() => {
      refuseDivergence({ ...place, first, mean });
    }).not.toThrow();
  });

  it.each([
    [0.7, 1e6 + 1, 'has exploded from 0.700 to 1.00e+6 in epoch 3, at step 41'],
    [2, 3e6, 'has exploded from 2.00 to 3.00e+6'],
    [0.7, NaN, 'is no longer a number in epoch 3, at step 41'],
    [NaN, NaN, 'is no longer a number'],
    [0.7, Infinity, 'is no longer a number'],
    [4e38, 4e38, 'is no longer a number'],
  ])('that began at %d may not be %d', (first, mean, message) => {
    expect(() => {
      refuseDivergence({ ...place, first, mean });
    }).toThrow(message);
  });

  it('of validation rows is a number', () => {
    expect(() => {
      refuseNoNumber(2, NaN);
    }).toThrow('validation loss is no longer a number after epoch 2');
  });
});
