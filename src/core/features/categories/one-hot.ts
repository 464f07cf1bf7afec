import { choiceOf, numberOf } from '#core/spec/parameters.ts';
import { textColumns, type NumericFeature, type TextFeature } from '../column.ts';
import { refuseTooMany } from '../refuse-too-many.ts';
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
      max: 10_000,
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

  fit(columns, parameters, training) {
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
    const width = encodings.reduce((sum, encoding) => sum + widthOf(encoding), 0);
    refuseTooMany('one_hot', width, training.target.length);
    return { columns: encodings };
  },

  transform: (columns, state) =>
    textColumns(columns).flatMap((column, i) => {
      const encoding = state.columns[i];
      return encoding === undefined ? [] : encoded(column, encoding);
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

function encoded({ name, values }: TextFeature, encoding: Encoding): NumericFeature[] {
  const { keys, codes, other } = codesOf(encoding);
  const features = Array.from({ length: widthOf(encoding) }, (_, j) => ({
    kind: 'numeric' as const,
    name: `${name}=${encoding.frequent[j] ?? '(rare)'}`,
    values: new Float64Array(values.length),
  }));
  const places = new Map(keys.map((text, k) => [text, codes[k] ?? other]));
  for (const [row, text] of values.entries()) {
    const feature = features[places.get(text) ?? other];
    if (feature !== undefined) feature.values[row] = 1;
  }
  return features;
}
