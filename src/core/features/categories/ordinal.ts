import { choiceOf } from '#core/spec/parameters.ts';
import { textColumns, type TextFeature } from '../column.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { distinctTexts, emitTables, lookUp, type CategoryTable } from './category-table.ts';

interface OrdinalState extends StepState {
  readonly tables: readonly CategoryTable[];
  /** Whether a column's codes are names rather than ranks: boosting then takes them as categories. */
  readonly isNominal: readonly boolean[];
}

export const ordinal: FeatureStep<OrdinalState> = {
  name: 'ordinal',
  title: 'Ordinal encode',
  summary:
    'Numbers categories 0, 1, 2, … in the order of an ordinal column, else alphabetically. The model file holds their names.',
  accepts: ['categorical'],
  gives: 'numeric',
  carriesData: 'Ordinal encoding holds the categories that it knows.',
  parameters: [
    {
      name: 'other',
      label: 'Missing or not seen',
      kind: 'choice',
      choices: ['missing', 'minus_one'],
      default: 'missing',
      help: 'missing leaves no number, for models that take missing values or an impute step behind; minus_one gives −1.',
    },
  ],

  fit(columns, parameters) {
    const other = choiceOf(parameters, 'other') === 'missing' ? null : -1;
    const texts = textColumns(columns);
    return {
      tables: texts.map(({ name, ...column }): CategoryTable => {
        const categories = ranked(column);
        const codes = categories.map((_, code) => [code]);
        return { categories, features: [name], rows: [...codes, [other]] };
      }),
      isNominal: texts.map(({ order }) => order === undefined && other === null),
    };
  },

  transform: (columns, { tables, isNominal }) =>
    textColumns(columns).flatMap((column, j) => {
      const table = tables[j];
      if (table === undefined) return [];
      const count = table.categories.length;
      const nominal = isNominal[j] === true && count > 0;
      return lookUp(column, table).map((feature) =>
        nominal ? { ...feature, categories: count } : feature,
      );
    }),

  meanings: (inputs, { tables }) =>
    inputs.map(({ name }, j) => {
      const { categories = [], rows = [] } = tables[j] ?? {};
      const other = rows.at(-1)?.[0] ?? null;
      return {
        ...{ kind: 'place', name, centre: 0, scale: 1, categories: [...categories] },
        ...(other !== null && { other }),
      };
    }),

  emit: (graph, input, { tables }) => emitTables(graph, input, tables),
};

function ranked({ values, order }: Pick<TextFeature, 'values' | 'order'>): readonly string[] {
  return order ?? distinctTexts(values).filter((text) => text !== '');
}
