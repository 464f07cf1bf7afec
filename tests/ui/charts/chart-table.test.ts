import { expect, it } from 'vitest';
import { cellText } from '#ui/charts/chart-table.ts';

it.each([
  [null, '–'],
  ['Adelie', 'Adelie'],
  [0, '0'],
  [2024, '2024'],
  [12_630, '12,630'],
  [-1_500_000_000_000, '-1,500,000,000,000'],
  [0.12345, '0.123'],
  [1e16, '1.0e16'],
  [-2e300, '−2.0e300'],
])('a cell of a chart’s table, %s, reads %s', (cell, text) => {
  expect(cellText(cell)).toBe(text);
});
