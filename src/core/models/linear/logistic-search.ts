/** A search for the coefficients: yields where it is after each iteration, and ends with the last place. */
export type LogisticSearch = AsyncGenerator<LogisticPlace, LogisticPlace>;

export interface LogisticPlace {
  readonly iteration: number;
  /** [width, free] coefficients row-major, then [free] intercepts. */
  readonly point: Float64Array;
  /** Mean cross-entropy of the training rows. */
  readonly loss: number;
  /** Largest entry of the gradient, by features of unit scale. */
  readonly slope: number;
  readonly converged: boolean;
}
