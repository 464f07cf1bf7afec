import { choiceOf } from '#core/spec/parameters.ts';
import type { NumericFeature } from '../column.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { mean, standardDeviation } from '../statistics.ts';

interface ScaleState extends StepState {
  /** Subtracted first, in float64. */
  readonly centre: readonly number[];
  /** Divided by afterwards; 1 for a column that is constant in the training rows. */
  readonly scale: readonly number[];
}

export const scale: FeatureStep<ScaleState> = {
  name: 'scale',
  title: 'Scale',
  summary: 'Brings numbers to a common scale: (x − centre) ÷ scale, both from the training rows.',
  accepts: ['numeric'],
  gives: 'same',
  parameters: [
    {
      name: 'method',
      label: 'Method',
      kind: 'choice',
      choices: ['standard', 'min_max'],
      default: 'standard',
      help: 'standard: mean 0 and deviation 1; min_max: training values between 0 and 1.',
    },
  ],

  fit(columns, parameters) {
    const standard = choiceOf(parameters, 'method') === 'standard';
    const fitted = columns
      .filter((column): column is NumericFeature => column.kind === 'numeric')
      .map(({ values }) => {
        const present = values.filter((value) => !Number.isNaN(value));
        if (present.length === 0) return { centre: 0, scale: 1 };
        return standard ? standardScale(present) : minMaxScale(present);
      });
    return { centre: fitted.map((one) => one.centre), scale: fitted.map((one) => one.scale) };
  },

  transform: (columns, state) =>
    columns.map((column, i) => {
      if (column.kind !== 'numeric') return column;
      const centre = state.centre[i] ?? 0;
      const divisor = state.scale[i] ?? 1;
      return { ...column, values: column.values.map((value) => (value - centre) / divisor) };
    }),

  // As (centre − x) ÷ −scale, the same bits: onnxruntime drops a Sub whose constant on the right is nearly 0.
  emit(graph, input, state) {
    const shape = [1, state.centre.length];
    const centre = graph.constant(Float64Array.from(state.centre), shape, 'centre');
    const negated = Float64Array.from(state.scale, (value) => -value);
    const divisor = graph.constant(negated, shape, 'negated_scale');
    return graph.node('Div', [graph.node('Sub', [centre, input]), divisor]);
  },
};

function standardScale(values: Float64Array): { centre: number; scale: number } {
  const centre = mean(values);
  const deviation = standardDeviation(values, centre);
  return { centre, scale: constantLike(deviation, centre) ? 1 : deviation };
}

function minMaxScale(values: Float64Array): { centre: number; scale: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { centre: min, scale: max === min ? 1 : max - min };
}

/** A deviation that is only rounding of the mean: the column is constant. */
function constantLike(deviation: number, centre: number): boolean {
  return deviation <= 10 * Number.EPSILON * Math.abs(centre);
}
