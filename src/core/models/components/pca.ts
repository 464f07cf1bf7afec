import { keptParameters, principalAxes, whiten } from '#core/features/reduction/principal-axes.ts';
import { Breather } from '#core/breather.ts';
import { booleanOf, choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import {
  emitProjection,
  meanSquaredError,
  projectionAxes,
  projectionModel,
  type Projection,
} from './projection.ts';
import { refuseFeatures } from './refuse-features.ts';
import { eigenOf, spreadOf } from './spread.ts';

const TITLE = 'Principal components';

/** As scikit-learn's PCA: centred, not scaled, variances by n − 1; components that do not vary are left out. */
export const pca: Estimator = {
  name: 'pca',
  title: TITLE,
  shortName: 'PCA',
  summary:
    'Describes each row by a few numbers: its places along the directions in which the training rows differ most. Features should have like scales.',
  tasks: ['reduction'],
  answers: 'components',
  proposed: true,
  complexity: 10,
  parameters: [...keptParameters('count'), whiten],
  check: ({ features }, parameters, path) => refuseFeatures(TITLE, features, parameters, path),
  train: trainPca,
  emit: emitProjection,
  axes: projectionAxes,
};

async function* trainPca({ train, validation, parameters, signal }: TrainingInput): Training {
  refuseFeatures(TITLE, train.features, parameters);
  const breather = new Breather(signal);
  const spread = await spreadOf(train, breather);
  const { variances, axes } = principalAxes(await eigenOf(spread, breather), parameters);
  const { width } = train.features;
  const flat = new Float64Array(axes.length * width);
  for (const [k, axis] of axes.entries()) flat.set(axis, k * width);
  const whitens = booleanOf(parameters, 'whiten');
  const projection: Projection = {
    centre: spread.centre,
    axes: flat,
    scales: Float64Array.from(axes, (_, k) => (whitens ? Math.sqrt(variances[k] ?? 1) : 1)),
  };
  yield await onlyEpoch(train, validation, (part) => meanSquaredError(projection, part.features));
  const about = { variances: Array.from(variances), total: spread.total };
  return projectionModel(projection, about, fewerThanAsked(axes.length, parameters));
}

function fewerThanAsked(kept: number, parameters: ParameterValues): readonly string[] {
  const asked = numberOf(parameters, 'n_components');
  if (choiceOf(parameters, 'keep') !== 'count' || asked <= kept) return [];
  return [
    `${TITLE}: the training rows vary in ${kept} ${kept === 1 ? 'direction' : 'directions'} only, so there are ${kept} of the ${asked} components.`,
  ];
}
