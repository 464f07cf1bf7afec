import type { FeatureMeaning } from '#core/features/meaning.ts';
import { LARGEST_FLOAT } from '../bin-edges.ts';
import type { NodeSplit } from './model-trees.ts';

/** What holds for the rows on either side of a split. */
export interface Condition {
  readonly left: string;
  readonly right: string;
}

/** Categories that a condition names, before it counts the others. */
const NAMED = 6;

/** @param missing whether the feature was missing in training rows, so that it matters where these go */
export function conditionOf(
  meaning: FeatureMeaning,
  split: NodeSplit,
  missing: boolean,
): Condition {
  const { name } = meaning;
  const { threshold, codes } = split;
  const isThere = `${name} is there`;
  const isMissing = `${name} is missing`;
  if (threshold === LARGEST_FLOAT) return { left: isThere, right: isMissing };
  if (threshold === -LARGEST_FLOAT) return { left: isMissing, right: isThere };
  const { left, right } =
    codes === undefined ? byThreshold(meaning, split) : byCodes(meaning, codes);
  if (!missing) return { left, right };
  return split.missingGoesLeft
    ? { left: `${left} or missing`, right }
    : { left, right: `${right} or missing` };
}

function byThreshold(meaning: FeatureMeaning, { threshold }: NodeSplit): Condition {
  const { name, centre, scale } = meaning;
  const at = threshold * scale + centre;
  if (meaning.kind === 'mark' && at >= 0 && at < 1) return { left: meaning.no, right: meaning.yes };
  if (meaning.kind === 'place') {
    const codes = Array.from(meaning.categories.keys()).filter((code) => code <= at);
    if (codes.length > 0 && codes.length < meaning.categories.length)
      return byCodes(meaning, codes);
  }
  const called =
    meaning.kind === 'number' && meaning.altered === true ? `${name} after its steps` : name;
  // Of a scaled number the threshold is as exact as its scale; any other has the digits of a float32.
  const exact =
    scale === 1 && centre === 0 ? Math.abs(at) : scale * Math.max(1, Math.abs(threshold));
  const text = shortest(at, 1e-7 * exact);
  return { left: `${called} ≤ ${text}`, right: `${called} > ${text}` };
}

function byCodes(meaning: FeatureMeaning, codes: readonly number[]): Condition {
  const { name } = meaning;
  const categories = meaning.kind === 'place' ? meaning.categories : [];
  const left = new Set(codes);
  const others = Array.from(categories.keys()).filter((code) => !left.has(code));
  const listed = (some: readonly number[]) =>
    listOf(some.map((code) => categories[code] ?? `${code}`));
  // The shorter list says what the longer one does.
  const [few, isLeft] =
    others.length > 0 && others.length < codes.length ? [others, false] : [codes, true];
  const [is, isNot] = [`${name} is ${listed(few)}`, `${name} is not ${listed(few)}`];
  return isLeft ? { left: is, right: isNot } : { left: isNot, right: is };
}

function listOf(names: readonly string[]): string {
  const [most, last] = [names.slice(0, NAMED), names.at(-1)];
  if (names.length > NAMED) return `${most.join(', ')} or one of ${names.length - NAMED} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${last ?? ''}`;
}

/** The number with the fewest digits within this distance, as a text. */
export function shortest(value: number, within: number): string {
  if (Math.abs(value) <= within) return '0';
  for (let digits = 1; digits < 17; digits += 1) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.abs(rounded - value) <= within) return String(rounded);
  }
  return String(value);
}
