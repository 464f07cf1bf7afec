import type { Estimator } from '../estimator.ts';
import { fitElasticNet, penaltyParameters } from './elastic-net-fit.ts';
import { emitLinear } from './linear-model.ts';

export const lasso: Estimator = {
  name: 'lasso',
  title: 'Lasso',
  shortName: 'lasso',
  summary:
    'Linear regression with an L1 penalty, which leaves features out: their coefficients are 0.',
  tasks: ['regression'],
  acceptsSparse: () => true,
  acceptsWeights: true,
  linear: 'answer',
  complexity: 10,
  parameters: penaltyParameters,
  train: (input) => fitElasticNet(input, 1, 'Lasso'),
  emit: emitLinear,
  emitSparse: emitLinear,
};
