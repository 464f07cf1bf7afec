import type { Cells } from './cells.ts';
import type { DecimalMark } from './normalize.ts';
import type { DateOrder } from './parse-date.ts';
import type { Reading, ReadSettings } from './read/settings.ts';

/**
 * A table as it was read: every cell what the file holds, untouched. Types, missing tokens and
 * numbers come later, by the contract, so that one normalizer serves training and prediction.
 */
export interface Table {
  readonly names: readonly string[];
  /** The cells of each column, each `rowCount` long, in the order of `names`. */
  readonly columns: readonly Cells[];
  readonly rowCount: number;
  /** Of a table whose rows are files: the SHA-256 of each one's bytes, lower-case hex. */
  readonly fileHashes?: Cells;
  /** Of a table whose rows are images: their files. */
  readonly images?: TableImages;
  /** Of a table whose rows are JSON records. */
  readonly records?: TableRecords;
}

export interface TableRecords {
  /** Fields that hold an object, which is fields of its own, with the first row (0-based) where they do. */
  readonly objects: ReadonlyMap<string, number>;
}

/** The files that a column names by their paths. */
export interface TableImages {
  readonly column: string;
  /** The bytes of a row's file (0-based). */
  read(row: number): Promise<Uint8Array>;
}

/** The cells of a named column; throws if there is none (callers check names against the schema first). */
export function columnCells(table: Table, name: string): Cells {
  const cells = table.columns[table.names.indexOf(name)];
  if (cells === undefined) throw new RangeError(`no column named ${name}`);
  return cells;
}

/** Something about a file that a person should know before training on it. */
export interface Doubt {
  readonly column?: string;
  /** In words that the forms of the page use too. */
  readonly message: string;
  /** Where a spec says the same, for whoever writes one. */
  readonly inSpec?: string;
}

export type ColumnType =
  | 'numeric'
  | 'integer'
  | 'boolean'
  | 'categorical'
  | 'ordinal'
  | 'datetime'
  | 'text'
  | 'identifier'
  | 'image'
  | 'empty';

/** What inference found in one column, from all rows. */
export interface ColumnSchema {
  readonly name: string;
  readonly type: ColumnType;
  /** Type of the graph's input tensor: float32 where every value is exact in it, else float64. */
  readonly dtype: 'float32' | 'float64' | 'string';
  /** Cell texts (after trimming) that count as missing, the empty text always among them. */
  readonly missing: readonly string[];
  readonly missingCount: number;
  /** Distinct values, missing ones not counted. */
  readonly distinct: number;
  /** Every value is an integer (numeric columns). */
  readonly integer: boolean;
  readonly min?: number;
  readonly max?: number;
  /** What parts whole digits from decimals, where it is no point (numeric columns). */
  readonly decimal?: DecimalMark;
  /** Whether day or month comes first, in dates that do not tell (datetime columns). */
  readonly dates?: DateOrder;
  /** Every value, lowest first, where their words have an order (ordinal columns). */
  readonly ranks?: readonly string[];
  /** Up to 50 most frequent values with their counts, most frequent first. */
  readonly top: readonly { readonly value: string; readonly count: number }[];
  /** Why this type, in a sentence with counts. */
  readonly evidence: string;
}

/** A data set without its rows: what pages list and specs refer to. */
export interface DatasetInfo {
  readonly name: string;
  /** SHA-256 of the file's bytes, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly columns: readonly ColumnSchema[];
  readonly doubts: readonly Doubt[];
  /** How the file was read. */
  readonly reading: Reading;
  /** What a person settled about that; absent where nothing. */
  readonly settings?: ReadSettings;
}

export interface Dataset {
  readonly info: DatasetInfo;
  readonly table: Table;
}
