import { choiceOf, numberOf } from '#core/spec/parameters.ts';
import { numericColumns, presentValues, type NumericFeature } from '../column.ts';
import { refuseTooMany } from '../refuse-too-many.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { binEdges, binNames, binStrategies } from './bin-edges.ts';
import { ColumnSearch, placeOf } from './search.ts';

interface BinsState extends StepState {
  /** Per column, the rising bounds between its bins; a number on one is in the upper bin. */
  readonly bounds: readonly (readonly number[])[];
  readonly encode: 'ordinal' | 'one_hot';
}

export const bins: FeatureStep<BinsState> = {
  name: 'bins',
  title: 'Bins',
  summary: 'Cuts numbers into bins: their numbers 0, 1, 2, …, or one 0/1 feature per bin.',
  accepts: ['numeric'],
  gives: 'same',
  parameters: [
    {
      name: 'n_bins',
      label: 'Bins',
      kind: 'integer',
      min: 2,
      max: 256,
      default: 5,
      help: 'Most bins of each column; quantiles that are equal make fewer.',
    },
    {
      name: 'strategy',
      label: 'Bounds',
      kind: 'choice',
      choices: binStrategies,
      default: 'quantile',
      help: 'quantile: as many training rows in each bin; uniform: bins of one width; kmeans: half-way between the centres of clusters.',
    },
    {
      name: 'encode',
      label: 'As',
      kind: 'choice',
      choices: ['one_hot', 'ordinal'],
      default: 'one_hot',
      help: 'one_hot: a missing number has zeros everywhere; ordinal: it stays missing.',
    },
  ],

  fit(columns, parameters, training) {
    const chosen = choiceOf(parameters, 'strategy');
    const strategy = binStrategies.find((one) => one === chosen) ?? 'quantile';
    const most = numberOf(parameters, 'n_bins');
    const bounds = numericColumns(columns).map((column) =>
      binEdges(presentValues(column).sort(), most, strategy),
    );
    const encode = choiceOf(parameters, 'encode') === 'ordinal' ? 'ordinal' : 'one_hot';
    if (encode === 'one_hot') {
      const width = bounds.reduce((sum, own) => sum + own.length + 1, 0);
      refuseTooMany('bins', width, training.target.length);
    }
    return { bounds, encode };
  },

  transform: (columns, { bounds, encode }) =>
    numericColumns(columns).flatMap((column, j) => {
      const own = bounds[j] ?? [];
      return encode === 'ordinal' ? [numbered(column, own)] : marked(column, own);
    }),

  emit(graph, input, { bounds, encode }) {
    const search = new ColumnSearch(graph, bounds.length, Math.max(...bounds.map((b) => b.length)));
    const places = search.places(input, bounds);
    const isMissing = graph.node('IsNaN', [input]);
    if (encode === 'ordinal') {
      return graph.node('Where', [isMissing, input, graph.cast(places, 'float64')]);
    }
    const none = graph.constant(BigInt64Array.of(-1n), []);
    const present = graph.node('Where', [isMissing, none, places]);
    const parts = bounds.map((own, j) => {
      const index = graph.constant(BigInt64Array.of(BigInt(j)), []);
      const column = graph.node('Gather', [present, index], { axis: 1 });
      const all = Array.from({ length: own.length + 1 }, (_, bin) => bin);
      return graph.mlNode('OneHotEncoder', [column], { cats_int64s: all, zeros: 1 });
    });
    return graph.cast(graph.concat(parts), 'float64');
  },
};

function numbered(
  { kind, name, values }: NumericFeature,
  bounds: readonly number[],
): NumericFeature {
  return {
    kind,
    name,
    values: values.map((value) => (Number.isNaN(value) ? value : placeOf(value, bounds))),
  };
}

function marked(
  { kind, name, values }: NumericFeature,
  bounds: readonly number[],
): NumericFeature[] {
  const features = binNames(bounds).map((bin) => ({
    kind,
    name: `${name} ${bin}`,
    values: new Float64Array(values.length),
  }));
  for (const [row, value] of values.entries()) {
    const feature = Number.isNaN(value) ? undefined : features[placeOf(value, bounds)];
    if (feature !== undefined) feature.values[row] = 1;
  }
  return features;
}
