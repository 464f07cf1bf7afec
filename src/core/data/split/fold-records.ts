import { mean } from '#core/features/statistics.ts';
import type { FoldRecord } from '#core/spec/split-record.ts';
import type { SplitMethodName } from '#core/spec/spec.ts';
import type { Fold } from './parts.ts';
import { entriesOf } from './restrict-input.ts';
import { presentTexts, type SplitInput } from './split-method.ts';
import { countsOf, timeRange, valuesAt } from './split-record.ts';

/** What each fold of a cross-validation holds: how many rows, and what its test rows are like. */
export function foldRecords(
  method: SplitMethodName,
  input: SplitInput,
  folds: readonly Fold[],
): FoldRecord[] {
  const groups = method === 'group' ? presentTexts(input, 'by') : null;
  const { classes, values, absent = false } = input.target;
  return folds.map(({ train, test }) => {
    const entries = entriesOf(input.rows, test);
    const counts = classes === null ? [] : countsOf(values, entries, classes.length);
    return {
      train: train.length,
      test: test.length,
      ...(absent
        ? {}
        : classes === null
          ? { targetMean: mean(valuesAt(values, entries)) }
          : { classes: Object.fromEntries(classes.map((label, k) => [label, counts[k] ?? 0])) }),
      ...(groups !== null && { groups: new Set(Array.from(entries, (i) => groups[i])).size }),
      ...(method === 'time' && { times: timeRange(input, entries) }),
    };
  });
}
