/** A column on its way to the estimator. Missing is NaN or the empty text. */
export type FeatureColumn = NumericFeature | TextFeature;
export interface NumericFeature {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
  /** Where the values are codes 0, 1, … of categories without an order: how many there are. */
  readonly categories?: number;
}
export interface TextFeature {
  readonly kind: 'text';
  readonly name: string;
  readonly values: readonly string[];
}
