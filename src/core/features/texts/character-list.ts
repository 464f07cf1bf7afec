/** What stands for every character that is not known; a text that has it itself has an unknown one. */
export const UNKNOWN_CHARACTER = '\uFFFD';

/** How often each character (a Unicode code point) occurs, but for halves of one and what stands for the unknown. */
export function characterCounts(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const character of text) {
      if (isNone(character)) continue;
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
  }
  return counts;
}

/** NUL ends a text in the graph's runtimes, and a half of a character is none. */
function isNone(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return character === UNKNOWN_CHARACTER || code === 0 || (code >= 0xd800 && code <= 0xdfff);
}
