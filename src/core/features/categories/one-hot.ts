import { numberOf } from '#core/spec/parameters.ts';
import type { TextFeature } from '../column.ts';
import type { FeatureStep, StepState } from '../step.ts';

interface OneHotState extends StepState {
  /** Categories of each column, in feature order. */
  readonly categories: readonly (readonly string[])[];
}

export const oneHot: FeatureStep<OneHotState> = {
  name: 'one_hot',
  title: 'One-hot encode',
  summary:
    'One 0/1 feature per training category; a category that was not seen gives zeros everywhere.',
  accepts: ['categorical'],
  gives: 'numeric',
  parameters: [
    {
      name: 'max_categories',
      label: 'Most categories',
      kind: 'integer',
      min: 1,
      max: 1000,
      default: 50,
      help: 'Keeps the most frequent categories of each column; the rest count as not seen.',
    },
    {
      name: 'min_frequency',
      label: 'Fewest rows',
      kind: 'integer',
      min: 1,
      max: 1_000_000,
      default: 1,
      help: 'Categories with fewer training rows than this count as not seen.',
    },
  ],

  fit(columns, parameters) {
    const most = numberOf(parameters, 'max_categories');
    const fewest = numberOf(parameters, 'min_frequency');
    return {
      categories: columns
        .filter((column): column is TextFeature => column.kind === 'text')
        .map((column) => categoriesOf(column, most, fewest)),
    };
  },

  transform: (columns, state) =>
    columns.flatMap((column, i) => {
      if (column.kind !== 'text') return [column];
      return (state.categories[i] ?? []).map((category) => ({
        kind: 'numeric' as const,
        name: `${column.name}=${category}`,
        values: Float64Array.from(column.values, (value) => (value === category ? 1 : 0)),
      }));
    }),

  emit(graph, input, state) {
    const encoded = state.categories.flatMap((categories, i) => {
      if (categories.length === 0) return [];
      const column = graph.node(
        'Gather',
        [input, graph.constant(BigInt64Array.of(BigInt(i)), [1])],
        {
          axis: 1,
        },
      );
      const cube = graph.mlNode('OneHotEncoder', [column], { cats_strings: categories, zeros: 1 });
      const shape = graph.constant(BigInt64Array.of(-1n, BigInt(categories.length)), [2]);
      return [graph.node('Reshape', [cube, shape])];
    });
    return graph.cast(graph.concat(encoded), 'float64');
  },
};

/** Alphabetical (by UTF-16 code unit), as scikit-learn orders them, of the most frequent ones. */
function categoriesOf(column: TextFeature, most: number, fewest: number): string[] {
  const counts = new Map<string, number>();
  for (const value of column.values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= fewest)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([category]) => category)
    .sort((a, b) => (a < b ? -1 : 1));
}
