/** A dense row-major matrix of float32 features, shape [rows, width]: what every estimator reads. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly width: number;
  readonly values: Float32Array;
  /** One name per feature, for example `bill_length_mm` or `island=Dream`. */
  readonly names: readonly string[];
}
