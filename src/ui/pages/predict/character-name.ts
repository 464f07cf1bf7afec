import { UNKNOWN_CHARACTER } from '#core/features/texts/character-list.ts';

const names: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\n': 'end of line',
  '\t': 'tab',
  '\r': 'carriage return',
  [UNKNOWN_CHARACTER]: 'an unknown one',
};

/** A character for reading: those that cannot be seen by name or code, all others as they are. */
export function characterName(character: string): string {
  const name = names[character];
  if (name !== undefined) return name;
  if (!/^[\p{Z}\p{C}\p{M}]/u.test(character)) return character;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${code}`;
}
