/** A column on its way to the estimator. Missing is NaN or the empty text. */
export type FeatureColumn = NumericFeature | TextFeature;
export interface NumericFeature {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
  /** Where the values are codes 0, 1, … of categories without an order: how many there are. */
  readonly categories?: number;
  /** Where the values are codes of words, one place of a text after the other: of which column, and how many codes there are. */
  readonly tokens?: { readonly column: string; readonly codes: number };
}
export interface TextFeature {
  readonly kind: 'text';
  readonly name: string;
  readonly values: readonly string[];
  /** The categories of an ordinal column, lowest first. */
  readonly order?: readonly string[];
}

export function numericColumns(columns: readonly FeatureColumn[]): readonly NumericFeature[] {
  return columns.filter((column) => column.kind === 'numeric');
}

export function textColumns(columns: readonly FeatureColumn[]): readonly TextFeature[] {
  return columns.filter((column) => column.kind === 'text');
}

/** The values that are not missing. */
export function presentValues({ values }: NumericFeature): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

/** Other numbers in the place of a column's own; codes of categories they are no more. */
export function mapNumbers(
  columns: readonly FeatureColumn[],
  map: (value: number, column: number) => number,
): readonly NumericFeature[] {
  return numericColumns(columns).map(({ kind, name, values }, j) => ({
    kind,
    name,
    values: values.map((value) => map(value, j)),
  }));
}
