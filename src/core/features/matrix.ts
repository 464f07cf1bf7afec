/**
 * A dense row-major matrix of float32 features, shape [rows, width]: what every estimator reads. NaN is a missing value,
 * which only estimators that accept it see.
 */
export interface FeatureMatrix {
  readonly rows: number;
  readonly width: number;
  readonly values: Float32Array;
  /** Per feature, how many categories its codes 0, 1, … stand for, or 0 for a number; all are numbers where absent. */
  readonly categories?: Int32Array;
  /** One name per feature, for example `bill_length_mm` or `island=Dream`. */
  readonly names: readonly string[];
}
