import type { PowerFeature } from '#core/data/profile/one-feature-power.ts';
import type { Breather } from '#core/breather.ts';
import type { AuditColumn } from '../audit-column.ts';
import type { AuditTarget } from '../audit-target.ts';

/** A word in fewer rows tells too little of the others to matter. */
const MIN_ROWS = 10;
/** What stands behind so many words hardly says what became of something. */
const MAX_WORDS = 300;
const MAX_LABELS = 50;
const ROWS_AT_ONCE = 512;
const WORD = /[\p{L}\p{N}]{2,}/gu;

/** A word of free texts, or the names of the classes in them, as a column of its own. */
export interface TellingWord {
  /** Begins a sentence: `The word "approved" in`. */
  readonly what: string;
  readonly feature: PowerFeature;
}

/**
 * The word whose presence in a column of free texts parts the classes best, or the names of the classes themselves where
 * these part them better; by the share of the Gini impurity that is gone then, over all rows.
 * @param rows those to look at, whose codes the feature has, in that order
 * @returns null where no word parts more than `least`, and for a regression
 */
export async function tellingWord(
  column: AuditColumn,
  target: AuditTarget,
  rows: Int32Array,
  { least, breather }: { readonly least: number; readonly breather: Breather },
): Promise<TellingWord | null> {
  if (column.schema.type !== 'text' || target.task !== 'classification') return null;
  const goals = Int32Array.from(rows, (row) => target.codes[row] ?? 0);
  const size = target.labels.length;
  const counts = new Map<string, Int32Array>();
  const named = new Int32Array(rows.length).fill(-1);
  const names = namesOf(target.labels);
  for (const [i, words] of await wordsOf(column, rows, breather)) {
    for (const word of new Set(words)) {
      const own = counts.get(word) ?? new Int32Array(size);
      own[goals[i] ?? 0] = (own[goals[i] ?? 0] ?? 0) + 1;
      counts.set(word, own);
    }
    const text = ` ${words.join(' ')} `;
    named[i] = 1 + names.findIndex((name) => name !== '' && text.includes(` ${name} `));
  }
  const present = named.reduce((sum, code) => sum + (code >= 0 ? 1 : 0), 0);
  const all = countsOf(goals, named, size);
  let best = { word: '', parted: least };
  for (const [word, own] of counts) {
    const holding = own.reduce((sum, count) => sum + count, 0);
    if (holding < MIN_ROWS || present - holding < MIN_ROWS) continue;
    const others = all.map((count, k) => count - (own[k] ?? 0));
    const parted = partedBy([own, others], all);
    if (parted > best.parted) best = { word, parted };
  }
  const byName = partedBy(groupsOf(goals, named, size), all);
  if (byName > best.parted) {
    return {
      what: 'What stands of the classes by name in',
      feature: { kind: 'categories', codes: named, size: size + 1 },
    };
  }
  if (best.word === '') return null;
  const codes = new Int32Array(rows.length).fill(-1);
  for (const [i, words] of await wordsOf(column, rows, breather)) {
    codes[i] = words.includes(best.word) ? 1 : 0;
  }
  return {
    what: `The word "${best.word}" in`,
    feature: { kind: 'categories', codes, size: 2 },
  };
}

/** The words of each row that has some, in lower case. */
async function wordsOf(
  column: AuditColumn,
  rows: Int32Array,
  breather: Breather,
): Promise<readonly (readonly [number, readonly string[]])[]> {
  const { codes, texts } = column.values;
  const found: (readonly [number, readonly string[]])[] = [];
  for (const [i, row] of rows.entries()) {
    if (i % ROWS_AT_ONCE === 0) await breather.breathe();
    const text = texts[codes[row] ?? -1];
    if (text !== undefined) found.push([i, wordsIn(text)]);
  }
  return found;
}

function wordsIn(text: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    words.push(word);
    if (words.length === MAX_WORDS) break;
  }
  return words;
}

/** What a class is called, as its words stand in a text; '' for a name that is no word. */
function namesOf(labels: readonly string[]): readonly string[] {
  if (labels.length > MAX_LABELS) return [];
  return labels.map((label) => (/\p{L}{3}/u.test(label) ? wordsIn(label).join(' ') : ''));
}

function countsOf(goals: Int32Array, codes: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (const [i, goal] of goals.entries()) {
    if ((codes[i] ?? -1) >= 0) counts[goal] = (counts[goal] ?? 0) + 1;
  }
  return counts;
}

/** The counts of classes in each group of rows. */
function groupsOf(goals: Int32Array, codes: Int32Array, size: number): readonly Int32Array[] {
  const groups = Array.from({ length: size + 1 }, () => new Int32Array(size));
  for (const [i, goal] of goals.entries()) {
    const own = groups[codes[i] ?? -1];
    if (own !== undefined) own[goal] = (own[goal] ?? 0) + 1;
  }
  return groups;
}

/** The share of the Gini impurity that is gone once the rows are parted into these groups. */
function partedBy(groups: readonly Int32Array[], all: Int32Array): number {
  const left = groups.reduce((sum, own) => sum + impurity(own), 0);
  const before = impurity(all);
  return before > 0 ? 1 - left / before : 0;
}

/** n (1 − Σ p²) */
function impurity(counts: Int32Array): number {
  let rows = 0;
  let squares = 0;
  for (const count of counts) {
    rows += count;
    squares += count * count;
  }
  return rows === 0 ? 0 : rows - squares / rows;
}
