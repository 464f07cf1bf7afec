import { expect, test } from 'vitest';
import { chartFileName, chartTableCsv } from '#ui/charts/chart-table.ts';
import { intervalTable, intervalText } from '#ui/charts/metric-intervals.ts';
import { numberText, percentText } from '#ui/charts/number-text.ts';

const baseline = {
  name: 'majority, "always Adelie"',
  colour: 'grey',
  baseline: true,
  value: 0.2,
  low: 0.15,
  high: 0.25,
};
const undefinedRow = { ...baseline, name: 'x', value: null, low: null, high: null };

test('an interval in characters, or the reason why there is none', () => {
  expect(intervalText(baseline)).toBe('0.200 (0.150 to 0.250)');
  expect(intervalText({ ...undefinedRow, reason: 'only one class' })).toBe('only one class');
});

test('the CSV quotes what needs it and leaves undefined numbers empty', () => {
  const csv = chartTableCsv(intervalTable([baseline, undefinedRow], 'accuracy'));
  expect(csv.split('\r\n')).toEqual([
    'candidate,accuracy,"95% interval, low","95% interval, high"',
    '"majority, ""always Adelie""",0.2,0.15,0.25',
    'x,,,',
    '',
  ]);
});

test('numbers are short, and small ones never read as nothing', () => {
  expect([0.97345, 12.34, 1234, 0.00001, -0.5].map(numberText)).toEqual([
    '0.973',
    '12.3',
    '1234',
    '1.0e\u22125',
    '\u22120.500',
  ]);
  expect([0, 0.001, 0.5, 0.999, 1].map(percentText)).toEqual(['0%', '<1%', '50%', '>99%', '100%']);
  expect(chartFileName('MAE (°C), test rows', 'csv')).toBe('mae-c-test-rows.csv');
});
