import { describe, expect, it } from 'vitest';
import { isoMilliseconds } from '#core/data/iso-time.ts';
import { irregularPlaces, later, stepOf, stepText, timeText } from '#core/forecast/time-step.ts';
import { timelineOf, type Timeline } from '#core/forecast/timeline.ts';
import { refusalOf } from '../../support/refusal.ts';

function timeline(times: readonly string[], series: readonly string[] | null = null): Timeline {
  const rows = Int32Array.from(times.keys());
  return timelineOf(
    { name: 'when', times: Float64Array.from(times, isoMilliseconds), series },
    rows,
  );
}

describe('rows in time', () => {
  it('stand series after series, each from its earliest row to its latest', () => {
    const { order, starts, places } = timeline(
      ['2024-01-02', '2024-01-01', '2024-01-01', '2024-01-03'],
      ['b', 'a', 'b', 'b'],
    );
    expect([...order]).toEqual([1, 2, 0, 3]);
    expect([...starts]).toEqual([0, 1, 1, 1]);
    expect([...places]).toEqual([2, 0, 1, 3]);
  });

  it('of the same time in one series are refused, and in two series are not', async () => {
    const days = ['2024-01-01', '2024-01-02', '2024-01-01'];
    const { message, hint } = await refusalOf(() => timeline(days));
    expect(message).toContain('Rows 1 and 3 have the same time');
    expect(hint).toContain('tells series apart');
    expect(timeline(days, ['a', 'a', 'b']).order).toHaveLength(3);
  });

  it('without a time, or without a series, are named', async () => {
    const { message } = await refusalOf(() => timeline(['2024-01-01', '']));
    expect(message).toContain('Row 2, column "when"');
    const nameless = await refusalOf(() => timeline(['2024-01-01', '2024-01-02'], ['a', '']));
    expect(nameless.message).toContain('Row 2');
  });
});

describe('the step between rows', () => {
  it.each([
    [['2024-02-28', '2024-02-29', '2024-03-01', '2024-03-05'], '1 day', '2024-03-06'],
    [['2024-01-31', '2024-02-29', '2024-03-31'], '1 month', '2024-04-30'],
    [['2023-10-01', '2024-01-01', '2024-04-01'], '3 months', '2024-07-01'],
    [['2022-03-01', '2023-03-01', '2024-03-01'], '12 months', '2025-03-01'],
    [['2024-01-01', '2024-01-08', '2024-01-15'], '7 days', '2024-01-22'],
    [['2024-01-01T22:00:00', '2024-01-01T23:00:00'], '1 hour', '2024-01-02T00:00:00'],
    [['2024-01-01T22:00:00Z', '2024-01-01T22:15:00Z'], '15 minutes', '2024-01-01T22:30:00Z'],
    [['0099-10-31', '0099-11-30', '0099-12-31'], '1 month', '0100-01-31'],
  ])('of %j is %s, and the next is %s', (times, step, next) => {
    const found = stepOf(timeline(times), true);
    expect(stepText(found)).toBe(step);
    const last = times.at(-1) ?? '';
    expect(timeText(later(isoMilliseconds(last), found, 1), last)).toBe(next);
  });

  it('of numbers is counted in their own unit', () => {
    const years = { name: 'year', times: Float64Array.of(1952, 1957, 1962), series: null };
    const step = stepOf(timelineOf(years, Int32Array.of(0, 1, 2)), false);
    expect(step).toEqual({ unit: 'units', size: 5 });
    expect(later(1962, step, 2)).toBe(1972);
  });

  it('is missed where a day is left out', () => {
    const days = timeline(['2024-01-01', '2024-01-02', '2024-01-04', '2024-01-05']);
    expect(irregularPlaces(days, stepOf(days, true))).toEqual([2]);
  });
});
