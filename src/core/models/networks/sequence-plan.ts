import { inputError } from '#core/errors.ts';
import type { SequenceShape } from '#core/features/matrix.ts';
import type { NetworkInputs, TrainingData } from '#core/models/estimator.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { ParameterSpec, ParameterValues } from '#core/spec/parameters.ts';
import { dropout, dropoutOf, hiddenLayers, hiddenUnits } from './hidden-layers.ts';

/** What stands behind the layers that look along a sequence. */
export const hiddenParameters: readonly ParameterSpec[] = [
  hiddenUnits({
    default: [32],
    help: 'Units of each fully connected layer behind the sequence, first to last.',
  }),
  dropout(
    'Chance of each number before and behind a hidden layer to be dropped in a step of training.',
  ),
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
  const layers = [
    ...along,
    ...dropoutOf(parameters),
    ...hiddenLayers(parameters, { kind: 'activation', function: 'relu' }),
    { kind: 'dense', units: outputs } as const,
  ];
  return { input: [sequence.length, sequence.channels], layers, task, outputs };
}
