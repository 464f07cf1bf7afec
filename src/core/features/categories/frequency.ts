import { textColumns } from '../column.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { distinctTexts, emitTables, lookUp, type CategoryTable } from './category-table.ts';
import { countTexts } from './frequent.ts';

interface FrequencyState extends StepState {
  readonly tables: readonly CategoryTable[];
}

export const frequency: FeatureStep<FrequencyState> = {
  name: 'frequency',
  title: 'Frequency encode',
  summary:
    'Each category becomes its share of the training rows, and one that was not seen 0. The model file holds the names of the categories.',
  accepts: ['categorical'],
  gives: 'numeric',
  carriesData: 'Frequency encoding holds the categories that it knows, and how frequent each was.',
  parameters: [],

  fit: (columns) => ({
    tables: textColumns(columns).map(({ name, values }): CategoryTable => {
      const categories = distinctTexts(values);
      const counts = countTexts(values);
      const shares = categories.map((text) => [(counts.get(text) ?? 0) / values.length]);
      return { categories, features: [name], rows: [...shares, [0]] };
    }),
  }),

  transform: (columns, { tables }) =>
    textColumns(columns).flatMap((column, j) => {
      const table = tables[j];
      return table === undefined ? [] : lookUp(column, table);
    }),

  emit: (graph, input, { tables }) => emitTables(graph, input, tables),
};
