import { expect, it } from 'vitest';
import { splitSentence } from '#core/registry/split-sentence.ts';
import type { SplitRecord } from '#core/spec/split-record.ts';
import type { Task } from '#core/spec/spec.ts';

const rows = { seed: 4, stratified: false, train: 60, validation: 20, test: 20, leftOut: 0 };
const say = (split: Partial<SplitRecord>, task: Task = 'classification') =>
  splitSentence({ ...rows, method: 'random', ...split }, task, (text) => `\`${text}\``);

it('says how rows were dealt, by every method', () => {
  expect(say({ stratified: true })).toBe(
    'At random with seed 4, stratified by class: 60 training, 20 validation, 20 test rows',
  );
  expect(say({ stratified: true, key: 'id' }, 'regression')).toBe(
    'At random by a hash of `id` and seed 4, stratified by quantiles of the target: 60 training, 20 validation, 20 test rows',
  );
  const groups = { train: 12, validation: 4, test: 4 };
  expect(
    say({ method: 'group', by: 'patient', stratified: true, groups, shareDifference: 0.0123 }),
  ).toBe(
    'By group, `patient`, with seed 4; no group is on two sides, stratified by class: 60 training, 20 validation, 20 test rows; 12, 4 and 4 groups; shares differ by up to 1.2 percentage points',
  );
  const times = {
    train: { from: '2024-01-01', to: '2024-03-01' },
    validation: { from: '2024-03-04', to: '2024-04-01' },
    test: { from: '2024-04-04', to: '2024-05-01' },
  };
  expect(say({ method: 'time', by: 'day', times, gap: 2, leftOut: 4 })).toBe(
    'By time, `day`, the earliest rows for training and the latest for the test: 60 training, 20 validation, 20 test rows; training to 2024-03-01, test from 2024-04-04; 4 rows left out in a gap of 2 after each boundary',
  );
  expect(say({ method: 'column', by: 'part' })).toBe(
    'As the column `part` says: 60 training, 20 validation, 20 test rows',
  );
});
