import { inputError } from '#core/errors.ts';
import { numberOf } from '#core/spec/parameters.ts';
import { mapNumbers, numericColumns, presentValues, type NumericFeature } from '../column.ts';
import { scaledMeaning } from '../meaning.ts';
import { emitScaled, standardScaling, type Scaling } from '../numbers/scaling.ts';
import { takeColumns } from '../row-constant.ts';
import type { FeatureStep, StepState } from '../step.ts';

interface SequenceState extends StepState {
  readonly length: number;
  readonly channels: number;
  /** One per channel. */
  readonly scalings: readonly Scaling[];
}

/** Columns channel after channel, the first position first, become the features of a sequence, position after position. */
export const sequence: FeatureStep<SequenceState> = {
  name: 'sequence',
  title: 'Sequence',
  summary:
    'Takes columns in their order as one sequence, for networks that look along it; brings each channel to mean 0 and deviation 1.',
  accepts: ['numeric'],
  gives: 'same',
  parameters: [
    {
      name: 'channels',
      label: 'Channels',
      kind: 'integer',
      min: 1,
      max: 256,
      default: 1,
      help: 'Numbers of each position. Columns come channel after channel: all positions of the first, then all of the second.',
    },
  ],

  fit(columns, parameters) {
    const channels = numberOf(parameters, 'channels');
    const length = columns.length / channels;
    if (!Number.isInteger(length)) throw notWhole(columns.length, channels);
    const numbers = numericColumns(columns);
    const scalings = Array.from({ length: channels }, (_, channel) =>
      channelScaling(numbers.slice(channel * length, (channel + 1) * length)),
    );
    return { length, channels, scalings };
  },

  transform: (columns, state) => {
    const scaled = mapNumbers(columns, (value, j) => {
      const { centre, scale } = scalingOf(state, j);
      return (value - centre) / scale;
    });
    return orderOf(state).flatMap((j) => scaled[j] ?? []);
  },

  meanings: (inputs, state) =>
    orderOf(state).flatMap((j) => {
      const { centre, scale } = scalingOf(state, j);
      return inputs.slice(j, j + 1).map((meaning) => scaledMeaning(meaning, centre, scale));
    }),

  sequence: ({ length, channels }) => ({ length, channels }),

  emit(graph, input, state) {
    const { length, channels } = state;
    const each = Array.from({ length: length * channels }, (_, j) => scalingOf(state, j));
    const scaled = emitScaled(graph, input, each);
    return channels === 1 ? scaled : takeColumns(graph, scaled, orderOf(state));
  },
};

/** The column that stands at each place, where all channels of a position stand side by side. */
function orderOf({ length, channels }: SequenceState): readonly number[] {
  return Array.from(
    { length: length * channels },
    (_, at) => (at % channels) * length + Math.floor(at / channels),
  );
}

function scalingOf({ length, scalings }: SequenceState, column: number): Scaling {
  return scalings[Math.floor(column / length)] ?? { centre: 0, scale: 1 };
}

/** Over all positions of a channel; what is missing counts for nothing. */
function channelScaling(columns: readonly NumericFeature[]): Scaling {
  const present = columns.map(presentValues);
  const all = new Float64Array(present.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of present) {
    all.set(values, at);
    at += values.length;
  }
  if (all.length === 0) return { centre: 0, scale: 1 };
  const { centre, scale } = standardScaling(all);
  return { centre, scale };
}

function notWhole(columns: number, channels: number): Error {
  return inputError(
    'sequence_not_whole',
    `The step sequence gets ${columns} columns for ${channels} channels, and each channel needs as many.`,
    'Set its channels to how many numbers each position has, or name its columns, all positions of one channel after the other.',
    { path: 'steps' },
  );
}
