import { describeBeginning } from '#core/language/beginning.ts';
import type { Contract } from '#core/spec/contract.ts';
import { characterName } from './character-name.ts';

/** Unknown characters that a sentence names. */
const NAMED = 5;

/** What the model will make of a beginning that one might not expect, in sentences. */
export function beginningNotes(beginning: string, contract: Contract, context: number): string[] {
  if (beginning === '') {
    return ['Nothing stands before: the model begins as a window of its training text begins.'];
  }
  const { unknown, hasNone, isLong } = describeBeginning(beginning, contract, context);
  return [
    ...(isLong
      ? [`Only the last ${context - 1} characters are read: the model looks no further back.`]
      : []),
    ...(unknown.length > 0 ? [unknownNote(unknown)] : []),
    ...(hasNone ? ['Half of a character, as of a cut emoji, is read as an unknown one.'] : []),
  ];
}

function unknownNote(unknown: readonly string[]): string {
  const names = unknown.slice(0, NAMED).map((one) => {
    const name = characterName(one);
    return name === one ? `“${one}”` : name;
  });
  const more = unknown.length - names.length;
  const all = more > 0 ? [...names, `${more} more`] : names;
  const last = all.at(-1) ?? '';
  const listed = all.length === 1 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
  const [them, each] = unknown.length === 1 ? ['it', 'It is'] : ['them', 'Each is'];
  return `The model does not know ${listed}: its training text has ${them} too seldom or not at all. ${each} read as an unknown character.`;
}
