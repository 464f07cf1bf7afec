import { MISSING_TOKENS, NUMERIC_MISSING_TOKENS, parseNumber, trimmed } from './normalize.ts';
import type { ColumnSchema, Doubt, Table } from './table.ts';

/** Values kept in `top`; also the longest list a form offers. */
const TOP_VALUES = 50;
/** Below this many values nothing is called an identifier. */
const IDENTIFIER_MIN_VALUES = 10;
/** Text with more distinct values than this, in more than half of its rows, is no category. */
const CATEGORY_MAX_DISTINCT = 50;
const EXAMPLE_ROWS = 3;

/** Infers every column's type from all of its rows, with the evidence. */
export function inferColumns(table: Table): {
  readonly columns: readonly ColumnSchema[];
  readonly doubts: readonly Doubt[];
} {
  const doubts: Doubt[] = [];
  const columns = table.names.map((name, i) => inferColumn(name, table.columns[i] ?? [], doubts));
  return { columns, doubts };
}

interface Tally {
  /** Count of each trimmed text that is missing in no type of column. */
  readonly counts: ReadonlyMap<string, number>;
  readonly missing: number;
  readonly missingTexts: ReadonlyMap<string, number>;
}

function tally(cells: readonly string[], tokens: ReadonlySet<string>): Tally {
  const counts = new Map<string, number>();
  const missingTexts = new Map<string, number>();
  let missing = 0;
  for (const cell of cells) {
    const text = trimmed(cell);
    if (tokens.has(text)) {
      missing += 1;
      if (text !== '') missingTexts.set(text, (missingTexts.get(text) ?? 0) + 1);
    } else counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return { counts, missing, missingTexts };
}

const everywhere = new Set(MISSING_TOKENS);
const inNumbers = new Set([...MISSING_TOKENS, ...NUMERIC_MISSING_TOKENS]);

function inferColumn(name: string, cells: readonly string[], doubts: Doubt[]): ColumnSchema {
  const asNumbers = tally(cells, inNumbers);
  const numbers = new Map<string, number>();
  for (const text of asNumbers.counts.keys()) {
    const value = parseNumber(text);
    if (value !== null) numbers.set(text, value);
  }
  if (asNumbers.counts.size > 0 && numbers.size === asNumbers.counts.size) {
    noteMissing(name, asNumbers, doubts);
    return numericColumn(name, cells, asNumbers, numbers, doubts);
  }
  const asTexts = tally(cells, everywhere);
  if (asTexts.counts.size === 0) {
    doubts.push({
      column: name,
      message: `Column "${name}" has no value in any row; it is left out.`,
    });
    return {
      ...common(name, asTexts, MISSING_TOKENS),
      type: 'empty',
      dtype: 'string',
      integer: false,
      evidence: `all ${cells.length} values are missing`,
    };
  }
  noteMissing(name, asTexts, doubts);
  return textColumn(name, cells, asTexts, numbers, doubts);
}

function numericColumn(
  name: string,
  cells: readonly string[],
  counted: Tally,
  numbers: ReadonlyMap<string, number>,
  doubts: Doubt[],
): ColumnSchema {
  const values = [...numbers.values()];
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const integer = values.every((value) => Number.isInteger(value));
  const exact = values.every((value) => Math.fround(value) === value);
  const present = cells.length - counted.missing;
  const base = {
    ...common(name, counted, [...MISSING_TOKENS, ...NUMERIC_MISSING_TOKENS]),
    distinct: new Set(values).size,
    dtype: exact ? ('float32' as const) : ('float64' as const),
    integer,
    min,
    max,
  };
  if (isRowNumber(cells)) {
    const evidence = `counts the rows from ${cells[0]?.trim() ?? ''}`;
    doubts.push({
      column: name,
      message: `Column "${name}" ${evidence}; it is taken for a row number and left out of the model.`,
    });
    return { ...base, type: 'identifier', evidence };
  }
  const kind = integer ? 'integers' : 'numbers';
  return { ...base, type: 'numeric', evidence: `all ${present} values are ${kind}` };
}

function textColumn(
  name: string,
  cells: readonly string[],
  counted: Tally,
  numbers: ReadonlyMap<string, number>,
  doubts: Doubt[],
): ColumnSchema {
  const present = cells.length - counted.missing;
  const base = {
    ...common(name, counted, MISSING_TOKENS),
    dtype: 'string' as const,
    integer: false,
  };
  const mixed = numbers.size > 0 ? mixedEvidence(cells, counted, numbers) : null;
  if (mixed !== null && mixed.share >= 0.5) {
    doubts.push({
      column: name,
      message: `Column "${name}" is not numeric: ${mixed.evidence}. If they mean "missing", name them in columns.${name}.missing and set its type to numeric.`,
    });
  }
  for (const token of NUMERIC_MISSING_TOKENS) {
    const count = counted.counts.get(token);
    if (count !== undefined) {
      doubts.push({
        column: name,
        message: `Column "${name}" holds "${token}" ${times(count)}, read as a category of its own; add it to the column's missing texts if it means "missing".`,
      });
    }
  }
  const distinct = counted.counts.size;
  const unlike = distinct > CATEGORY_MAX_DISTINCT && distinct > present / 2;
  if ((distinct === present && present >= IDENTIFIER_MIN_VALUES) || unlike) {
    const evidence = mixed?.evidence ?? `${distinct} distinct texts in ${present} values`;
    doubts.push({
      column: name,
      message: `Column "${name}" looks like an identifier or free text (${distinct} distinct texts in ${present} values); it is left out of the model.`,
    });
    return { ...base, type: 'identifier', evidence };
  }
  return {
    ...base,
    type: 'categorical',
    evidence: mixed?.evidence ?? `${distinct} distinct texts in ${present} values`,
  };
}

/** For example: `3 of 344 values are not numbers: row 18 ("abc"), row 90 ("x"), row 120 ("12 kg")`. */
function mixedEvidence(
  cells: readonly string[],
  counted: Tally,
  numbers: ReadonlyMap<string, number>,
): { readonly evidence: string; readonly share: number } {
  const examples: string[] = [];
  let bad = 0;
  for (const [row, cell] of cells.entries()) {
    const text = trimmed(cell);
    if (!counted.counts.has(text) || numbers.has(text)) continue;
    bad += 1;
    if (examples.length < EXAMPLE_ROWS) examples.push(`row ${row + 1} ("${shorten(text)}")`);
  }
  const present = cells.length - counted.missing;
  const more = bad > examples.length ? ' and more' : '';
  return {
    evidence: `${bad} of ${present} values are not numbers: ${examples.join(', ')}${more}`,
    share: (present - bad) / present,
  };
}

function common(name: string, counted: Tally, missing: readonly string[]) {
  const top = [...counted.counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, TOP_VALUES);
  return { name, missing, missingCount: counted.missing, distinct: counted.counts.size, top };
}

/** 0, 1, 2, … or 1, 2, 3, … in every row: an index that a program wrote. */
function isRowNumber(cells: readonly string[]): boolean {
  const first = cells[0]?.trim();
  if (cells.length < IDENTIFIER_MIN_VALUES || (first !== '0' && first !== '1')) return false;
  const start = Number(first);
  return cells.every((cell, row) => Number(cell) === start + row && cell.trim() !== '');
}

function noteMissing(name: string, counted: Tally, doubts: Doubt[]): void {
  if (counted.missingTexts.size === 0) return;
  const texts = [...counted.missingTexts].map(([text, count]) => `"${text}" ${times(count)}`);
  doubts.push({ column: name, message: `Column "${name}": read as missing: ${texts.join(', ')}.` });
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function shorten(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text;
}
