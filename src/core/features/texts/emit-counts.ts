import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { SHORTEST_WORD, tokensOf, WORD_PATTERN, type TextReading } from './n-grams.ts';

/** A locale that onnxruntime finds on every Linux and in WebAssembly, and that knows all letters. */
const LOCALE = 'C.UTF-8';

/**
 * The words or characters of texts, in small letters where the reading says so, inside the graph.
 * @param texts [N] strings
 * @returns [N, as many as the longest text has] strings, '' after the last
 */
export function emitTokens(
  graph: GraphBuilder,
  texts: TensorName,
  { analyzer, lowercase }: TextReading,
): TensorName {
  const lowered = lowercase
    ? graph.node('StringNormalizer', [texts], { case_change_action: 'LOWER', locale: LOCALE })
    : texts;
  return graph.microsoftNode('Tokenizer', [lowered], {
    mark: 0,
    pad_value: '',
    ...(analyzer === 'words'
      ? { mincharnum: SHORTEST_WORD, tokenexp: WORD_PATTERN }
      : { mincharnum: 1, separators: [''] }),
  });
}

/**
 * How often each term occurs in each text, inside the graph.
 * @param texts [N] strings
 * @returns [N, terms] float32
 */
export function emitCounts(
  graph: GraphBuilder,
  texts: TensorName,
  terms: readonly string[],
  reading: TextReading,
): TensorName {
  return graph.node('TfIdfVectorizer', [emitTokens(graph, texts, reading)], {
    mode: 'TF',
    min_gram_length: reading.shortest,
    max_gram_length: reading.longest,
    max_skip_count: 0,
    ...poolOf(terms, reading),
  });
}

/** The terms as the operator lists them: all tokens in a row, the shortest n-grams first, and where each length begins. */
function poolOf(terms: readonly string[], reading: TextReading) {
  const listed = terms.map((term, place) => ({ tokens: tokensOf(term, reading), place }));
  const byLength = listed.toSorted((a, b) => a.tokens.length - b.tokens.length);
  return {
    pool_strings: byLength.flatMap(({ tokens }) => tokens),
    ngram_indexes: byLength.map(({ place }) => place),
    ngram_counts: Array.from({ length: reading.longest }, (_, i) =>
      listed.reduce((sum, { tokens }) => sum + (tokens.length <= i ? tokens.length : 0), 0),
    ),
  };
}
