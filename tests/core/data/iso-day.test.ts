import { expect, it } from 'vitest';
import { isIsoDay } from '#core/data/iso-day.ts';
import { refusalOf } from '../../support/refusal.ts';
import { readSpec, specWith } from '../../support/spec.ts';

it.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31', '2026-01-31'])(
  '%s is one',
  (day) => {
    expect(isIsoDay(day)).toBe(true);
  },
);

it.each([
  ...[
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-00-10',
    '2024-13-01',
    '2024-01-00',
  ],
  ...['2024-1-1', '24-01-01', '2024-01-01T00:00', ' 2024-01-01', '2024-01-01\n', 'soon', ''],
])('%j is none', (day) => {
  expect(isIsoDay(day)).toBe(false);
});

it('nobody signs a decision on a day that there is not', async () => {
  const signed = (at: string) => ({ personal: { decision: 'keep', reason: 'r', by: 'b', at } });
  expect(() => readSpec(specWith('columns.mass', signed('2024-02-29')))).not.toThrow();
  const { message } = await refusalOf(() =>
    readSpec(specWith('columns.mass', signed('2024-02-30'))),
  );
  expect(message).toMatch(/^columns\.mass\.personal\.at must be a day of the calendar/);
});
