import type { Cells } from '#core/data/cells.ts';
import { tally } from '#core/data/infer/tally.ts';
import type { TextsProfile } from './profile.ts';
import { EXAMPLES, type Named } from './profile-numbers.ts';
import { quantilesAt } from './quantiles.ts';

export const TOP_VALUES = 20;
/** Longer texts are shown cut. */
const SHOWN_LENGTH = 200;

/** Profile of a column of texts; null where all are missing. */
export function profileTexts(cells: Cells, missing: readonly string[]): Named<TextsProfile> | null {
  const counted = tally(cells, new Set(missing));
  if (counted.distinct === 0) return null;
  const count = cells.length - counted.missing;
  const examples: string[] = [];
  const rowsOfLength = new Map<number, number>();
  for (const entry of counted.entries()) {
    if (examples.length < EXAMPLES) examples.push(shown(entry.text));
    const { codePoints, count: rows } = entry;
    rowsOfLength.set(codePoints, (rowsOfLength.get(codePoints) ?? 0) + rows);
  }
  return {
    kind: 'texts',
    count,
    missing: counted.missing,
    distinct: counted.distinct,
    top: counted.top.slice(0, TOP_VALUES).map((one) => ({ ...one, value: shown(one.value) })),
    lengths: lengthQuantiles(rowsOfLength, count),
    examples,
  };
}

function lengthQuantiles(
  rowsOfLength: ReadonlyMap<number, number>,
  total: number,
): readonly number[] {
  const lengths = [...rowsOfLength].sort(([a], [b]) => a - b);
  return quantilesAt(total, (rank) => {
    let below = 0;
    for (const [length, rows] of lengths) {
      below += rows;
      if (rank < below) return length;
    }
    return NaN;
  });
}

function shown(text: string): string {
  if (text.length <= SHOWN_LENGTH) return text;
  return `${text.slice(0, SHOWN_LENGTH).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
