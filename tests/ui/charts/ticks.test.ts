import { scaleLinear, scaleLog } from 'd3';
import { describe, expect, it } from 'vitest';
import { ticksOf, wholeTicksOf } from '#ui/charts/ticks.ts';

const linear = (low: number, high: number, count = 4) =>
  ticksOf(scaleLinear().domain([low, high]).range([0, 100]), count).map(({ text }) => text);
const logarithmic = (low: number, high: number) =>
  ticksOf(scaleLog().domain([low, high]).range([0, 100]), 5).map(({ text }) => text);

it('epochs are whole, however few there are', () => {
  const two = scaleLinear().domain([1, 2]).range([0, 100]);
  expect(linear(1, 2)).toContain('1.2');
  expect(wholeTicksOf(two, 4)).toEqual([
    { at: 0, text: '1' },
    { at: 100, text: '2' },
  ]);
  const many = scaleLinear().domain([1, 2000]).range([0, 100]);
  expect(wholeTicksOf(many, 4).map(({ text }) => text)).toEqual(['500', '1,000', '1,500', '2,000']);
});

describe('ticks of a linear scale', () => {
  it('are written out as far as other figures of charts are', () => {
    expect(linear(0, 4)).toEqual(['0', '1', '2', '3', '4']);
    expect(linear(-1, 1)).toEqual(['−1.0', '−0.5', '0.0', '0.5', '1.0']);
    expect(linear(0, 900_000)).toEqual(['0', '200,000', '400,000', '600,000', '800,000']);
    expect(linear(0, 0.004)).toEqual(['0.000', '0.001', '0.002', '0.003', '0.004']);
  });

  it('are in powers of ten where they are very large or very small, all of an axis alike', () => {
    expect(linear(0, 1e9)).toEqual(['0', '2e8', '4e8', '6e8', '8e8', '1e9']);
    expect(linear(0, 2e12)).toEqual(['0', '5e11', '1e12', '1.5e12', '2e12']);
    expect(linear(-1e12, 1e12)).toEqual(['−1e12', '−5e11', '0', '5e11', '1e12']);
    expect(linear(0, 2e300)).toEqual(['0', '5e299', '1e300', '1.5e300', '2e300']);
    expect(linear(0, 4e-30)).toEqual(['0', '1e−30', '2e−30', '3e−30', '4e−30']);
  });

  it('keep the digits that tell them apart', () => {
    expect(linear(1e12, 1.02e12)).toEqual(['1e12', '1.005e12', '1.01e12', '1.015e12', '1.02e12']);
  });

  it.each([1, 2.5, 3, 7, 9.99])('are short at every size from %s e-300 to e300', (mantissa) => {
    for (let power = -300; power <= 300; power += 1) {
      const reach = Number(`${mantissa}e${power}`);
      const texts = linear(-reach, reach, 5);
      expect(new Set(texts).size).toBe(texts.length);
      expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(12);
      expect(texts.filter((text) => !WRITTEN.test(text))).toEqual([]);
    }
  });
});

/** `−1,234.5` or `−1.5e−12` */
const WRITTEN = /^−?(?:\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d(?:\.\d)?e−?\d{1,3})$/;

describe('ticks of a logarithmic scale', () => {
  it('are numbers without prefixes', () => {
    expect(logarithmic(0.001, 10)).toEqual(['0.001', '0.01', '0.1', '1', '10']);
    expect(logarithmic(0.1, 3)).toEqual(['0.1', '0.2', '0.3', '0.4', '1', '2', '3']);
    expect(logarithmic(1, 1e5)).toEqual(['1', '10', '100', '1,000', '10,000', '100,000']);
  });

  it('are in powers of ten where they are very large or very small', () => {
    expect(logarithmic(1e-9, 1e3)).toEqual(['1e−8', '1e−6', '1e−4', '0.01', '1', '100']);
    expect(logarithmic(1, 1e12)).toEqual(['1', '100', '1e4', '1e6', '1e8', '1e10', '1e12']);
    expect(logarithmic(1e290, 1e300)).toEqual([
      '1e290',
      '1e292',
      '1e294',
      '1e296',
      '1e298',
      '1e300',
    ]);
  });
});
