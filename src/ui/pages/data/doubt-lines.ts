import { missingPrefix } from '#core/data/infer/evidence.ts';
import type { Doubt } from '#core/data/table.ts';
import { countText } from '#ui/format.ts';

/** So many columns are named in one line. */
const NAMED = 12;

/**
 * What is doubtful about a data set, a line each. What was read as missing in several columns is one line, and the
 * first: `Read as missing: "NA" 2 times in each of bill and mass; "NA" 11 times in sex.`
 */
export function doubtLines(doubts: readonly Doubt[]): readonly string[] {
  const missing = doubts.filter(isOfMissing);
  if (missing.length < 2) return doubts.map(({ message }) => message);
  const named = new Map<string, string[]>();
  for (const { column, message } of missing.slice(0, NAMED)) {
    const texts = message.slice(missingPrefix(column).length, -1);
    named.set(texts, [...(named.get(texts) ?? []), column]);
  }
  const parts = [...named].map(([texts, columns]) => `${texts} in ${listed(columns)}`);
  const left = missing.length - NAMED;
  const others = doubts.filter((doubt) => !isOfMissing(doubt));
  return [
    `Read as missing: ${parts.join('; ')}${left > 0 ? `; others in ${countText(left)} more columns` : ''}.`,
    ...others.map(({ message }) => message),
  ];
}

/** `mass`; `each of mass, bill and sex`. */
function listed(columns: readonly string[]): string {
  const last = columns.at(-1) ?? '';
  return columns.length === 1 ? last : `each of ${columns.slice(0, -1).join(', ')} and ${last}`;
}

function isOfMissing(doubt: Doubt): doubt is Required<Doubt> {
  return doubt.column !== undefined && doubt.message.startsWith(missingPrefix(doubt.column));
}
