import { partNames, type PartName } from '#core/data/split/parts.ts';
import type { SplitRecord } from '#core/spec/split-record.ts';
import { countText, numberText, shareText } from '#ui/format.ts';

/** One line of the table of parts: what is counted, and its text in each part. */
export type SplitFact = { readonly label: string } & Readonly<Record<PartName, string>>;

/** Classes that are shown; the most frequent ones of many. */
const CLASSES_SHOWN = 10;

/** What each part holds, line by line. */
export function splitFacts(split: SplitRecord, target: string, unit = 'row'): SplitFact[] {
  const rows = split.train + split.validation + split.test;
  return [
    line(
      `${unit.charAt(0).toUpperCase()}${unit.slice(1)}s`,
      (part) => `${countText(split[part])} · ${shareText(split[part], rows)}`,
    ),
    ...groupLines(split),
    ...timeLines(split),
    ...classLines(split),
    ...meanLines(split, target),
  ];
}

/** What a person should know beside the table, in sentences. */
export function splitNotes(split: SplitRecord, rowsWithoutTarget: number): string[] {
  const classes = Object.keys(split.classes ?? {}).length;
  return [
    ...(rowsWithoutTarget > 0
      ? [`Without a target, and so in no part: ${countText(rowsWithoutTarget)}.`]
      : []),
    ...(split.leftOut > 0 ? [`In the gap, and so in no part: ${countText(split.leftOut)}.`] : []),
    ...(split.shareDifference === undefined
      ? []
      : [
          `Groups stay whole, so shares differ: ${classes > 0 ? 'a class’s' : 'a quantile’s'} share of a part is at most ${numberText(100 * split.shareDifference)} percentage points off its share of all rows.`,
        ]),
    ...(classes > CLASSES_SHOWN
      ? [`The ${CLASSES_SHOWN} most frequent of ${countText(classes)} classes are shown.`]
      : []),
  ];
}

function line(label: string, textOf: (part: PartName) => string): SplitFact {
  return { label, train: textOf('train'), validation: textOf('validation'), test: textOf('test') };
}

function groupLines({ groups }: SplitRecord): SplitFact[] {
  return groups === undefined ? [] : [line('Groups', (part) => countText(groups[part]))];
}

function timeLines({ times }: SplitRecord): SplitFact[] {
  if (times === undefined) return [];
  return [
    line('From', (part) => times[part].from.replace('T', ' ')),
    line('To', (part) => times[part].to.replace('T', ' ')),
  ];
}

function classLines(split: SplitRecord): SplitFact[] {
  const classes = Object.entries(split.classes ?? {}).map(([label, counts]) => ({
    label,
    counts,
    total: partNames.reduce((sum, part) => sum + counts[part], 0),
  }));
  const shown =
    classes.length > CLASSES_SHOWN
      ? [...classes].sort((a, b) => b.total - a.total).slice(0, CLASSES_SHOWN)
      : classes;
  return shown.map(({ label, counts }) =>
    line(label, (part) => `${countText(counts[part])} · ${shareText(counts[part], split[part])}`),
  );
}

function meanLines({ targetMean }: SplitRecord, target: string): SplitFact[] {
  return targetMean === undefined
    ? []
    : [line(`Mean of ${target}`, (part) => numberText(targetMean[part]))];
}
