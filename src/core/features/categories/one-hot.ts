import { choiceOf, numberOf } from '#core/spec/parameters.ts';
import { textColumns, type FeatureColumn, type TextFeature } from '../column.ts';
import { columnsOfSparse, SparseRowsWriter, type SparseFeatures } from '../sparse-rows.ts';
import { markMeaning } from '../meaning.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { emitCodes } from './category-table.ts';
import { groupRare, mostFrequentTexts } from './frequent.ts';

interface OneHotState extends StepState {
  readonly columns: readonly Encoding[];
}

interface Encoding {
  /** Categories with a feature of their own, in feature order. */
  readonly frequent: readonly string[];
  /** Categories that share the last feature. */
  readonly rare: readonly string[];
  /** Whether a text that was not seen has the shared feature too, where there is one. */
  readonly joinsRare: boolean;
}

export const oneHot: FeatureStep<OneHotState> = {
  name: 'one_hot',
  title: 'One-hot encode',
  summary:
    'One 0/1 feature per training category; a category that was not seen gives zeros everywhere. The model file holds the names of the categories.',
  accepts: ['categorical'],
  gives: 'numeric',
  carriesData: 'One-hot encoding holds the categories that it knows.',
  parameters: [
    {
      name: 'max_categories',
      label: 'Most categories',
      kind: 'integer',
      min: 1,
      max: 200_000,
      default: 50,
      help: 'Features of each column: its most frequent categories, and the one that rare ones share.',
    },
    {
      name: 'min_frequency',
      label: 'Fewest rows',
      kind: 'integer',
      min: 1,
      max: 1_000_000,
      default: 1,
      help: 'Categories with fewer training rows than this are rare.',
    },
    {
      name: 'rare',
      label: 'Rare categories',
      kind: 'choice',
      choices: ['leave_out', 'group'],
      default: 'leave_out',
      help: 'leave_out counts them as not seen; group gives them one feature together.',
    },
    {
      name: 'unseen',
      label: 'Not seen',
      kind: 'choice',
      choices: ['zeros', 'as_rare'],
      default: 'zeros',
      help: 'as_rare gives a category that was not seen the feature that rare ones share, where there is one.',
    },
  ],

  fit(columns, parameters) {
    const limits = {
      most: numberOf(parameters, 'max_categories'),
      fewest: numberOf(parameters, 'min_frequency'),
    };
    const groups = choiceOf(parameters, 'rare') === 'group';
    const joinsRare = choiceOf(parameters, 'unseen') === 'as_rare';
    const encodings = textColumns(columns).map(({ values }): Encoding => {
      const parted = groups
        ? groupRare(values, limits)
        : { frequent: mostFrequentTexts(values, limits), rare: [] };
      return { ...parted, joinsRare: joinsRare && parted.rare.length > 0 };
    });
    return { columns: encodings };
  },

  transform: (columns, state) => columnsOfSparse(encodedAll(columns, state)),

  transformSparse: encodedAll,

  meanings: (inputs, { columns }) =>
    inputs.flatMap(({ name }, i) => {
      const { frequent = [], rare = [] } = columns[i] ?? {};
      const marks = frequent.map((text) =>
        markMeaning(`${name}=${text}`, `${name} is ${text}`, `${name} is not ${text}`),
      );
      const shared = markMeaning(`${name}=(rare)`, `${name} is rare`, `${name} is not rare`);
      return rare.length > 0 ? [...marks, shared] : marks;
    }),

  emit(graph, input, { columns }) {
    const parts = columns.flatMap((encoding, i) => {
      const width = widthOf(encoding);
      if (width === 0) return [];
      const { keys, codes, other } = codesOf(encoding);
      const places = emitCodes(graph, input, i, { keys, codes, other });
      const all = Array.from({ length: width }, (_, code) => code);
      return [graph.mlNode('OneHotEncoder', [places], { cats_int64s: all, zeros: 1 })];
    });
    return graph.cast(graph.concat(parts), 'float64');
  },

  emitPlaces: (graph, input, { columns }) =>
    columns.flatMap((encoding, i) => {
      const width = widthOf(encoding);
      if (width === 0) return [];
      const { keys, codes, other } = codesOf(encoding);
      const none = other < 0 ? width : other;
      return [
        { kind: 'place', place: emitCodes(graph, input, i, { keys, codes, other: none }), width },
      ];
    }),
};

function widthOf({ frequent, rare }: Encoding): number {
  return frequent.length + (rare.length > 0 ? 1 : 0);
}

/** Which feature each known text sets to 1, and any other text; −1 is none. */
function codesOf({ frequent, rare, joinsRare }: Encoding): {
  readonly keys: readonly string[];
  readonly codes: readonly number[];
  readonly other: number;
} {
  const last = frequent.length;
  const codes = [...frequent.keys(), ...rare.map(() => last)];
  return { keys: [...frequent, ...rare], codes, other: joinsRare ? last : -1 };
}

/** A 1 in each row, where its text has a feature. */
function encodedAll(
  columns: readonly FeatureColumn[],
  { columns: encodings }: OneHotState,
): readonly SparseFeatures[] {
  return textColumns(columns).flatMap((column, i) => {
    const encoding = encodings[i];
    return encoding === undefined || widthOf(encoding) === 0 ? [] : encoded(column, encoding);
  });
}

function encoded({ name, values }: TextFeature, encoding: Encoding): SparseFeatures {
  const { keys, codes, other } = codesOf(encoding);
  const places = new Map(keys.map((text, k) => [text, codes[k] ?? other]));
  const rows = new SparseRowsWriter(values.length);
  for (const text of values) {
    const place = places.get(text) ?? other;
    if (place >= 0) rows.add(place, 1);
    rows.endRow();
  }
  const names = Array.from(
    { length: widthOf(encoding) },
    (_, j) => `${name}=${encoding.frequent[j] ?? '(rare)'}`,
  );
  return { kind: 'sparse', names, rows: rows.finish() };
}
