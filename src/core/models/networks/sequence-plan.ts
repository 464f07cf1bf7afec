import { inputError } from '#core/errors.ts';
import type { SequenceShape } from '#core/features/matrix.ts';
import type { NetworkInputs, TrainingData } from '#core/models/estimator.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import {
  integersOf,
  numberOf,
  type ParameterSpec,
  type ParameterValues,
} from '#core/spec/parameters.ts';

/** What stands behind the layers that look along a sequence. */
export const hiddenParameters: readonly ParameterSpec[] = [
  {
    name: 'hidden_units',
    label: 'Hidden layers',
    kind: 'integer_list',
    min: 1,
    max: 1024,
    maxLength: 8,
    default: [32],
    help: 'Units of each fully connected layer behind the sequence, first to last.',
  },
  {
    name: 'dropout',
    label: 'Dropout',
    kind: 'number',
    min: 0,
    max: 0.9,
    default: 0,
    help: 'Chance of each number before and behind a hidden layer to be dropped in a step of training.',
  },
];

/** @throws TerrariumError where features are no sequence: which step makes them one */
export function sequenceOfFeatures(
  { features: { sequence } }: TrainingData,
  title: string,
  path: string,
): SequenceShape {
  if (sequence !== undefined) return sequence;
  throw inputError(
    'no_sequence',
    `${path}: ${title} reads one sequence, and the features are none.`,
    'Use the step sequence, as the last one, on columns that are the positions of a sequence, and set all other columns to ignore (or known: false, for the time of a forecast); or choose another model.',
    { path },
  );
}

/**
 * A network over sequences.
 * @param along the layers that look along it
 */
export function sequencePlan(
  { sequence, outputs, task }: NetworkInputs,
  parameters: ParameterValues,
  along: readonly Layer[],
): NetworkPlan {
  if (sequence === undefined) throw new RangeError('a network over sequences needs one');
  const share = numberOf(parameters, 'dropout');
  const drops: Layer[] = share > 0 ? [{ kind: 'dropout', share }] : [];
  const hidden = integersOf(parameters, 'hidden_units').flatMap((units): Layer[] => [
    { kind: 'dense', units },
    { kind: 'activation', function: 'relu' },
    ...drops,
  ]);
  return {
    input: [sequence.length, sequence.channels],
    layers: [...along, ...drops, ...hidden, { kind: 'dense', units: outputs }],
    task,
    outputs,
  };
}
