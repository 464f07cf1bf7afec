import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Estimator, TrainedModel } from '#core/models/estimator.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';

/** Features that run.json keeps. */
const MOST_FEATURES = 50;

/** The features that a model uses most, where it tells, largest share first. */
export function featureImportances(
  { importances }: Estimator,
  { weights }: Pick<TrainedModel, 'weights'>,
  { names, width }: FeatureMatrix,
): Pick<CandidateRecord, 'importances'> {
  if (importances === undefined) return {};
  const shares = importances(weights, width);
  const used = names
    .map((feature, i) => ({ feature, share: shares[i] ?? 0 }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
  return { importances: used.slice(0, MOST_FEATURES) };
}
