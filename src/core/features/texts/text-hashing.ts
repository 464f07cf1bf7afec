import { murmurHash } from '#core/murmur-hash.ts';
import { booleanOf, numberOf } from '#core/spec/parameters.ts';
import { textColumns, type FeatureColumn, type TextFeature } from '../column.ts';
import { columnsOfSparse, numberedNames, SparseRowsWriter } from '../sparse-rows.ts';
import type { SparseFeatures } from '../sparse-rows.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { emitHashedCounts } from './emit-hashed-counts.ts';
import { isSettled, nGrams, type TextReading } from './n-grams.ts';
import { lengthParameters, lowercaseParameter, readingOf } from './reading-parameters.ts';
import { emitUnitLength, isNormed, lengthOf, normParameter } from './unit-length.ts';

interface TextHashingState extends StepState {
  readonly reading: TextReading;
  readonly columns: number;
  /** Features of each column. */
  readonly width: number;
  /** Whether half of the terms count −1, so that terms that share a feature do not add up. */
  readonly signed: boolean;
  readonly isNormed: boolean;
}

export const textHashing: FeatureStep<TextHashingState> = {
  name: 'text_hashing',
  title: 'Hash words',
  summary:
    'Counts words, or runs of words or characters, in a fixed number of features by a hash of each: also those that were not seen in training, and the model file holds none of them.',
  accepts: ['text'],
  gives: 'numeric',
  parameters: [
    ...lengthParameters,
    {
      name: 'n_features',
      label: 'Features',
      kind: 'integer',
      min: 2,
      max: 262_144,
      default: 1024,
      help: 'Of each column; the fewer there are, the more words share one. Tens of thousands make predictions slow.',
    },
    {
      name: 'alternate_sign',
      label: 'Alternate signs',
      kind: 'boolean',
      default: true,
      help: 'Half of the words count −1 instead of 1, so that those that share a feature cancel out rather than add up.',
    },
    lowercaseParameter,
    normParameter,
  ],

  fit: (columns, parameters) => ({
    reading: readingOf('text_hashing', parameters),
    columns: columns.length,
    width: numberOf(parameters, 'n_features'),
    signed: booleanOf(parameters, 'alternate_sign'),
    isNormed: isNormed(parameters),
  }),

  transform: (columns, state) => columnsOfSparse(spreadAll(columns, state)),

  transformSparse: spreadAll,

  emit(graph, input, { reading, columns, width, signed, isNormed: hasLength }) {
    const parts = Array.from({ length: columns }, (_, j) => {
      const column = graph.constant(BigInt64Array.of(BigInt(j)), []);
      const texts = graph.node('Gather', [input, column], { axis: 1 });
      const counts = emitHashedCounts(graph, texts, reading, { width, signed });
      return hasLength ? emitUnitLength(graph, counts) : counts;
    });
    return graph.concat(parts);
  },
};

function spreadAll(
  columns: readonly FeatureColumn[],
  state: TextHashingState,
): readonly SparseFeatures[] {
  return textColumns(columns).map((column) => spread(column, state));
}

/** As scikit-learn's HashingVectorizer spreads the terms of each column by themselves. */
function spread(
  { name, values: texts }: TextFeature,
  { reading, width, signed, isNormed: hasLength }: TextHashingState,
): SparseFeatures {
  const rows = new SparseRowsWriter(texts.length);
  const known = new Map<string, number | null>();
  for (const text of texts) {
    const counts = new Map<number, number>();
    for (const term of nGrams(text, reading)) {
      let hash = known.get(term);
      if (hash === undefined) {
        hash = isSettled(term) ? murmurHash(term, 0) | 0 : null;
        known.set(term, hash);
      }
      if (hash === null) continue;
      const place = Math.abs(hash) % width;
      counts.set(place, (counts.get(place) ?? 0) + (signed && hash < 0 ? -1 : 1));
    }
    let squares = 0;
    for (const count of counts.values()) squares += count * count;
    rows.addRow(counts, hasLength ? lengthOf(squares) : 1);
  }
  return { kind: 'sparse', names: numberedNames(name, width), rows: rows.finish() };
}
