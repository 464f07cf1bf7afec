import type { SplitMethodName } from '#core/spec/spec.ts';
import { splitMethodNamed } from './registry.ts';
import { splitRefused, type SplitInput } from './split-method.ts';

/**
 * Refuses a stratified cross-validation in which some fold would test no row of a class, so that the folds could not
 * be compared.
 */
export function refuseRareClasses(
  name: SplitMethodName,
  { stratify, target: { classes, values } }: SplitInput,
  folds: number,
): void {
  const isStratified = stratify && splitMethodNamed(name).reads.includes('stratify');
  if (!isStratified || classes === null) return;
  const counts = new Int32Array(classes.length);
  for (const index of values) counts[index] = (counts[index] ?? 0) + 1;
  const rare = counts.findIndex((rows) => rows > 0 && rows < folds);
  const label = classes[rare];
  if (label === undefined) return;
  const rows = counts[rare] ?? 0;
  const most = rows < 2 ? 'Give' : `Ask for at most ${rows} folds, give`;
  throw splitRefused(
    'class_rarer_than_folds',
    'split.folds',
    `class "${label}" has ${rows === 1 ? 'one row' : `${rows} rows`} outside the test part, and ${folds} folds need at least ${folds}, so that each tests one.`,
    `${most} more rows of the class, or list it among the texts that mean missing in the target. Without split.stratify the folds need not be alike.`,
    { class: label, rows },
  );
}
