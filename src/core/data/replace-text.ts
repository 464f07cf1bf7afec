import { folded } from './fold.ts';
import { sha256 } from './sha256.ts';

/** What a spec does to the texts of a column before a model sees them; the contract repeats it. */
export interface TextReplacement {
  /** Texts that differ by case, white space or Unicode form alone become one. */
  readonly fold?: boolean | undefined;
  /** Every value becomes the same text: what remains is whether there was one. */
  readonly masked?: boolean | undefined;
  /** Every value becomes a hash of this and itself. */
  readonly salt?: string | undefined;
}

const MASK = '(masked)';
/** Hexadecimal digits of a hash: 64 bits, so that a million values share one by chance once in 40 million tables. */
const HASH_DIGITS = 16;

/** How a present, trimmed text is replaced; null where it stays as it is. */
export function replacementOf({
  fold,
  masked,
  salt,
}: TextReplacement): ((text: string) => string) | null {
  if (masked === true) return () => MASK;
  const read = fold === true ? folded : null;
  if (salt === undefined) return read;
  const known = new Map<string, string>();
  return (text) => {
    const hash = known.get(text) ?? sha256(salt + (read?.(text) ?? text)).slice(0, HASH_DIGITS);
    known.set(text, hash);
    return hash;
  };
}
