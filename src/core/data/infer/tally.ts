import { codePointsIn, type Cells } from '../cells.ts';
import { trimmed } from '../normalize.ts';
import type { Dictionary } from '../dictionary.ts';
import { distinctOf } from '../readings.ts';
import { TOP_VALUES } from './runs.ts';

/** One distinct trimmed text of a column. */
export interface Entry {
  readonly text: string;
  readonly count: number;
  /** Length of the text. */
  readonly codePoints: number;
}

/** The entry of a cell that has no white space at its ends; its text is made when asked for. */
class CellEntry implements Entry {
  readonly #cells: Cells;
  readonly #row: number;
  readonly count: number;

  constructor(cells: Cells, row: number, count: number) {
    this.#cells = cells;
    this.#row = row;
    this.count = count;
  }

  get text(): string {
    return this.#cells.at(this.#row);
  }

  get codePoints(): number {
    return this.#cells.codePointsAt(this.#row);
  }
}

/** How often each text stands in a column. */
export interface Tally {
  /** Distinct texts, those that mean "missing" left out. */
  readonly distinct: number;
  readonly missing: number;
  /** Count of each text that means "missing", the empty one left out. */
  readonly missingTexts: ReadonlyMap<string, number>;
  /** The distinct texts in the order of their first rows. */
  entries(): Iterable<Entry>;
  /**
   * The most frequent ones, most frequent first; equal ones by their texts, or, where very many are equal, those that
   * come first in the column.
   */
  readonly top: readonly { readonly value: string; readonly count: number }[];
}

interface Made {
  readonly key: string;
  readonly tally: Tally;
}

/** The tally that was made of a column's texts last: its profile asks for the one that its type was inferred from. */
const madeOf = new WeakMap<Dictionary, Made>();

/** @param tokens trimmed texts that mean "missing" */
export function tally(cells: Cells, tokens: ReadonlySet<string>): Tally {
  const dictionary = distinctOf(cells);
  const key = [...tokens].join('\0');
  const made = madeOf.get(dictionary);
  if (made?.key === key) return made.tally;
  const counted = tallyOf(cells, tokens, dictionary);
  madeOf.set(dictionary, { key, tally: counted });
  return counted;
}

function tallyOf(
  cells: Cells,
  tokens: ReadonlySet<string>,
  { counts, firstRows }: Dictionary,
): Tally {
  const longest = Math.max(...Array.from(tokens, (token) => token.length));
  const missingTexts = new Map<string, number>();
  const kept = new Uint32Array(counts.length);
  let distinct = 0;
  let missing = 0;
  for (let code = 0; code < counts.length; code += 1) {
    const row = firstRows[code] ?? 0;
    if (!cells.isBare(row, longest)) {
      const cell = cells.at(row);
      const text = trimmed(cell);
      if (tokens.has(text)) {
        const count = counts[code] ?? 0;
        missing += count;
        if (text !== '') missingTexts.set(text, (missingTexts.get(text) ?? 0) + count);
        continue;
      }
      if (text !== cell) return tallyTrimmed(cells, tokens);
    }
    kept[distinct] = code;
    distinct += 1;
  }
  const codes = kept.subarray(0, distinct);
  const entryOf = (code: number): Entry =>
    new CellEntry(cells, firstRows[code] ?? 0, counts[code] ?? 0);
  return {
    distinct,
    missing,
    missingTexts,
    top: topEntries(mostFrequent(codes, counts).map(entryOf)),
    *entries() {
      for (const code of codes) yield entryOf(code);
    },
  };
}

/** As `tally`, where texts differ by outer white space alone and must be brought together. */
function tallyTrimmed(cells: Cells, tokens: ReadonlySet<string>): Tally {
  const { counts: countOf, firstRows } = distinctOf(cells);
  const counts = new Map<string, number>();
  const missingTexts = new Map<string, number>();
  let missing = 0;
  for (let code = 0; code < countOf.length; code += 1) {
    const text = trimmed(cells.at(firstRows[code] ?? 0));
    const count = countOf[code] ?? 0;
    if (tokens.has(text)) {
      missing += count;
      if (text !== '') missingTexts.set(text, (missingTexts.get(text) ?? 0) + count);
    } else counts.set(text, (counts.get(text) ?? 0) + count);
  }
  const entries = Array.from(counts, ([text, count]) => ({
    text,
    count,
    codePoints: codePointsIn(text),
  }));
  const codes = Uint32Array.from(entries, (_, i) => i);
  const frequent = mostFrequent(
    codes,
    Uint32Array.from(entries, ({ count }) => count),
  );
  return {
    distinct: counts.size,
    missing,
    missingTexts,
    top: topEntries(frequent.flatMap((i) => entries[i] ?? [])),
    entries: () => entries,
  };
}

/** More equally frequent values than this are not put in the order of their texts to choose among them. */
const MAX_TIES = 20_000;

/** Codes among which the most frequent ones are: those of the highest counts, and all that tie with the last. */
function mostFrequent(codes: Uint32Array, counts: Uint32Array): number[] {
  const first = highest(codes, counts);
  const least = counts[first.at(-1) ?? 0] ?? 0;
  if (first.length < TOP_VALUES) return first;
  const tied: number[] = [];
  for (const code of codes) {
    if ((counts[code] ?? 0) >= least) tied.push(code);
    if (tied.length > MAX_TIES) return first;
  }
  return tied;
}

/** The codes with the highest counts, of equal ones the first. */
function highest(codes: Uint32Array, counts: Uint32Array): number[] {
  let rarest = 0;
  let found: number[] = [];
  const cut = (): void => {
    found.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
    found = found.slice(0, TOP_VALUES);
  };
  for (const code of codes) {
    if ((counts[code] ?? 0) <= rarest) continue;
    found.push(code);
    if (found.length < 20 * TOP_VALUES) continue;
    cut();
    rarest = counts[found.at(-1) ?? 0] ?? 0;
  }
  cut();
  return found;
}

function topEntries(entries: readonly Entry[]): { value: string; count: number }[] {
  return entries
    .map(({ text, count }) => ({ value: text, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, TOP_VALUES);
}
