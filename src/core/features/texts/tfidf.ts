import { inputError } from '#core/errors.ts';
import { ln } from '#core/math.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { booleanOf, choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { textColumns, type NumericFeature, type TextFeature } from '../column.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { emitCounts } from './emit-counts.ts';
import { nGrams, type TextReading } from './n-grams.ts';
import { vocabularyOf, type Vocabulary } from './vocabulary.ts';

interface TfidfState extends StepState {
  readonly reading: TextReading;
  readonly sublinear: boolean;
  readonly isNormed: boolean;
  /** One per column. */
  readonly vocabularies: readonly Vocabulary[];
}

/** A text without terms has length 0, and is divided by this in its place. */
const SMALLEST_LENGTH = 1e-300;

export const tfidf: FeatureStep<TfidfState> = {
  name: 'tfidf',
  title: 'Weigh words (TF-IDF)',
  summary:
    'One feature per word, or run of words or characters, of the training texts: how often it occurs in a text, times how rare it is among them. The model’s file carries these words.',
  accepts: ['text'],
  gives: 'numeric',
  carriesData: 'TF-IDF holds the words or characters of its vocabulary.',
  parameters: [
    {
      name: 'analyzer',
      label: 'Count',
      kind: 'choice',
      choices: ['words', 'characters'],
      default: 'words',
      help: 'words: runs of at least two letters, digits or underscores; characters: every code point, for languages that write without spaces.',
    },
    {
      name: 'shortest',
      label: 'Shortest run',
      kind: 'integer',
      min: 1,
      max: 5,
      default: 1,
      help: 'Fewest words, or characters, in a row that are a feature.',
    },
    {
      name: 'longest',
      label: 'Longest run',
      kind: 'integer',
      min: 1,
      max: 5,
      default: 1,
      help: 'Most words, or characters, in a row that are a feature; at least the shortest run.',
    },
    {
      name: 'max_features',
      label: 'Most features',
      kind: 'integer',
      min: 1,
      max: 20_000,
      default: 1000,
      help: 'Keeps what occurs most often in each column.',
    },
    {
      name: 'min_df',
      label: 'Fewest texts',
      kind: 'integer',
      min: 1,
      max: 1_000_000,
      default: 2,
      help: 'What fewer training texts than this hold is no feature.',
    },
    {
      name: 'max_df',
      label: 'Largest share of texts',
      kind: 'number',
      min: 0,
      max: 1,
      default: 1,
      help: 'What a larger share of the training texts than this holds is no feature.',
    },
    {
      name: 'lowercase',
      label: 'Lower case',
      kind: 'boolean',
      default: true,
      help: 'Whether capital and small letters are the same.',
    },
    {
      name: 'sublinear_tf',
      label: 'Dampen repetition',
      kind: 'boolean',
      default: false,
      help: 'Counts n occurrences in a text as 1 + ln n.',
    },
    {
      name: 'norm',
      label: 'Length of a text',
      kind: 'choice',
      choices: ['l2', 'none'],
      default: 'l2',
      help: 'l2: the features of a text have length 1, so that long and short ones compare; none: as they are.',
    },
  ],

  fit(columns, parameters) {
    const reading = readingOf(parameters);
    const limits = {
      minDf: numberOf(parameters, 'min_df'),
      maxDf: numberOf(parameters, 'max_df'),
      maxFeatures: numberOf(parameters, 'max_features'),
    };
    return {
      reading,
      sublinear: booleanOf(parameters, 'sublinear_tf'),
      isNormed: choiceOf(parameters, 'norm') === 'l2',
      vocabularies: textColumns(columns).map(({ values }) => vocabularyOf(values, reading, limits)),
    };
  },

  transform: (columns, state) =>
    textColumns(columns).flatMap((column, j) => weighed(column, state, j)),

  emit(graph, input, state) {
    const parts = state.vocabularies.flatMap((vocabulary, j) => {
      if (vocabulary.terms.length === 0) return [];
      const column = graph.constant(BigInt64Array.of(BigInt(j)), []);
      const texts = graph.node('Gather', [input, column], { axis: 1 });
      const counts = emitCounts(graph, texts, vocabulary.terms, state.reading);
      return [emitWeights(graph, counts, vocabulary, state)];
    });
    return graph.concat(parts);
  },
};

function readingOf(parameters: ParameterValues): TextReading {
  const shortest = numberOf(parameters, 'shortest');
  const longest = numberOf(parameters, 'longest');
  if (shortest > longest) {
    throw inputError(
      'parameter_out_of_range',
      `The step tfidf is to count runs of at least ${shortest} and at most ${longest}, which is none.`,
      'Set longest to at least shortest.',
      { path: 'steps' },
    );
  }
  const analyzer = choiceOf(parameters, 'analyzer') === 'words' ? 'words' : 'characters';
  return { analyzer, lowercase: booleanOf(parameters, 'lowercase'), shortest, longest };
}

function weighed(
  { name, values: texts }: TextFeature,
  { reading, sublinear, isNormed, vocabularies }: TfidfState,
  j: number,
): NumericFeature[] {
  const { terms, idf } = vocabularies[j] ?? { terms: [], idf: [] };
  const placeOf = new Map(terms.map((term, k) => [term, k]));
  const features = terms.map(() => new Float64Array(texts.length));
  for (const [row, text] of texts.entries()) {
    const counts = new Map<number, number>();
    for (const term of nGrams(text, reading)) {
      const place = placeOf.get(term);
      if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    let squares = 0;
    for (const [place, count] of counts) {
      const weight = (sublinear ? 1 + ln(count) : count) * (idf[place] ?? 0);
      squares += weight * weight;
      counts.set(place, weight);
    }
    const length = isNormed ? Math.max(Math.sqrt(squares), SMALLEST_LENGTH) : 1;
    for (const [place, weight] of counts) {
      const feature = features[place];
      if (feature !== undefined) feature[row] = weight / length;
    }
  }
  return features.map((values, k) => ({
    kind: 'numeric',
    name: `${name}: ${terms[k] ?? ''}`,
    values,
  }));
}

/** @param counts [N, terms] float32 */
function emitWeights(
  graph: GraphBuilder,
  counts: TensorName,
  { idf }: Vocabulary,
  { sublinear, isNormed }: TfidfState,
): TensorName {
  const number = (value: number) => graph.constant(Float64Array.of(value), [1]);
  const wide = graph.cast(counts, 'float64');
  const occurs = graph.cast(graph.node('Greater', [wide, number(0)]), 'float64');
  const frequency = sublinear
    ? graph.node('Add', [graph.node('Log', [graph.node('Max', [wide, number(1)])]), occurs])
    : wide;
  const rarity = graph.constant(Float64Array.from(idf), [1, idf.length], 'idf');
  const weights = graph.node('Mul', [frequency, rarity]);
  if (!isNormed) return weights;
  const squares = graph.node('ReduceSum', [
    graph.node('Mul', [weights, weights]),
    graph.constant(BigInt64Array.of(1n), [1]),
  ]);
  const length = graph.node('Max', [graph.node('Sqrt', [squares]), number(SMALLEST_LENGTH)]);
  return graph.node('Div', [weights, length]);
}
