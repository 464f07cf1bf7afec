import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Estimator, TrainedModel } from '#core/models/estimator.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';

/** Shares of variance, components, and features of each that run.json keeps. */
const MOST_SHARES = 100;
const MOST_COMPONENTS = 20;
const MOST_LOADINGS = 20;

/** What the components of a model are made of, where it has any. */
export function describeComponents(
  { axes: axesOf }: Estimator,
  { weights }: Pick<TrainedModel, 'weights'>,
  { names, width }: Pick<FeatureMatrix, 'names' | 'width'>,
): Pick<CandidateRecord, 'components'> {
  if (axesOf === undefined) return {};
  const { axes, variances, total } = axesOf(weights);
  return {
    components: {
      features: width,
      kept: axes.length,
      shares: variances.slice(0, MOST_SHARES).map((variance) => variance / total),
      loadings: axes.slice(0, MOST_COMPONENTS).map((axis) => loadingsOf(axis, names)),
    },
  };
}

/** The features that weigh most in a component, largest first. */
function loadingsOf(
  axis: Float64Array,
  names: readonly string[],
): { feature: string; weight: number }[] {
  return names
    .map((feature, j) => ({ feature, weight: axis[j] ?? 0 }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_LOADINGS);
}
