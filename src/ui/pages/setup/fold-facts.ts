import type { FoldRecord } from '#core/spec/split-record.ts';
import { countText, numberText, shareText } from '#ui/format.ts';

/** Classes that have a column of their own; the most frequent ones of many. */
const CLASSES_SHOWN = 4;

/** A column of the table of folds: what it says of each. */
export interface FoldColumn {
  readonly key: string;
  readonly label: string;
  readonly textOf: (fold: FoldRecord) => string;
}

/**
 * What the table of folds says: how many rows, then what the test rows of each fold hold.
 * @param unit what a row is, as a word
 */
export function foldColumns(
  folds: readonly FoldRecord[],
  target: string,
  unit = 'row',
): FoldColumn[] {
  const has = (field: keyof FoldRecord): boolean => folds[0]?.[field] !== undefined;
  const column = (label: string, textOf: FoldColumn['textOf']): FoldColumn => ({
    key: label,
    label,
    textOf,
  });
  return [
    column(`Training ${unit}s`, ({ train }) => countText(train)),
    column(`Test ${unit}s`, ({ test }) => countText(test)),
    ...(has('groups') ? [column('Groups', ({ groups = 0 }) => countText(groups))] : []),
    ...(has('times')
      ? [
          column('From', ({ times }) => (times?.from ?? '').replace('T', ' ')),
          column('To', ({ times }) => (times?.to ?? '').replace('T', ' ')),
        ]
      : []),
    ...shownClasses(folds).map((label) => ({
      key: `class ${label}`,
      label,
      textOf: ({ classes, test }: FoldRecord) => {
        const rows = classes?.[label] ?? 0;
        return `${countText(rows)} · ${shareText(rows, test)}`;
      },
    })),
    ...(has('targetMean')
      ? [column(`Mean of ${target}`, ({ targetMean = NaN }) => numberText(targetMean))]
      : []),
  ];
}

function shownClasses(folds: readonly FoldRecord[]): readonly string[] {
  const labels = Object.keys(folds[0]?.classes ?? {});
  const rowsOf = (label: string): number =>
    folds.reduce((sum, { classes }) => sum + (classes?.[label] ?? 0), 0);
  return labels.length <= CLASSES_SHOWN
    ? labels
    : [...labels].sort((a, b) => rowsOf(b) - rowsOf(a)).slice(0, CLASSES_SHOWN);
}
