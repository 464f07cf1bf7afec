import { parsePath } from '#core/spec/spec-path.ts';
import type { Remedy } from './finding.ts';

/** Most rows that a finding shows. */
const SHOWN_ROWS = 20;

/** `1 row`, `1,204 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** A share as a percentage of two figures: `0.012%`, `4.3%`, `57%`, never `100%` of what is not all. */
export function percent(part: number, whole: number): string {
  if (part === whole) return '100%';
  const share = (100 * part) / whole;
  if (share > 99) return `${Math.min(99.99, Math.floor(share * 100) / 100)}%`;
  return share >= 10 ? `${share.toFixed(0)}%` : `${Number(share.toPrecision(2))}%`;
}

/** `"a", "b" and 3 more`. */
export function quoted(texts: readonly string[], most = 5): string {
  const shown = texts.slice(0, most).map((text) => `"${shortened(text)}"`);
  const more = texts.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${grouped(more)} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

export function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

/** A number with four figures. */
export function figure(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15
    ? String(value)
    : String(Number(value.toPrecision(4)));
}

/** A number of four figures as one reads it: `39.5`, `1955`, `12,610,000`, `1e+300`. */
export function amount(value: number): string {
  const shown = Number(figure(value));
  const isLong = Math.abs(shown) >= 10_000 && Math.abs(shown) < 1e15;
  return isLong ? grouped(shown) : String(shown);
}

/** The first rows for which `holds`, from 1. */
export function firstRows(rowCount: number, holds: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < rowCount && rows.length < SHOWN_ROWS; row += 1) {
    if (holds(row)) rows.push(row + 1);
  }
  return rows;
}

/** The first few rows with a value, where any are as good as others. */
export function someRows(column: { isMissing(row: number): boolean }, rowCount: number): number[] {
  return firstRows(rowCount, (row) => !column.isMissing(row)).slice(0, 5);
}

/** Rows from 0 as a finding shows them: the first 20, from 1. */
export function shownRows(rows: readonly number[] | Int32Array): number[] {
  return Array.from(rows.slice(0, SHOWN_ROWS), (row) => row + 1);
}

/** The path of a column's field in the spec; null for a name that no path can hold. */
export function columnPath(name: string, field: string): string | null {
  if (name === '__proto__') return null;
  const path = /[.[\]]/.test(name) ? `columns[${name}].${field}` : `columns.${name}.${field}`;
  return parsePath(path).length === 2 + field.split('.').length ? path : null;
}

/** A remedy of one column's fields; none where a path cannot name the column. */
export function columnRemedy(
  label: string,
  name: string,
  fields: Readonly<Record<string, unknown>>,
): Remedy[] {
  const changes = Object.entries(fields).flatMap(([field, value]) => {
    const path = columnPath(name, field);
    return path === null ? [] : [{ path, value }];
  });
  return changes.length === 0 ? [] : [{ label, changes }];
}

export function leaveOut(name: string): Remedy[] {
  return columnRemedy(`Leave "${shortened(name)}" out of the model`, name, { type: 'ignore' });
}
