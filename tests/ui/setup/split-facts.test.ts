import { expect, it } from 'vitest';
import type { SplitRecord } from '#core/spec/split-record.ts';
import { splitFacts, splitNotes } from '#ui/pages/setup/split-facts.ts';

const base: SplitRecord = {
  seed: 1,
  method: 'random',
  stratified: true,
  train: 600,
  validation: 200,
  test: 200,
  leftOut: 0,
};
const inParts = <T>(train: T, validation: T, test: T) => ({ train, validation, test });

it('says rows and classes with their shares', () => {
  const classes = { well: inParts(450, 150, 150), ill: inParts(150, 50, 50) };
  expect(splitFacts({ ...base, classes }, 'outcome')).toEqual([
    { label: 'Rows', train: '600 · 60.0%', validation: '200 · 20.0%', test: '200 · 20.0%' },
    { label: 'well', train: '450 · 75.0%', validation: '150 · 75.0%', test: '150 · 75.0%' },
    { label: 'ill', train: '150 · 25.0%', validation: '50 · 25.0%', test: '50 · 25.0%' },
  ]);
  expect(splitNotes({ ...base, classes }, 0)).toEqual([]);
});

it('says groups, times, the target’s mean and what is left out', () => {
  const split: SplitRecord = {
    ...base,
    leftOut: 12,
    groups: inParts(30, 10, 10),
    times: inParts(
      { from: '2024-01-01', to: '2024-06-30' },
      { from: '2024-07-02T00:00:00', to: '2024-08-01' },
      { from: '2024-08-03', to: '2024-09-01' },
    ),
    targetMean: inParts(4201.754, 4200, 4199),
    shareDifference: 0.0123,
  };
  const labels = splitFacts(split, 'mass').map(({ label }) => label);
  expect(labels).toEqual(['Rows', 'Groups', 'From', 'To', 'Mean of mass']);
  expect(splitFacts(split, 'mass')[2]?.validation).toBe('2024-07-02 00:00:00');
  expect(splitFacts(split, 'mass')[4]?.train).toBe('4202');
  expect(splitNotes(split, 3)).toEqual([
    'Without a target, and so in no part: 3.',
    'In the gap, and so in no part: 12.',
    'Groups stay whole, so shares differ: a quantile’s share of a part is at most 1.23 percentage points off its share of all rows.',
  ]);
});

it('shows the most frequent of many classes', () => {
  const classes = Object.fromEntries(
    Array.from({ length: 30 }, (_, k) => [`c${k}`, inParts(k + 1, 1, 1)]),
  );
  const labels = splitFacts({ ...base, classes }, 'y').map(({ label }) => label);
  expect(labels).toHaveLength(11);
  expect(labels[1]).toBe('c29');
  expect(splitNotes({ ...base, classes }, 0)).toEqual([
    'The 10 most frequent of 30 classes are shown.',
  ]);
});
