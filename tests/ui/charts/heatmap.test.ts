import { describe, expect, it } from 'vitest';
import {
  heatmapLayout,
  heatmapReading,
  heatmapShades,
  heatmapSummary,
  heatmapTable,
  type HeatmapMatrix,
} from '#ui/charts/heatmap.ts';

const matrix: HeatmapMatrix = {
  names: ['a', 'b', 'c'],
  values: [
    [1, -0.4, null],
    [-0.4, 1, 0.9],
    [null, 0.9, 1],
  ],
  signed: true,
  measure: () => 'Pearson’s r',
};

describe('a heat map', () => {
  it('lists every pair once, the strongest first, those without a value last', () => {
    expect(heatmapTable(matrix).rows).toEqual([
      ['b', 'c', 'Pearson’s r', 0.9],
      ['a', 'b', 'Pearson’s r', -0.4],
      ['a', 'c', 'Pearson’s r', null],
    ]);
  });

  it('reads a cell out', () => {
    expect(heatmapReading(matrix, [1, 0])).toBe('b and a: Pearson’s r −0.40.');
    expect(heatmapReading(matrix, [0, 2])).toBe('a and c: Pearson’s r is not defined.');
    expect(heatmapReading(matrix, [2, 2])).toBe('c with itself: Pearson’s r 1.00.');
  });

  it('names its strongest pairs for those who do not see it', () => {
    expect(heatmapSummary(matrix)).toBe(
      '3 columns by 3. Strongest: b and c, Pearson’s r 0.90; a and b, Pearson’s r −0.40.',
    );
  });

  it('draws each cell with a value once, by sign and strength', () => {
    const shades = heatmapShades(matrix, 20);
    const squares = shades.flatMap(({ sign, strength, d }) =>
      Array.from({ length: d.split('M').length - 1 }, () => `${sign} ${strength}`),
    );
    expect(squares.sort()).toEqual([
      'negative 0.4',
      'negative 0.4',
      'positive 0.9',
      'positive 0.9',
      'positive 1',
      'positive 1',
      'positive 1',
    ]);
  });

  it('draws forty thousand cells as a few elements', () => {
    const names = Array.from({ length: 200 }, (_, i) => `c${i}`);
    const values = names.map((_, i) => names.map((__, j) => Math.sin(i * 200 + j)));
    expect(heatmapShades({ ...matrix, names, values }, 6).length).toBeLessThanOrEqual(40);
  });

  it('names and numbers its cells where they are large enough, and scrolls where they are many', () => {
    const few = heatmapLayout(['a', 'b', 'c'], 800);
    expect(few).toMatchObject({ cell: 44, valued: true });
    expect(few.margin).toBeGreaterThan(0);
    const many = heatmapLayout(
      Array.from({ length: 200 }, (_, i) => `c${i}`),
      350,
    );
    expect(many).toMatchObject({ cell: 6, margin: 0, valued: false, side: 1200 });
  });
});
