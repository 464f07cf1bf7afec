import type { Estimator, NetworkInputs } from '#core/models/estimator.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParameters } from '#core/networks/training.ts';
import { numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { asPlanned } from './as-planned.ts';
import { hiddenParameters, sequenceOfFeatures, sequencePlan } from './sequence-plan.ts';

const title = 'Recurrent network (GRU)';

/** Gated recurrent units (Cho and others, 2014) from the first position to the last, and fully connected layers behind. */
export const gru: Estimator = {
  name: 'gru',
  title,
  shortName: 'recurrent network',
  summary:
    'Reads a sequence from its first position to its last, and remembers what matters of it; stops early and keeps the weights of the best validation loss.',
  tasks: ['classification', 'regression'],
  stopsEarly: true,
  acceptsWeights: true,
  readsSequences: true,
  complexity: 106,
  parameters: [
    {
      name: 'units',
      label: 'Units',
      kind: 'integer',
      min: 1,
      max: 512,
      default: 32,
      help: 'Numbers that it remembers from one position to the next.',
    },
    {
      name: 'layers',
      label: 'Layers',
      kind: 'integer',
      min: 1,
      max: 4,
      default: 1,
      help: 'Each further layer reads what the one before it remembers at each position.',
    },
    ...hiddenParameters,
    ...trainingParameters,
  ],

  check(train, _, path) {
    sequenceOfFeatures(train, title, path);
  },

  ...asPlanned(planOf),
};

function planOf(inputs: NetworkInputs, parameters: ParameterValues): NetworkPlan {
  const [units, layers] = [numberOf(parameters, 'units'), numberOf(parameters, 'layers')];
  const recurrent = Array.from({ length: layers }, (_, i): Layer => {
    return { kind: 'gru', units, gives: i < layers - 1 ? 'all' : 'last' };
  });
  return sequencePlan(inputs, parameters, recurrent);
}
