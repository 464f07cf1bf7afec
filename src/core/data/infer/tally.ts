import type { Cells } from '../cells.ts';
import { trimmed } from '../normalize.ts';

/** How often each text stands in a column. */
export interface Tally {
  /** Count of each trimmed text that does not mean "missing". */
  readonly counts: ReadonlyMap<string, number>;
  readonly missing: number;
  /** Count of each text that means "missing", the empty one left out. */
  readonly missingTexts: ReadonlyMap<string, number>;
}

export function tally(cells: Cells, tokens: ReadonlySet<string>): Tally {
  const counts = new Map<string, number>();
  const missingTexts = new Map<string, number>();
  let missing = 0;
  for (let row = 0; row < cells.length; row += 1) {
    const text = trimmed(cells.at(row));
    if (tokens.has(text)) {
      missing += 1;
      if (text !== '') missingTexts.set(text, (missingTexts.get(text) ?? 0) + 1);
    } else counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return { counts, missing, missingTexts };
}

/** Values kept in a column's `top`; also the longest list a form offers. */
const TOP_VALUES = 50;

/** The most frequent values, most frequent first; equal ones by their texts. */
export function topValues(
  counts: Iterable<readonly [value: string, count: number]>,
): { value: string; count: number }[] {
  const rarest = { count: 0 };
  let top: { value: string; count: number }[] = [];
  for (const [value, count] of counts) {
    if (count < rarest.count) continue;
    top.push({ value, count });
    if (top.length < 20 * TOP_VALUES) continue;
    top = sorted(top);
    rarest.count = top.at(-1)?.count ?? 0;
  }
  return sorted(top);
}

function sorted(top: { value: string; count: number }[]): { value: string; count: number }[] {
  return top.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, TOP_VALUES);
}
