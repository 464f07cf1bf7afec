import { TextCounts } from './text-counts.ts';

/** Texts as category numbers from 0, −1 for missing. */
export interface Codes {
  readonly codes: Int32Array;
  /** How many categories there are. */
  readonly size: number;
}

/** Numbers the distinct texts by their first row. */
export function codesOf(texts: readonly string[]): Codes {
  const counts = new TextCounts(texts);
  const codes = Int32Array.from(texts, (_, row) => counts.add(row));
  return { codes, size: counts.size };
}
