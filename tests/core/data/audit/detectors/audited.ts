import { audit, type AuditOptions } from '#core/data/audit/audit.ts';
import type { Finding, FindingCode } from '#core/data/audit/finding.ts';
import { RandomStream } from '#core/random.ts';
import { readText, writeCsv } from '../../../../support/csv.ts';

export type Columns = Readonly<Record<string, readonly (string | number)[]>>;

/** What the audit finds in a table of these columns, read as a CSV. */
export async function audited(
  columns: Columns,
  options: Partial<AuditOptions> = {},
): Promise<readonly Finding[]> {
  return audit(await datasetOf(columns), { today: '2026-01-31', ...options });
}

/** The findings of one kind. */
export async function found(
  code: FindingCode,
  columns: Columns,
  options: Partial<AuditOptions> = {},
): Promise<readonly Finding[]> {
  return (await audited(columns, options)).filter((finding) => finding.code === code);
}

export function datasetOf(columns: Columns) {
  const names = Object.keys(columns);
  const length = Math.max(...Object.values(columns).map((cells) => cells.length));
  const rows = Array.from({ length }, (_, row) =>
    names.map((name) => String(columns[name]?.[row] ?? '')),
  );
  return readText(writeCsv([names, ...rows]));
}

/** `count` values made from their row. */
export function times<T>(count: number, make: (row: number) => T): T[] {
  return Array.from({ length: count }, (_, row) => make(row));
}

/** Seeded draws from N(0, 1). */
export function normals(count: number, seed: number): number[] {
  const random = new RandomStream(seed);
  return times(count, () => random.normal());
}

/** Seeded draws of whole numbers from 0. */
export function draws(count: number, below: number, seed: number): number[] {
  const random = new RandomStream(seed);
  return times(count, () => random.integer(below));
}

/** A day after the first of January 2020. */
export function day(after: number): string {
  return new Date(Date.UTC(2020, 0, 1) + after * 86_400_000).toISOString().slice(0, 10);
}
