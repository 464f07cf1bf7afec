import { expect, test } from 'vitest';
import {
  confusionReading,
  confusionRows,
  confusionTable,
  precisions,
} from '#ui/charts/confusion.ts';
import { confusionSvg } from '#ui/charts/confusion-svg.ts';

const rows = confusionRows(
  ['rose', 'tulip', 'none'],
  [
    [8, 2, 0],
    [1, 9, 0],
    [0, 0, 0],
  ],
);

test('shares are of the rows that truly are a class', () => {
  expect(rows[0]?.cells.map((cell) => cell.share)).toEqual([0.8, 0.2, 0]);
  expect(rows[2]?.cells.map((cell) => cell.share)).toEqual([0, 0, 0]);
});

test('precision is of the rows called a class, and has no value where none was', () => {
  expect(precisions(rows)).toEqual([8 / 9, 9 / 11, null]);
});

test('a cell is read out in words', () => {
  expect(confusionReading(rows, { show: 'counts', cell: [1, 0] })).toBe(
    '1 of 10 rows that are tulip (10%) was predicted as rose.',
  );
  expect(confusionReading(rows, { show: 'counts', cell: null })).toBe('');
});

test('the table behind it has a line per cell', () => {
  expect(confusionTable(rows).rows).toHaveLength(9);
  expect(confusionTable(rows).rows[1]).toEqual(['rose', 'tulip', 2, 0.2]);
});

test('class names cannot break the SVG file', async () => {
  const odd = confusionRows(['<b>&"'], [[1]]);
  const text = await confusionSvg('a < b', odd).text();
  expect(text).toContain('&lt;b&gt;&amp;&quot;');
  expect(text).toContain('a &lt; b');
});
