import { numberOf } from '#core/spec/parameters.ts';
import type { Estimator } from '../estimator.ts';
import { fitElasticNet, penaltyParameters } from './elastic-net-fit.ts';
import { emitLinear } from './linear-model.ts';

export const elasticNet: Estimator = {
  name: 'elastic_net',
  title: 'Elastic net',
  shortName: 'elastic net',
  summary:
    'Linear regression with L1 and L2 penalties: leaves features out, and shares between features that go together.',
  tasks: ['regression'],
  acceptsSparse: () => true,
  acceptsWeights: true,
  linear: 'answer',
  complexity: 10,
  parameters: [
    ...penaltyParameters,
    {
      name: 'l1_ratio',
      label: 'Share of L1',
      kind: 'number',
      min: 0.01,
      max: 1,
      default: 0.5,
      help: 'Share of the L1 penalty; 1 is the lasso, and for 0 there is ridge regression.',
    },
  ],
  train: (input) => fitElasticNet(input, numberOf(input.parameters, 'l1_ratio'), 'Elastic net'),
  emit: emitLinear,
  emitSparse: emitLinear,
};
