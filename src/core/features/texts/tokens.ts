import { inputError } from '#core/errors.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { booleanOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { textColumns, type NumericFeature, type TextFeature } from '../column.ts';
import { refuseTooMany } from '../refuse-too-many.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { emitTokens } from './emit-counts.ts';
import { frequentTerms } from './frequent-terms.ts';
import { nGrams, type TextReading } from './n-grams.ts';
import { lowercaseParameter } from './reading-parameters.ts';

/** A place without a word, a word that is not known, and the first one that is. */
const NONE = 0;
const UNKNOWN = 1;
const FIRST_WORD = 2;

interface TokensState extends StepState {
  readonly lowercase: boolean;
  /** Places for words. */
  readonly length: number;
  /** The words that are known of each column, the most frequent first. */
  readonly words: readonly (readonly string[])[];
}

export const tokens: FeatureStep<TokensState> = {
  name: 'tokens',
  title: 'Words in order',
  summary:
    'The first words of a text, one after the other, each as a number: for networks that read texts. The model’s file carries the words that it knows.',
  accepts: ['text'],
  gives: 'numeric',
  carriesData: 'This step holds the words of its vocabulary.',
  parameters: [
    {
      name: 'max_length',
      label: 'Most words of a text',
      kind: 'integer',
      min: 1,
      max: 1024,
      default: 128,
      help: 'What stands behind so many words is not read.',
    },
    {
      name: 'max_words',
      label: 'Most words that are known',
      kind: 'integer',
      min: 1,
      max: 200_000,
      default: 10_000,
      help: 'Keeps the words that occur most often in each column; all others count as one unknown word.',
    },
    {
      name: 'min_rows',
      label: 'Fewest rows',
      kind: 'integer',
      min: 1,
      max: 1_000_000,
      default: 2,
      help: 'A word that fewer training rows than this hold is unknown.',
    },
    lowercaseParameter,
  ],

  fit(columns, parameters) {
    const texts = textColumns(columns);
    const length = numberOf(parameters, 'max_length');
    const lowercase = booleanOf(parameters, 'lowercase');
    const rows = texts[0]?.values.length ?? 0;
    refuseTooMany('tokens', length * texts.length, rows);
    const words = texts.map((column) => knownWords(column, { length, lowercase }, parameters));
    const [first] = texts;
    if (first !== undefined && words.every((known) => known.length === 0)) {
      throw noWords(first.name, numberOf(parameters, 'min_rows'));
    }
    return { length, lowercase, words };
  },

  transform: (columns, state) =>
    textColumns(columns).flatMap((column, j) => codesOf(column, state, state.words[j] ?? [])),

  emit: (graph, input, state) =>
    graph.concat(
      state.words.map((words, j) => {
        const column = graph.constant(BigInt64Array.of(BigInt(j)), []);
        const texts = graph.node('Gather', [input, column], { axis: 1 });
        return graph.cast(emitCodes(graph, texts, state, words), 'float64');
      }),
    ),
};

type Reading = Pick<TokensState, 'length' | 'lowercase'>;

function readingOf({ lowercase }: Reading): TextReading {
  return { analyzer: 'words', lowercase, shortest: 1, longest: 1 };
}

function firstWords(text: string, reading: Reading): readonly string[] {
  return nGrams(text, readingOf(reading)).slice(0, reading.length);
}

/** Words behind the last place count for nothing: nothing could be learned of them. */
function knownWords(
  { values }: TextFeature,
  reading: Reading,
  parameters: ParameterValues,
): readonly string[] {
  const fewest = numberOf(parameters, 'min_rows');
  return frequentTerms(allWords(values, reading), (rows) => rows >= fewest)
    .slice(0, numberOf(parameters, 'max_words'))
    .map(({ term }) => term);
}

function* allWords(texts: readonly string[], reading: Reading): Generator<readonly string[]> {
  for (const text of texts) yield firstWords(text, reading);
}

/** A feature for each place. */
function codesOf(
  { name, values }: TextFeature,
  state: TokensState,
  words: readonly string[],
): readonly NumericFeature[] {
  const codeOf = new Map(words.map((word, k) => [word, FIRST_WORD + k]));
  const mark = { column: name, codes: FIRST_WORD + words.length };
  const places = Array.from({ length: state.length }, (_, place): NumericFeature => ({
    kind: 'numeric',
    name: `${name}: word ${place + 1}`,
    values: new Float64Array(values.length),
    tokens: mark,
  }));
  for (const [row, text] of values.entries()) {
    for (const [place, word] of firstWords(text, state).entries()) {
      const column = places[place];
      if (column !== undefined) column.values[row] = codeOf.get(word) ?? UNKNOWN;
    }
  }
  return places;
}

/**
 * The codes inside the graph.
 * @param texts [N] strings
 * @returns [N, length] int64
 */
function emitCodes(
  graph: GraphBuilder,
  texts: TensorName,
  state: TokensState,
  words: readonly string[],
): TensorName {
  const ints = (value: number) => graph.constant(BigInt64Array.of(BigInt(value)), [1]);
  // onnx.checker knows no type of what the Tokenizer gives: joined to a text that says nothing, it has one.
  const none = graph.constant([''], []);
  const found = graph.node('StringConcat', [none, emitTokens(graph, texts, readingOf(state))]);
  const shape = graph.node('Concat', [graph.node('Shape', [texts]), ints(state.length)], {
    axis: 0,
  });
  const places = graph.node('Expand', [graph.constant([''], [1, 1]), shape]);
  const bounds = [ints(0), ints(state.length), ints(1)];
  const first = graph.node('Slice', [graph.concat([found, places]), ...bounds]);
  return graph.mlNode('LabelEncoder', [first], {
    keys_strings: ['', ...words],
    values_int64s: [NONE, ...words.map((_, k) => FIRST_WORD + k)],
    default_int64: UNKNOWN,
  });
}

function noWords(column: string, fewest: number): Error {
  return inputError(
    'no_words',
    `The step tokens finds no word in column "${column}" that at least ${fewest} training ${fewest === 1 ? 'row holds' : 'rows hold'}.`,
    'Lower min_rows, or read the column by another step.',
    { path: 'steps', column },
  );
}
