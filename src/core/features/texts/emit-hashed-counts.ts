import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { emitTokens } from './emit-counts.ts';
import { SETTLED_PATTERN, type TextReading } from './n-grams.ts';

/** Past the end of any axis. */
const THE_END = Number.MAX_SAFE_INTEGER;

/**
 * How often the terms that share a hash occur in each text, inside the graph; MurmurHash3 is onnxruntime's own operator.
 * @param texts [N] strings
 * @returns [N, width] float64
 */
export function emitHashedCounts(
  graph: GraphBuilder,
  texts: TensorName,
  reading: TextReading,
  { width, signed }: { readonly width: number; readonly signed: boolean },
): TensorName {
  const writer = new TermWriter(graph, texts, reading);
  const number = (value: number) => graph.constant(Float64Array.of(value), []);
  const none = writer.int(0);
  let counts = writer.table(graph.constant(Float64Array.of(0), [1, 1]), width);
  let terms: TensorName | null = null;
  for (let n = 1; n <= reading.longest; n += 1) {
    const last = writer.tokensFrom(n - 1);
    terms = terms === null ? last : writer.joined(terms, last);
    if (n < reading.shortest) continue;
    const hashed = graph.microsoftNode('MurmurHash3', [terms], { positive: 0, seed: 0 });
    const hash = graph.cast(hashed, 'int64');
    const places = graph.node('Mod', [graph.node('Abs', [hash]), writer.int(width)]);
    const isNegative = graph.node('Less', [hash, none]);
    const one = signed ? graph.node('Where', [isNegative, number(-1), number(1)]) : number(1);
    const counted = graph.node('Where', [writer.isTerm(terms, last), one, number(0)]);
    const additions = { axis: 1, reduction: 'add' };
    counts = graph.node('ScatterElements', [counts, places, counted], additions);
  }
  return counts;
}

/** The runs of a text's tokens, all texts side by side: [N, tokens of the longest text]. */
class TermWriter {
  readonly #graph: GraphBuilder;
  readonly #rows: TensorName;
  /** With an empty token behind for each that a run may reach past the end. */
  readonly #tokens: TensorName;
  readonly #reach: number;
  readonly #separator: string;

  constructor(graph: GraphBuilder, texts: TensorName, reading: TextReading) {
    this.#graph = graph;
    this.#rows = graph.node('Shape', [texts]);
    this.#reach = reading.longest - 1;
    this.#separator = reading.analyzer === 'words' ? ' ' : '';
    // onnx.checker knows no type of what the Tokenizer gives, and breaks down over RegexFullMatch without one.
    const typed = graph.constant([''], []);
    const tokens = graph.node('StringConcat', [typed, emitTokens(graph, texts, reading)]);
    this.#tokens =
      this.#reach === 0
        ? tokens
        : graph.concat([tokens, this.table(graph.constant([''], [1, 1]), this.#reach)]);
  }

  int(value: number): TensorName {
    return this.#graph.constant(BigInt64Array.of(BigInt(value)), []);
  }

  /** One cell repeated: [N, width]. */
  table(cell: TensorName, width: number): TensorName {
    const shape = this.#graph.node('Concat', [this.#rows, this.#ints(width)], { axis: 0 });
    return this.#graph.node('Expand', [cell, shape]);
  }

  /** Each token's successor by so many places. */
  tokensFrom(distance: number): TensorName {
    if (this.#reach === 0) return this.#tokens;
    const end = distance === this.#reach ? THE_END : distance - this.#reach;
    const bounds = [this.#ints(distance), this.#ints(end), this.#ints(1)];
    return this.#graph.node('Slice', [this.#tokens, ...bounds]);
  }

  joined(terms: TensorName, next: TensorName): TensorName {
    const separator = this.#graph.constant([this.#separator], []);
    const begun = this.#graph.node('StringConcat', [terms, separator]);
    return this.#graph.node('StringConcat', [begun, next]);
  }

  /** Whether a run is one: it does not reach past the end of its text, and has no letter that runtimes read differently. */
  isTerm(terms: TensorName, last: TensorName): TensorName {
    const isPast = this.#graph.node('Equal', [last, this.#graph.constant([''], [])]);
    const isSettled = this.#graph.node('RegexFullMatch', [terms], { pattern: SETTLED_PATTERN });
    return this.#graph.node('And', [isSettled, this.#graph.node('Not', [isPast])]);
  }

  #ints(value: number): TensorName {
    return this.#graph.constant(BigInt64Array.of(BigInt(value)), [1]);
  }
}
