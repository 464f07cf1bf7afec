import { booleanPairs } from '../boolean-words.ts';
import { parseNumber } from '../normalize.ts';
import type { ColumnSchema } from '../table.ts';

const pairs = [...booleanPairs, ['1', '0']] as const;
const meanings: ReadonlyMap<string, string> = new Map(
  pairs.flatMap(([yes, no]) => [[yes, 'true'] as const, [no, 'false'] as const]),
);

/** What a column's texts are in each version, where they say yes and no in both and in other words. */
export interface BooleanNotation {
  readonly before: string;
  readonly after: string;
}

/** @returns null where neither version is a column of yes and no, or both write it alike */
export function booleanNotation({
  before,
  after,
}: {
  readonly before: ColumnSchema;
  readonly after: ColumnSchema;
}): BooleanNotation | null {
  if (before.type !== 'boolean' && after.type !== 'boolean') return null;
  const [earlier, later] = [booleanTexts(before), booleanTexts(after)];
  if (earlier === null || later === null) return null;
  const isSame = earlier.length === later.length && earlier.every((text) => later.includes(text));
  return isSame ? null : { before: earlier.join(' or '), after: later.join(' or ') };
}

/** `true` or `false`, whatever words say so; '' for missing. */
export function asBoolean(text: string): string {
  // A column of numbers may write 1.0.
  const plain = parseNumber(text)?.toString() ?? text.toLowerCase();
  return meanings.get(plain) ?? text;
}

/** The texts of a column that holds no others. */
function booleanTexts({ distinct, top }: ColumnSchema): readonly string[] | null {
  if (distinct === 0 || distinct > top.length) return null;
  const texts = top.map(({ value }) => value);
  return texts.every((text) => meanings.has(text.toLowerCase())) ? texts.toSorted() : null;
}
