/**
 * Texts taken apart as onnxruntime's Tokenizer and StringNormalizer do, so that the pipeline and the graph count the
 * same n-grams. Letters are those of Unicode 15; a text in letters that came later may be cut otherwise in the graph,
 * which a run's parity check then finds.
 */
export interface TextReading {
  readonly analyzer: 'words' | 'characters';
  readonly lowercase: boolean;
  /** Lengths of n-grams, in words or in characters. */
  readonly shortest: number;
  readonly longest: number;
}

/** A word is a run of letters, digits and underscores; RE2's own `\w` knows ASCII alone. */
export const WORD_PATTERN = '[\\p{L}\\p{N}_]+';
/** As scikit-learn's default `\b\w\w+\b` has it. */
export const SHORTEST_WORD = 2;

const words = new RegExp(WORD_PATTERN, 'gu');

/** Every n-gram of a text as often as it occurs, words joined by a space. */
export function nGrams(text: string, reading: TextReading): string[] {
  const whole = reading.lowercase ? lowered(text) : text;
  const isWords = reading.analyzer === 'words';
  const tokens = isWords ? wordsOf(whole) : Array.from(whole);
  const found: string[] = [];
  for (let n = reading.shortest; n <= reading.longest; n += 1) {
    for (let i = 0; i + n <= tokens.length; i += 1) {
      found.push(n === 1 ? (tokens[i] ?? '') : tokens.slice(i, i + n).join(isWords ? ' ' : ''));
    }
  }
  return found;
}

/** The tokens of an n-gram again. */
export function tokensOf(nGram: string, { analyzer }: TextReading): string[] {
  return analyzer === 'words' ? nGram.split(' ') : Array.from(nGram);
}

/** Letter by letter, as C's `towlower` does: JavaScript alone makes two letters of İ, and ς of a last Σ. */
function lowered(text: string): string {
  return text.replaceAll('Σ', 'σ').replaceAll('İ', 'i').toLowerCase();
}

function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(words), ([word]) => word).filter(
    (word) => word.length > SHORTEST_WORD || Array.from(word).length >= SHORTEST_WORD,
  );
}

/**
 * Characters whose small letter the C libraries under onnxruntime do not agree on (circled letters, late additions),
 * and what a text becomes where it is no Unicode: no n-gram with one is counted. As RE2 lists them.
 */
const UNSETTLED =
  '\\x{24B6}-\\x{24E9}\\x{2C2F}\\x{2C5F}\\x{1C89}\\x{1C8A}\\x{A7C0}-\\x{A7DC}\\x{A7F5}\\x{A7F6}\\x{FFFD}' +
  '\\x{10570}-\\x{105BC}\\x{10D50}-\\x{10D85}\\x{16EA0}-\\x{16ED3}';
/** Matches an n-gram without such a character, from end to end, in RE2. */
export const SETTLED_PATTERN = `[^${UNSETTLED}]*`;
const unsettled = new RegExp(`[${UNSETTLED.replaceAll('\\x', '\\u')}\\p{Cs}]`, 'u');

export function isSettled(nGram: string): boolean {
  return !unsettled.test(nGram);
}
