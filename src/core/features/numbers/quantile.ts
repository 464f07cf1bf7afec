import { choiceOf, numberOf } from '#core/spec/parameters.ts';
import { mapNumbers, numericColumns, presentValues } from '../column.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { emitNormalQuantile, normalQuantile } from './normal-quantile.ts';
import { rankMap, rankOf, type RankMap } from './rank-map.ts';
import { ColumnSearch } from './search.ts';

interface QuantileState extends StepState {
  readonly maps: readonly RankMap[];
  /** Whether a share becomes the value of a normal distribution that as many are below. */
  readonly isNormal: boolean;
}

export const quantileStep: FeatureStep<QuantileState> = {
  name: 'quantile',
  title: 'Quantile transform',
  summary:
    'Each number becomes the share of training rows below it, with straight lines between the quantiles; or what a normal distribution has there.',
  accepts: ['numeric'],
  gives: 'same',
  carriesData:
    'The quantile transform holds that many values of each column, and all of them where there are no more rows.',
  parameters: [
    {
      name: 'n_quantiles',
      label: 'Quantiles',
      kind: 'integer',
      min: 2,
      max: 10_000,
      default: 1000,
      help: 'Points of the curve; at most as many as there are training rows.',
    },
    {
      name: 'output',
      label: 'Gives',
      kind: 'choice',
      choices: ['uniform', 'normal'],
      default: 'uniform',
      help: 'uniform: shares from 0 to 1; normal: values of mean 0 and deviation 1, from −5.2 to 5.2.',
    },
  ],

  fit: (columns, parameters) => ({
    isNormal: choiceOf(parameters, 'output') === 'normal',
    maps: numericColumns(columns).map((column) => {
      const most = Math.min(numberOf(parameters, 'n_quantiles'), column.values.length);
      return rankMap(presentValues(column).sort(), most);
    }),
  }),

  transform: (columns, { maps, isNormal }) =>
    mapNumbers(columns, (value, j) => {
      const map = maps[j];
      if (map === undefined) return value;
      const rank = rankOf(value, map);
      return isNormal ? normalQuantile(rank) : rank;
    }),

  emit(graph, input, { maps, isNormal }) {
    const longest = Math.max(...maps.map(({ knots }) => knots.length));
    const search = new ColumnSearch(graph, maps.length, longest);
    const places = search.places(
      input,
      maps.map(({ knots }) => knots),
    );
    const read = (of: (map: RankMap) => readonly number[]) => search.lookUp(places, maps.map(of));
    const from = read((map) => map.from);
    const part = graph.node('Div', [graph.node('Sub', [input, from]), read((map) => map.width)]);
    const line = graph.node('Add', [
      read((map) => map.start),
      graph.node('Mul', [part, read((map) => map.rise)]),
    ]);
    const isKnot = graph.node('Equal', [input, from]);
    const rank = graph.node('Where', [isKnot, read((map) => map.at), line]);
    const answer = isNormal ? emitNormalQuantile(graph, rank) : rank;
    return graph.node('Where', [graph.node('IsNaN', [input]), input, answer]);
  },
};
