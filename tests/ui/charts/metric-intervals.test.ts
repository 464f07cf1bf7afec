import { expect, test } from 'vitest';
import { chartFileName, chartTableCsv } from '#ui/charts/chart-table.ts';
import { intervalTable, intervalText } from '#ui/charts/metric-intervals.ts';
import { boundsText, figureText, numberText, percentText } from '#ui/charts/number-text.ts';

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

test('what rounding leaves of nothing reads as nothing', () => {
  expect([2.2e-16, -2.2e-16, 1e-9].map(figureText)).toEqual(['0', '0', '1.0e\u22129']);
  expect(boundsText(2.2e-16, 3.66)).toBe('0 to 3.66');
  expect(boundsText(-1e-7, 0.5)).toBe('0 to 0.500');
  expect(boundsText(2e-8, 5e-7)).toBe('2.0e\u22128 to 5.0e\u22127');
  expect(boundsText(0, 0)).toBe('0 to 0');
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
  expect([9999.4, 9999.6, -45_230, 1_234_567, 1.2e9].map(numberText)).toEqual([
    '9999',
    '10,000',
    '\u221245,230',
    '1,234,567',
    '1.2e9',
  ]);
  expect([0, 0.001, 0.5, 0.999, 1].map(percentText)).toEqual(['0%', '<1%', '50%', '>99%', '100%']);
  expect(chartFileName('MAE (°C), test rows', 'csv')).toBe('mae-c-test-rows.csv');
});
