import type { TrainingData } from '#core/models/estimator.ts';
import type { RandomStream } from '#core/random.ts';
import type { ParameterSpec, ParameterValues } from '#core/spec/parameters.ts';

/**
 * A way to make rare classes count as much as frequent ones. It changes what a candidate trains on, and nothing of the
 * rows that measure it. One object in one file, one row in `registry.ts`.
 */
export interface BalanceMethod {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** Whether it gives rows weights, which an estimator must accept. */
  readonly givesWeights: boolean;
  readonly parameters: readonly ParameterSpec[];
  /**
   * Refuses parameters that do not fit the classes, before any candidate is trained.
   * @param path where the parameters stand in the spec
   */
  readonly check?: (parameters: ParameterValues, classes: readonly string[], path: string) => void;
  /** @throws TerrariumError where these rows cannot be balanced so */
  apply(
    data: TrainingData,
    options: {
      readonly parameters: ParameterValues;
      readonly random: RandomStream;
      readonly signal: AbortSignal;
      /** Names of the classes. */
      readonly classes: readonly string[];
      /** Whether what rows count must have a mean of 1: a network's steps are as long as its rows count. */
      readonly wantsMeanOfOne?: boolean;
    },
  ): Promise<TrainingData>;
}
