import { parseNumber, trimmed } from '#core/data/normalize.ts';
import type { Contract, ContractInput } from '#core/spec/contract.ts';

/** A contract lists this many categories at most; a longer list is cut. */
const LISTED = 50;

/** What a person typed, by column name; the empty text is a missing value. */
export type TypedRecord = Readonly<Record<string, string>>;

/** A first record to try: the training median or the most frequent value of each column. */
export function exampleRecord(contract: Contract): TypedRecord {
  return Object.fromEntries(
    contract.inputs.map(({ name, example }) => [
      name,
      typeof example === 'number' ? String(Number(example.toPrecision(6))) : example,
    ]),
  );
}

/** What the model will do with a typed value that it might not expect; null for an ordinary one, and for one that it refuses. */
export function noteOn(input: ContractInput, typed: string): string | null {
  const text = trimmed(typed);
  const { allowed } = input;
  if (text === '' || input.missing.includes(text)) {
    if (allowed?.nullable === false) return null;
    return 'Missing: the model fills it in as it learned to.';
  }
  if (input.type === 'categorical') {
    const known = input.categories;
    if (allowed?.categories !== undefined) return null;
    return known === undefined || known.length >= LISTED || known.includes(text)
      ? null
      : 'Not seen in training: it says nothing to the model.';
  }
  const value = parseNumber(text);
  const { range } = input;
  if (value === null || range === undefined) return null;
  const { min = -Infinity, max = Infinity } = allowed?.range ?? {};
  if (value < min || value > max) return null;
  if (value >= range.min && value <= range.max) return null;
  const side = value < range.min ? 'below' : 'above';
  return `This is ${side} all training values, so the model extrapolates.`;
}
