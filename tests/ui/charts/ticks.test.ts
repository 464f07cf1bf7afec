import { scaleLinear } from 'd3';
import { expect, it } from 'vitest';
import { ticksOf, wholeTicksOf } from '#ui/charts/ticks.ts';

it('epochs are whole, however few there are', () => {
  const two = scaleLinear().domain([1, 2]).range([0, 100]);
  expect(ticksOf(two, 4).map(({ text }) => text)).toContain('1.2');
  expect(wholeTicksOf(two, 4)).toEqual([
    { at: 0, text: '1' },
    { at: 100, text: '2' },
  ]);
  const many = scaleLinear().domain([1, 2000]).range([0, 100]);
  expect(wholeTicksOf(many, 4).map(({ text }) => text)).toEqual(['500', '1,000', '1,500', '2,000']);
});
