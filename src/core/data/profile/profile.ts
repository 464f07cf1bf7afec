import type { ColumnType } from '#core/data/table.ts';

/** Bump when what a stored profile holds changes its meaning: older ones are then made anew. */
export const PROFILE_VERSION = 1;

/** The shares at which quantiles are taken; `Quantiles` has one value for each. */
export const QUANTILE_SHARES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1] as const;
export type Quantiles = readonly number[];

/** What is in a table, column by column. Plain JSON: it is stored beside its data set. */
export interface Profile {
  /** `PROFILE_VERSION` when it was made. */
  readonly version: number;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

export type ColumnProfile = NumbersProfile | TimesProfile | TextsProfile | EmptyProfile;

interface Counts {
  readonly name: string;
  readonly type: ColumnType;
  /** Rows that hold a value; with `missing` they are all rows. */
  readonly count: number;
  readonly missing: number;
  /** Distinct values, missing ones not counted. */
  readonly distinct: number;
}

/** A column of numbers. null stands where a statistic is not defined, or is no finite number. */
export interface NumbersProfile extends Counts {
  readonly kind: 'numbers';
  readonly quantiles: Quantiles;
  readonly mean: number;
  /** With n − 1 in the denominator; null for one value. */
  readonly standardDeviation: number | null;
  /** Adjusted Fisher–Pearson G1 (pandas' `skew`); null under three values and for a constant. */
  readonly skewness: number | null;
  readonly histogram: Histogram;
  /** The first distinct values in row order. */
  readonly examples: readonly number[];
}

/** A column of dates. Times are milliseconds since 1970 in UTC; a date without a zone is read as UTC. */
export interface TimesProfile extends Counts {
  readonly kind: 'times';
  /** As they stand in the typed column. */
  readonly earliest: string;
  readonly latest: string;
  readonly quantiles: Quantiles;
  readonly histogram: Histogram;
  readonly examples: readonly string[];
}

/** A column of texts: categories, identifiers, free text. */
export interface TextsProfile extends Counts {
  readonly kind: 'texts';
  /** The most frequent values, most frequent first, equally frequent ones in the order of their code units. */
  readonly top: readonly { readonly value: string; readonly count: number }[];
  /** Quantiles of the texts' lengths in characters (code points), over the rows that hold one. */
  readonly lengths: Quantiles;
  readonly examples: readonly string[];
}

/** A column without any value. */
export interface EmptyProfile extends Counts {
  readonly kind: 'empty';
}

/**
 * Counts per bin. Bin i holds edges[i] ≤ x < edges[i + 1], the last one its upper edge too; edges rise
 * strictly, but for a single value: then the one bin is [x, x].
 */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Each bin holds one whole number, its lower edge. */
  readonly unit: boolean;
}
