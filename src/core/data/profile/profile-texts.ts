import type { Breather } from '#core/pause.ts';
import type { TextsProfile } from './profile.ts';
import { EXAMPLES } from './profile-numbers.ts';
import { quantilesAt } from './quantiles.ts';
import { TextCounts } from './text-counts.ts';

export const TOP_VALUES = 20;
/** Longer texts are shown cut. */
const SHOWN_LENGTH = 200;

/** Rows that are counted between two breaths. */
const BLOCK_ROWS = 1 << 16;

/** Profile of a column of texts with '' for missing; null where all are missing. */
export async function profileTexts(
  texts: readonly string[],
  breather: Breather,
): Promise<Omit<TextsProfile, 'name' | 'type'> | null> {
  const counts = new TextCounts(texts);
  let count = 0;
  for (let row = 0; row < texts.length; row += 1) {
    if (row % BLOCK_ROWS === 0) await breather.breathe();
    if (counts.add(row) >= 0) count += 1;
  }
  if (count === 0) return null;
  const distinct = counts.size;
  const examples = Array.from({ length: Math.min(EXAMPLES, distinct) }, (_, entry) =>
    shown(counts.text(entry)),
  );
  return {
    kind: 'texts',
    count,
    missing: texts.length - count,
    distinct,
    top: topValues(counts),
    lengths: lengthQuantiles(counts, count),
    examples,
  };
}

interface Counted {
  readonly value: string;
  readonly count: number;
}

function topValues(counts: TextCounts): readonly Counted[] {
  const top: Counted[] = [];
  for (let entry = 0; entry < counts.size; entry += 1) {
    const one = { value: counts.text(entry), count: counts.count(entry) };
    const last = top.length < TOP_VALUES ? undefined : top[TOP_VALUES - 1];
    if (last !== undefined && order(last, one) <= 0) continue;
    const at = top.findIndex((other) => order(one, other) < 0);
    top.splice(at < 0 ? top.length : at, 0, one);
    top.length = Math.min(top.length, TOP_VALUES);
  }
  return top.map(({ value, count }) => ({ value: shown(value), count }));
}

function order(a: Counted, b: Counted): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}

function lengthQuantiles(counts: TextCounts, total: number): readonly number[] {
  const rowsOfLength = new Map<number, number>();
  for (let entry = 0; entry < counts.size; entry += 1) {
    const length = codePoints(counts.text(entry));
    rowsOfLength.set(length, (rowsOfLength.get(length) ?? 0) + counts.count(entry));
  }
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

const SURROGATE = /[\uD800-\uDFFF]/;

function codePoints(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (let i = 0; i < text.length; i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1) count += 1;
  return count;
}

function shown(text: string): string {
  if (text.length <= SHOWN_LENGTH) return text;
  return `${text.slice(0, SHOWN_LENGTH).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
