import { expect, test } from 'vitest';
import { foldTable, meanText } from '#ui/charts/fold-dots.ts';

const whole = {
  name: 'linear',
  colour: 'red',
  values: [0.8, 0.9, 1],
  mean: 0.9,
  standardDeviation: 0.1,
};
const gap = { ...whole, name: 'odd', values: [0.2, null], mean: null, standardDeviation: null };

test('the mean is said with its deviation, or why there is none', () => {
  expect(meanText(whole)).toBe('0.900 ± 0.100');
  expect(meanText(gap)).toBe('not defined in every fold');
});

test('the table behind the chart has every fold', () => {
  const { columns, rows } = foldTable([whole], 'Accuracy');
  expect(columns.map(({ title }) => title)).toEqual([
    'candidate',
    'Accuracy, mean',
    'standard deviation',
    'fold 1',
    'fold 2',
    'fold 3',
  ]);
  expect(rows).toEqual([['linear', 0.9, 0.1, 0.8, 0.9, 1]]);
});
