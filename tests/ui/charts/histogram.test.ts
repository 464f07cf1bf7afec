import { describe, expect, it } from 'vitest';
import { histogramPath, histogramTable, histogramTicks } from '#ui/charts/histogram.ts';

const dice = { edges: [1, 2, 3, 4], counts: [5, 0, 10], unit: true };
const lengths = { edges: [0, 2.5, 5], counts: [1, 3], unit: false };
const days = {
  edges: [Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 1, 12), Date.UTC(2024, 0, 2)],
  counts: [4, 2],
  unit: false,
};

describe('a histogram', () => {
  it('has a bar for each bin that holds a row, as high as its count', () => {
    const path = histogramPath(dice, { width: 30, height: 20, gap: 0 });
    expect(path).toBe('M0 20v-10h10v10zM20 20v-20h10v20z');
  });

  it('shows one row among millions', () => {
    const one = { edges: [0, 1, 2], counts: [1, 5_000_000], unit: false };
    expect(histogramPath(one, { width: 20, height: 20, gap: 0 })).toContain('M0 20v-1h');
  });

  it('marks whole numbers in the middle of their bars', () => {
    const ticks = histogramTicks(dice, { width: 300, times: false });
    expect(ticks.map(({ at, text }) => [Math.round(at), text])).toEqual([
      [50, '1'],
      [150, '2'],
      [250, '3'],
    ]);
  });

  it('marks the one value of a constant', () => {
    const constant = { edges: [7, 7], counts: [3], unit: true };
    expect(histogramTicks(constant, { width: 100, times: false })).toEqual([{ at: 50, text: '7' }]);
  });

  it('marks the ends alone of a range too wide for a scale', () => {
    const far = { edges: [-1.5e308, 0, 1.5e308], counts: [2, 2], unit: false };
    expect(histogramTicks(far, { width: 100, times: false })).toEqual([
      { at: 0, text: '\u22121.5e308' },
      { at: 100, text: '1.5e308' },
    ]);
  });

  it('is a table of values, of ranges, or of times', () => {
    expect(histogramTable(dice, false).rows).toEqual([
      [1, 5],
      [2, 0],
      [3, 10],
    ]);
    expect(histogramTable(lengths, false).rows).toEqual([
      [0, 2.5, 1],
      [2.5, 5, 3],
    ]);
    expect(histogramTable(days, true).rows).toEqual([
      ['2024-01-01', '2024-01-01T12:00', 4],
      ['2024-01-01T12:00', '2024-01-02', 2],
    ]);
  });
});
