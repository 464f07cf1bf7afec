import type { FindingCode } from '#core/data/audit/finding.ts';
import type { RandomStream } from '#core/random.ts';
import { writeCsv, type CsvStyle } from '../../../../support/csv.ts';
import { randomFor, type Texts } from './draw.ts';
import type { Base, Domain } from './domains.ts';

export type Columns = Readonly<Record<string, Texts>>;

/** One finding that must come. */
export interface Expected {
  /** Any of these counts: some faults have two right names. */
  readonly codes: readonly FindingCode[];
  /** All of these must be among the finding's columns. */
  readonly columns: readonly string[];
  /** At least one of these rows (from 1) must be among the finding's examples. */
  readonly rows?: readonly number[];
  /** The finding's count is at least this. */
  readonly minimumCount?: number;
  /** The finding is severe or a warning: a note would pass unseen. */
  readonly alarm?: boolean;
}

export interface GeneratedTable {
  readonly name: string;
  readonly csv: string;
  readonly target?: string;
  /** What the spec's split says beyond the proposed one; without it the audit gets no spec. */
  readonly split?: Readonly<Record<string, unknown>>;
}

export interface PlantedTable extends GeneratedTable {
  readonly expected: readonly Expected[];
}

interface Draft {
  readonly columns: Columns;
  /** The domain's target unless said otherwise; null for a table without one. */
  readonly target?: string | null;
  readonly split?: Readonly<Record<string, unknown>>;
  readonly style?: CsvStyle;
}

/** A table of a domain with a fault put in. */
export function plant(
  name: string,
  domain: Domain,
  rows: number,
  build: (base: Base, random: RandomStream) => Draft & { readonly expected: readonly Expected[] },
): PlantedTable {
  const random = randomFor(name);
  const base = domain(random, rows);
  const draft = build(base, random);
  return { ...generated(name, base, draft), expected: draft.expected };
}

/** A table of a domain that has nothing wrong with it. */
export function clean(
  name: string,
  domain: Domain,
  rows: number,
  build: (base: Base, random: RandomStream) => Draft,
): GeneratedTable {
  const random = randomFor(name);
  const base = domain(random, rows);
  return generated(name, base, build(base, random));
}

function generated(name: string, base: Base, draft: Draft): GeneratedTable {
  const target = draft.target === undefined ? base.target : draft.target;
  return {
    name,
    csv: csvOf(draft.columns, draft.style),
    ...(target === null ? {} : { target }),
    ...(draft.split === undefined ? {} : { split: draft.split }),
  };
}

function csvOf(columns: Columns, style?: CsvStyle): string {
  const names = Object.keys(columns);
  const cells = Object.values(columns);
  const rows = cells[0]?.length ?? 0;
  if (cells.some((each) => each.length !== rows)) throw new RangeError('columns differ in length');
  const records = Array.from({ length: rows }, (_, row) => cells.map((each) => each[row] ?? ''));
  return writeCsv([names, ...records], style);
}

/** The same columns under other names, in the same order; those not named keep theirs. */
export function renamed(columns: Columns, names: Readonly<Record<string, string>>): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, cells]) => [names[name] ?? name, cells]),
  );
}

/** The columns without some. */
export function without(columns: Columns, ...names: readonly string[]): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => !names.includes(name)));
}

/** The rows of a table in another order, or some of them, or some twice: indices from 0. */
export function rowsAt(columns: Columns, rows: readonly number[]): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, cells]) => [name, rows.map((row) => cells[row] ?? '')]),
  );
}

/**
 * Personal data that must be raised as more than a note, since a decision is required for it. `rows` (from 0)
 * are those that hold some; at least half of them must be counted.
 */
export function disclosed(code: FindingCode, name: string, rows: readonly number[]): Expected {
  return {
    codes: [code],
    columns: [name],
    rows: rows.map((row) => row + 1),
    minimumCount: Math.ceil(rows.length / 2),
    alarm: true,
  };
}

/** Rows (from 0) whose cell is not empty. */
export function filled(cells: Texts): number[] {
  return [...cells.keys()].filter((row) => cells[row] !== '');
}
