import type { SplitRecord } from '#core/spec/split-record.ts';
import type { Task } from '#core/spec/spec.ts';
import { unitOf } from '#core/spec/tasks.ts';

/** How the rows of a run were dealt, for example `At random with seed 1, stratified by class: 60 training, …`. */
export function splitSentence(
  split: SplitRecord,
  task: Task,
  code: (text: string) => string,
): string {
  const strata = task === 'classification' ? 'class' : 'quantiles of the target';
  const stratified = split.stratified ? `, stratified by ${strata}` : '';
  const unit = unitOf(task);
  const rows = `${split.train} training, ${split.validation} validation, ${split.test} test ${unit}s`;
  return `${howDealt(split, code)}${stratified}: ${rows}${details(split, unit)}`;
}

function howDealt(
  { method, by = '', key, seed }: SplitRecord,
  code: (text: string) => string,
): string {
  const chance =
    key === undefined ? `with seed ${seed}` : `by a hash of ${code(key)} and seed ${seed}`;
  switch (method) {
    case 'group':
      return `By group, ${code(by)}, ${chance}; no group is on two sides`;
    case 'time':
      return `By time, ${code(by)}, the earliest rows for training and the latest for the test`;
    case 'column':
      return `As the column ${code(by)} says`;
    case 'place':
      return 'By place, what stands first for training and what stands last for the test';
    default: // also for records of before there were methods
      return `At random ${chance}`;
  }
}

function details(
  { groups, shareDifference, times, gap = 0, leftOut, folds }: SplitRecord,
  unit: string,
): string {
  const parts: string[] = [];
  if (groups !== undefined) {
    parts.push(`${groups.train}, ${groups.validation} and ${groups.test} groups`);
  }
  if (shareDifference !== undefined) {
    parts.push(`shares differ by up to ${(100 * shareDifference).toFixed(1)} percentage points`);
  }
  if (times !== undefined) {
    parts.push(`training to ${times.train.to}, test from ${times.test.from}`);
  }
  if (gap > 0) parts.push(`${leftOut} ${unit}s left out in a gap of ${gap} after each boundary`);
  if (folds !== undefined) {
    parts.push(`training and validation ${unit}s again in ${folds.length} folds`);
  }
  return parts.map((part) => `; ${part}`).join('');
}
