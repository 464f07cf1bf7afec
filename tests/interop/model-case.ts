import type { TrainingData } from '#core/models/estimator.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';

/** A model, its parameters and the arrays that it and scikit-learn's are trained on. */
export interface ModelCase {
  readonly name: string;
  /** Its name in the registry. */
  readonly model: string;
  readonly parameters: ParameterValues;
  readonly data: TrainingData;
  /** Whether ours gets the data from the balance method `class_weight`, and scikit-learn's has class_weight="balanced". */
  readonly isBalanced?: boolean;
}
