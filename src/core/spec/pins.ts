import * as v from 'valibot';
import type { DecimalMark } from '#core/data/normalize.ts';
import { replacementOf, type TextReplacement } from '#core/data/replace-text.ts';
import { inputError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/column.ts';

const finite = v.pipe(v.number(), v.finite('must be a finite number'));
const text = v.pipe(v.string(), v.nonEmpty('must not be empty'));

/** What a contract pins of a column. What was merely seen in training is pinned by nobody. */
export const pinsSchema = v.strictObject({
  /** Smallest and largest number there may be. */
  range: v.optional(v.strictObject({ min: v.optional(finite), max: v.optional(finite) })),
  /** The only texts there may be. */
  categories: v.optional(v.pipe(v.array(text), v.minLength(1, 'must name at least one value'))),
  /** Whether a value may be missing; true when absent. */
  nullable: v.optional(v.boolean()),
});
export type Pins = v.InferOutput<typeof pinsSchema>;

/** A value that a contract does not allow. */
export interface Breach {
  readonly pin: keyof Pins;
  /** The value as a message shows it: `9000`, `"Atlantis"`, `missing`. */
  readonly found: string;
  /** What is allowed instead: `2700 to 6000`, `Biscoe or Dream`, `no missing value`. */
  readonly allowed: string;
}

/**
 * The test that every value of a column must pass, or null where nothing is pinned.
 * @param replacement how texts of the column are read; pinned ones are read alike
 * @param decimal what parts whole digits from decimals in the numbers that a breach shows
 */
export function pinTest(
  { range, categories, nullable }: Pins,
  replacement: TextReplacement,
  decimal: DecimalMark = '.',
): ((value: number | string) => Breach | null) | null {
  if (range === undefined && categories === undefined && nullable !== false) return null;
  const replaced = replacementOf(replacement);
  const known = new Set(replaced === null ? categories : categories?.map(replaced));
  const { min = -Infinity, max = Infinity } = range ?? {};
  return (value) => {
    if (value === '' || Number.isNaN(value)) {
      return nullable === false
        ? { pin: 'nullable', found: 'missing', allowed: 'no missing value' }
        : null;
    }
    if (typeof value === 'number') {
      return range === undefined || (value >= min && value <= max)
        ? null
        : {
            pin: 'range',
            found: numberText(value, decimal),
            allowed: rangeText(range, decimal),
          };
    }
    return categories === undefined || known.has(value)
      ? null
      : {
          pin: 'categories',
          found: `"${value.slice(0, 40)}"`,
          allowed: categoriesText(categories),
        };
  };
}

/** `32 to 59`, `2700 to 12,400.5`, `at least 0`, `at most 100`; with a decimal comma `2700 to 12400,5`. */
export function rangeText(
  { min = -Infinity, max = Infinity }: NonNullable<Pins['range']>,
  decimal: DecimalMark = '.',
): string {
  const [low, high] = [numberText(min, decimal), numberText(max, decimal)];
  if (min === -Infinity) return `at most ${high}`;
  return max === Infinity ? `at least ${low}` : `${low} to ${high}`;
}

/** Where a comma parts decimals, whole digits are not in groups: nobody could tell the one from the other. */
function numberText(value: number, decimal: DecimalMark): string {
  return decimal === ',' ? String(value).replace('.', ',') : grouped(value);
}

/** Every digit, since a bound is one to the last of them; in groups from five on, since four may be a year. */
function grouped(value: number): string {
  return String(value).replace(/^-?\d{5,}(?=\.|$)/, (whole) =>
    whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ','),
  );
}

/** `Biscoe or Dream`, and of long lists the first eight. */
export function categoriesText(categories: readonly string[]): string {
  const shown = categories.slice(0, 8);
  if (shown.length < categories.length) {
    return `${shown.join(', ')} or ${categories.length - shown.length} more`;
  }
  return [shown.slice(0, -1).join(', '), shown.at(-1) ?? '']
    .filter((part) => part !== '')
    .join(' or ');
}

/**
 * @param rowOf the row (from 0) that a value of the column is of; its place in the column when absent
 * @throws TerrariumError `outside_contract`, naming the row of the first value that breaks a pin
 */
export function refuseBreach(
  column: FeatureColumn,
  input: TextReplacement & {
    readonly allowed?: Pins | undefined;
    readonly decimal?: DecimalMark | undefined;
  },
  rowOf: (at: number) => number = (at) => at,
): void {
  const test = pinTest(input.allowed ?? {}, input, input.decimal);
  if (test === null) return;
  for (const [at, value] of column.values.entries()) {
    const breach = test(value);
    if (breach === null) continue;
    const row = rowOf(at) + 1;
    throw inputError(
      'outside_contract',
      `Row ${row}, column "${column.name}": the value is ${breach.found}, and the contract allows ${breach.allowed}.`,
      'Correct the value; the model was neither trained nor measured on such rows.',
      { row, column: column.name, pin: breach.pin },
    );
  }
}
