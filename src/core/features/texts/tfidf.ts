import { ln } from '#core/math.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { booleanOf, numberOf } from '#core/spec/parameters.ts';
import { textColumns, type FeatureColumn, type TextFeature } from '../column.ts';
import { columnsOfSparse, SparseRowsWriter, type SparseFeatures } from '../sparse-rows.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { emitCounts } from './emit-counts.ts';
import { nGrams, type TextReading } from './n-grams.ts';
import { lengthParameters, lowercaseParameter, readingOf } from './reading-parameters.ts';
import { emitUnitLength, isNormed, lengthOf, normParameter } from './unit-length.ts';
import { vocabularyOf, type Vocabulary } from './vocabulary.ts';

interface TfidfState extends StepState {
  readonly reading: TextReading;
  readonly sublinear: boolean;
  readonly isNormed: boolean;
  /** One per column. */
  readonly vocabularies: readonly Vocabulary[];
}

export const tfidf: FeatureStep<TfidfState> = {
  name: 'tfidf',
  title: 'Weigh words (TF-IDF)',
  summary:
    'One feature per word, or run of words or characters, of the training texts: how often it occurs in a text, times how rare it is among them. The model’s file carries these words.',
  accepts: ['text'],
  gives: 'numeric',
  carriesData: 'TF-IDF holds the words or characters of its vocabulary.',
  parameters: [
    ...lengthParameters,
    {
      name: 'max_features',
      label: 'Most features',
      kind: 'integer',
      min: 1,
      max: 200_000,
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
    lowercaseParameter,
    {
      name: 'sublinear_tf',
      label: 'Dampen repetition',
      kind: 'boolean',
      default: false,
      help: 'Counts n occurrences in a text as 1 + ln n.',
    },
    normParameter,
  ],

  fit(columns, parameters) {
    const reading = readingOf('tfidf', parameters);
    const limits = {
      minDf: numberOf(parameters, 'min_df'),
      maxDf: numberOf(parameters, 'max_df'),
      maxFeatures: numberOf(parameters, 'max_features'),
    };
    return {
      reading,
      sublinear: booleanOf(parameters, 'sublinear_tf'),
      isNormed: isNormed(parameters),
      vocabularies: textColumns(columns).map(({ values }) => vocabularyOf(values, reading, limits)),
    };
  },

  transform: (columns, state) => columnsOfSparse(weighedAll(columns, state)),

  transformSparse: weighedAll,

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

function weighedAll(
  columns: readonly FeatureColumn[],
  state: TfidfState,
): readonly SparseFeatures[] {
  return textColumns(columns).flatMap((column, j) => {
    const vocabulary = state.vocabularies[j];
    return vocabulary === undefined ? [] : weighed(column, state, vocabulary);
  });
}

function weighed(
  { name, values: texts }: TextFeature,
  { reading, sublinear, isNormed }: TfidfState,
  { terms, idf }: Vocabulary,
): SparseFeatures {
  const placeOf = new Map(terms.map((term, k) => [term, k]));
  const rows = new SparseRowsWriter(texts.length);
  for (const text of texts) {
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
    rows.addRow(counts, isNormed ? lengthOf(squares) : 1);
  }
  const names = terms.map((term) => `${name}: ${term}`);
  return { kind: 'sparse', names, rows: rows.finish() };
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
  return isNormed ? emitUnitLength(graph, weights) : weights;
}
