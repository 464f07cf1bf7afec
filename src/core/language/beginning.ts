import { UNKNOWN_CHARACTER } from '#core/features/texts/character-list.ts';
import type { Contract } from '#core/spec/contract.ts';

/** No model looks further back, so that a long text need not go through the graph whole. */
export const FURTHEST_BACK = 256;

/** What a model makes of the beginning that a person gives it. */
export interface BeginningFacts {
  /** Different characters among those that it reads which it does not know, in their order. */
  readonly unknown: readonly string[];
  /** Whether halves of a character, or NUL, are among those: they are read as unknown ones. */
  readonly hasNone: boolean;
  /** Whether there is more in front than the model looks back at. */
  readonly isLong: boolean;
}

/**
 * The last characters of a beginning as the graph takes them: halves of characters, which no runtime can carry, and NUL,
 * which ends a text there, are written as the unknown one.
 */
export function readBeginning(beginning: string): readonly string[] {
  return lastCharacters(beginning, FURTHEST_BACK).map((character) =>
    isNone(character) ? UNKNOWN_CHARACTER : character,
  );
}

/** @param context characters of a window, of which the last one is what is predicted */
export function describeBeginning(
  beginning: string,
  { target: { classes = [] } }: Contract,
  context: number,
): BeginningFacts {
  const known = new Set(classes.filter((character) => character !== UNKNOWN_CHARACTER));
  const last = lastCharacters(beginning, context);
  const read = last.slice(-Math.max(1, context - 1));
  const unknown = read.filter((one) => !isNone(one) && !known.has(one));
  return {
    unknown: [...new Set(unknown)],
    hasNone: read.some(isNone),
    isLong: last.length > read.length,
  };
}

/** Code points from the end; of a long text no more is looked at than they can take. */
function lastCharacters(text: string, count: number): readonly string[] {
  return Array.from(text.slice(-2 * count)).slice(-count);
}

function isNone(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code === 0 || (code >= 0xd800 && code <= 0xdfff);
}
