import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { choiceOf, numberOf } from '#core/spec/parameters.ts';
import { textColumns, type NumericFeature, type TextFeature } from '../column.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { emitTokens } from './emit-counts.ts';
import { characterCounts, UNKNOWN_CHARACTER } from './character-list.ts';

interface CharactersState extends StepState {
  /** How many features a column becomes. */
  readonly length: number;
  /** Of each column the characters that it knows, in the order of their code points: a character's code is its place. */
  readonly known: readonly (readonly string[])[];
}

/** What the graph's own reading has no other say in. */
const EACH = { analyzer: 'characters', lowercase: false, shortest: 1, longest: 1 } as const;

/** The last characters of a text as codes, one feature for each; missing behind the end of a shorter text. */
export const characters: FeatureStep<CharactersState> = {
  name: 'characters',
  title: 'Characters',
  summary:
    'Makes a code of each of the last characters of a text. Characters that training rows do not have, or too seldom, share one code. The model file holds the characters.',
  accepts: ['text'],
  gives: 'numeric',
  carriesData: 'The step for characters holds those that it knows.',
  parameters: [
    {
      name: 'context',
      label: 'Characters of a text',
      kind: 'choice',
      choices: ['16', '32', '64', '128', '256'],
      default: '64',
      help: 'How many there are; of a longer text the last ones. In a language model it is how far back it looks.',
    },
    {
      name: 'min_count',
      label: 'Least occurrences',
      kind: 'integer',
      min: 1,
      max: 1_000_000,
      default: 2,
      help: 'A character that the training rows have fewer times counts as unknown.',
    },
    {
      name: 'max_characters',
      label: 'Most characters',
      kind: 'integer',
      min: 1,
      max: 4096,
      default: 512,
      help: 'How many different characters have a code of their own: the most frequent ones.',
    },
  ],

  fit(columns, parameters) {
    const least = numberOf(parameters, 'min_count');
    const most = numberOf(parameters, 'max_characters');
    return {
      length: Number(choiceOf(parameters, 'context')),
      known: textColumns(columns).map(({ values }) => mostFrequent(values, least, most)),
    };
  },

  transform: (columns, { length, known }) =>
    textColumns(columns).flatMap((column, j) => codesOf(column, known[j] ?? [], length)),

  meanings: (inputs, { length, known }) =>
    inputs.flatMap(({ name }, j) =>
      Array.from({ length }, (_, place) => ({
        ...{ kind: 'place' as const, name: featureName(name, place), centre: 0, scale: 1 },
        categories: [...(known[j] ?? []), UNKNOWN_CHARACTER],
      })),
    ),

  emit: (graph, input, { length, known }) =>
    graph.concat(known.map((own, j) => emitColumn(graph, input, j, own, length))),
};

function mostFrequent(texts: readonly string[], least: number, most: number): readonly string[] {
  return [...characterCounts(texts)]
    .filter(([, count]) => count >= least)
    .sort(([a, n], [b, m]) => m - n || byCodePoint(a, b))
    .slice(0, most)
    .map(([character]) => character)
    .sort(byCodePoint);
}

function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}

function featureName(column: string, place: number): string {
  return `${column}[${place + 1}]`;
}

function codesOf(
  { name, values }: TextFeature,
  known: readonly string[],
  length: number,
): NumericFeature[] {
  const codes = new Map(known.map((character, code) => [character, code]));
  const columns = Array.from({ length }, () => new Float64Array(values.length).fill(NaN));
  for (const [row, text] of values.entries()) {
    for (const [place, character] of Array.from(text).slice(-length).entries()) {
      const column = columns[place];
      if (column !== undefined) column[row] = codes.get(character) ?? known.length;
    }
  }
  return columns.map((own, place) => ({
    ...{ kind: 'numeric', name: featureName(name, place), values: own },
    categories: known.length + 1,
  }));
}

/** The same in the graph: double [N, length]. */
function emitColumn(
  graph: GraphBuilder,
  input: TensorName,
  column: number,
  known: readonly string[],
  length: number,
): TensorName {
  const int = (value: number) => graph.constant(BigInt64Array.of(BigInt(value)), []);
  const texts = graph.node('Gather', [input, int(column)], { axis: 1 });
  // onnx.checker knows no type of what the Tokenizer gives.
  const typed = graph.node('StringConcat', [
    graph.constant([''], []),
    emitTokens(graph, texts, EACH),
  ]);
  const room = graph.constant(BigInt64Array.of(BigInt(length)), [1]);
  const shape = graph.node('Concat', [graph.node('Shape', [texts]), room], { axis: 0 });
  const ends = graph.node('Expand', [graph.constant([''], [1, 1]), shape]);
  const codes = graph.mlNode('LabelEncoder', [graph.concat([typed, ends])], {
    keys_strings: [...known, ''],
    values_int64s: [...known.map((_, code) => code), NONE],
    default_int64: known.length,
  });
  const axis = graph.constant(BigInt64Array.of(1n), [1]);
  const isThere = graph.node('GreaterOrEqual', [codes, int(0)]);
  const count = graph.node('ReduceSum', [graph.cast(isThere, 'int64'), axis], { keepdims: 1 });
  const skipped = graph.node('Max', [graph.node('Sub', [count, int(length)]), int(0)]);
  const places = BigInt64Array.from({ length }, (_, place) => BigInt(place));
  const taken = graph.node('Add', [skipped, graph.constant(places, [1, length])]);
  const kept = graph.node('GatherElements', [codes, taken], { axis: 1 });
  return graph.node('Where', [
    graph.node('GreaterOrEqual', [kept, int(0)]),
    graph.cast(kept, 'float64'),
    graph.constant(Float64Array.of(NaN), []),
  ]);
}

/** Stands for the place behind the end of a text. */
const NONE = -1;
