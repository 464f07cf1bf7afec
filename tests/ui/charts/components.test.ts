import { describe, expect, test } from 'vitest';
import { rowColours } from '#ui/charts/row-colours.ts';
import { mapDots, mapReading, mapScales, mapTable, nearestRow } from '#ui/charts/row-map.ts';
import { cumulative, screeReading, screeTable } from '#ui/charts/scree.ts';
import { componentWords } from '#ui/pages/run/component-words.ts';

const map = { rows: [3, 8, 9], first: [-1, 0, 2], second: [0, 1, -1] };
const species = { name: 'species', texts: ['Gentoo', '', 'Adelie'] };

describe('a map of rows', () => {
  test('reads the nearest row with what it holds', () => {
    const scales = mapScales(map, 300, 200);
    const at = nearestRow(map, scales, scales.x(1.8), scales.y(-0.9));
    expect(at).toBe(2);
    expect(mapReading(map, species, at)).toBe(
      'row 9: component 1 is 2.00, component 2 is −1.00; species Adelie',
    );
    expect(mapReading(map, species, 1)).toMatch(/species is missing$/);
    expect(mapReading(map, null, null)).toBe('');
  });

  test('draws only the rows that are asked for', () => {
    const scales = mapScales(map, 300, 200);
    expect(mapDots(map, scales, () => true).match(/M/g)).toHaveLength(3);
    expect(mapDots(map, scales, (i) => species.texts[i] === 'Gentoo').match(/M/g)).toHaveLength(1);
  });

  test('stands in a table, and rows that are all alike still have axes', () => {
    expect(mapTable(map, species).rows[0]).toEqual([3, -1, 0, 'Gentoo']);
    const { x, y } = mapScales({ rows: [1, 2], first: [4, 4], second: [0, 0] }, 300, 200);
    expect(x(4)).toBeCloseTo(150, 9);
    expect(y(0)).toBeCloseTo(100, 9);
  });
});

describe('colours of rows', () => {
  const texts = { type: 'categorical', missing: ['', 'NA'], distinct: 9 } as const;
  const numbers = { type: 'numeric', missing: ['', '-999'], distinct: 50 } as const;

  test('values have their own, the most frequent first, and the rarer ones share one', () => {
    const cells = ['c', 'a', 'a', 'NA', 'b', 'd', 'e', 'f', 'g', 'h', 'c'];
    const { legend, of } = rowColours(texts, cells);
    expect(legend.map(({ name }) => name)).toEqual([
      'a',
      'c',
      'b',
      'd',
      'e',
      'f',
      '2 others',
      'missing',
    ]);
    expect(of[0]).toBe(legend[1]?.id);
    expect(of[3]).toBe('missing');
    expect(of[9]).toBe('others');
    expect(new Set(legend.map(({ colour }) => colour)).size).toBe(legend.length);
  });

  test('numbers are cut into five parts of equally many rows', () => {
    const cells = Array.from({ length: 50 }, (_, i) => String(i)).concat('-999');
    const { legend, of } = rowColours(numbers, cells);
    expect(legend.map(({ name }) => name)).toEqual([
      '0 to 9.80',
      '9.80 to 19.6',
      '19.6 to 29.4',
      '29.4 to 39.2',
      '39.2 to 49.0',
      'missing',
    ]);
    for (const { id } of legend.slice(0, 5))
      expect(of.filter((one) => one === id)).toHaveLength(10);
    expect(of[50]).toBe('missing');
  });

  test('numbers with decimal commas are read as the data set reads them', () => {
    const cells = Array.from({ length: 20 }, (_, i) => `${i},5`);
    const { of } = rowColours({ ...numbers, decimal: ',' }, cells);
    expect(of.includes('missing')).toBe(false);
  });
});

describe('shares of variance', () => {
  const scree = { shares: [0.6, 0.3, 0.1], kept: 2 };

  test('add up to all of it', () => {
    expect(cumulative(scree).map((sum) => sum.toFixed(6))).toEqual([
      '0.600000',
      '0.900000',
      '1.000000',
    ]);
    expect(screeTable(scree).rows.map((row) => row[3])).toEqual(['yes', 'yes', 'no']);
  });

  test('are read one by one', () => {
    expect(screeReading(scree, 0)).toBe('Component 1 holds 60% of the variance; kept');
    expect(screeReading(scree, 2)).toBe(
      'Component 3 holds 10% of the variance, the first 3 together 100%; not kept',
    );
    expect(screeReading(scree, null)).toBe('');
  });
});

test('a component is said in words: what it rises and falls with, and weak features left out', () => {
  const loadings = [
    { feature: 'mass', weight: 0.7 },
    { feature: 'length', weight: 0.5 },
    { feature: 'depth', weight: -0.45 },
    { feature: 'year', weight: 0.05 },
  ];
  expect(componentWords(0, loadings)).toBe(
    'Component 1 rises with mass and length, and falls with depth.',
  );
  expect(componentWords(1, loadings.slice(2))).toBe('Component 2 falls with depth.');
});
