import { numberOf } from '#core/spec/parameters.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { centresModel, emitDistances } from './centres.ts';
import { randomRows } from './first-centres.ts';
import { groupCount, refuseGroups } from './group-count.ts';
import { meanSquaredDistance } from './nearest-centre.ts';

export const randomCentres: Estimator = {
  name: 'random_centres',
  title: 'Random centres',
  shortName: 'baseline',
  summary:
    'Baseline: each row joins the nearest of k training rows that were drawn at random, and nothing is learned.',
  tasks: ['clustering'],
  answers: 'distances',
  baseline: true,
  proposed: true,
  carriesData: 'Random centres keep k training rows, as the steps leave them.',
  complexity: 0,
  parameters: [groupCount],
  train: drawCentres,
  emit: emitDistances,
};

async function* drawCentres({ train, validation, parameters, random }: TrainingInput): Training {
  const k = numberOf(parameters, 'k');
  const { features } = train;
  refuseGroups('Random centres', k, features);
  const centres = randomRows(features, k, random);
  yield await onlyEpoch(train, validation, (part) =>
    meanSquaredDistance(part.features, centres, k),
  );
  return centresModel(centres, { k, width: features.width }, []);
}
