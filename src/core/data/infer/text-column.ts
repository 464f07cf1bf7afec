import { booleanPairs } from '../boolean-words.ts';
import type { Cells } from '../cells.ts';
import {
  MISSING_TOKENS,
  NUMERIC_MISSING_TOKENS,
  parseNumber,
  type DecimalMark,
} from '../normalize.ts';
import { isoDate, writtenDate, type DateOrder } from '../parse-date.ts';
import type { Doubt } from '../table.ts';
import { dateColumn } from './date-column.ts';
import { decoratedNumbers } from './decorated-numbers.ts';
import { exceptions, grouped, missingDoubt, times } from './evidence.ts';
import { knownOrder } from './known-order.ts';
import { IDENTIFIER_MIN_VALUES, type Inferred } from './number-column.ts';
import { plainDateColumn } from './plain-date-column.ts';
import { tally, type Entry, type Tally } from './tally.ts';

/** Text with more distinct values than this, in more than half of its rows, is no category. */
const CATEGORY_MAX_DISTINCT = 50;
/** Texts of at least this many words on average are prose. */
const PROSE_WORDS = 3;
/** Distinct texts that are looked at to tell what a column is about. */
const LOOKED_AT = 10_000;
/** From this share of numbers or dates on, what is none deserves a word. */
const NOTABLE_SHARE = 0.5;
/** From this share on, beside so few other texts that a person can decide on each, it is numbers or dates with strays among them. */
const MEANT_SHARE = 0.9;
const MOST_STRAYS = 20;

/** An integer past 2^53, which `parseNumber` leaves to be a text. */
const LONG_INTEGER = /^[+-]?[1-9]\d{15,}(?:\.0*)?$/;

const everywhere = new Set(MISSING_TOKENS);

interface Settings {
  readonly decimal: DecimalMark | null;
  readonly dates: { readonly given: DateOrder | null; readonly usual: DateOrder };
}

/** A column that is not all numbers: dates, booleans, categories, with an order or without, identifiers, prose, or nothing at all. */
export function textColumn(name: string, cells: Cells, settings: Settings): Inferred {
  const { given, usual } = settings.dates;
  const plain = plainDateColumn(name, cells, given ?? usual);
  if (plain !== null) return plain;
  const counted = tally(cells, everywhere);
  const present = cells.length - counted.missing;
  const { distinct } = counted;
  const doubts = missingDoubt(name, counted);
  const base = {
    name,
    missing: MISSING_TOKENS,
    missingCount: counted.missing,
    distinct,
    top: counted.top,
    dtype: 'string' as const,
    integer: false,
  };
  if (distinct === 0) {
    doubts.push({
      column: name,
      message: `Column "${name}" has no value in any row; it is left out.`,
    });
    const evidence = `all ${grouped(cells.length)} values are missing`;
    return { schema: { ...base, type: 'empty', evidence }, doubts };
  }
  const dates = dateColumn(name, counted.entries(), settings.dates);
  if (dates !== null) {
    const evidence = `all ${grouped(present)} values are ${dates.evidence}`;
    const schema = { ...base, type: 'datetime' as const, dates: dates.order, evidence };
    return { schema, doubts: [...doubts, ...dates.doubts] };
  }
  if (distinct === 2 && isBoolean([...counted.entries()])) {
    const pair = [...counted.entries()].map(({ text }) => text).sort();
    const evidence = `all ${grouped(present)} values are ${pair.join(' or ')}`;
    return { schema: { ...base, type: 'boolean', evidence }, doubts };
  }
  const mixed = mixture(name, cells, counted, settings.decimal ?? '.');
  doubts.push(...mixed.doubts, ...numericTokens(name, counted));
  if (mixed.evidence === null) doubts.push(...decoratedNumbers(name, firstTexts(counted)));
  const inValues = `${grouped(distinct)} distinct texts in ${grouped(present)} values`;
  const evidence = mixed.evidence ?? inValues;
  // What it would be without its strays is no identifier; until somebody has decided on them its values are categories.
  const type = mixed.hasStrays ? 'categorical' : kindOfText(counted, present);
  const ranks = type === 'categorical' ? knownOrder(counted.top.map(({ value }) => value)) : null;
  if (ranks !== null) {
    const ordered = `${evidence}, whose words have an order: ${ranks.join(' < ')}`;
    return { schema: { ...base, type: 'ordinal', ranks, evidence: ordered }, doubts };
  }
  if (type !== 'categorical') {
    const said =
      type === 'text'
        ? `looks like free text (${inValues}); a model reads its words`
        : `looks like an identifier (${inValues}); it is left out of the model`;
    doubts.push({ column: name, message: `Column "${name}" ${said}.` });
  }
  return { schema: { ...base, type, evidence }, doubts };
}

function isBoolean(entries: readonly Entry[]): boolean {
  const texts = entries.map(({ text }) => text.toLowerCase());
  return booleanPairs.some((pair) => pair.every((one) => texts.includes(one)));
}

function kindOfText(counted: Tally, present: number): 'categorical' | 'identifier' | 'text' {
  const { distinct } = counted;
  const isUnique = distinct === present && present >= IDENTIFIER_MIN_VALUES;
  const isUnlike = distinct > CATEGORY_MAX_DISTINCT && distinct > present / 2;
  if (!isUnique && !isUnlike) return 'categorical';
  const texts = firstTexts(counted);
  const words = texts.reduce((sum, text) => sum + text.split(/\s+/).length, 0);
  return words / texts.length >= PROSE_WORDS ? 'text' : 'identifier';
}

/** Enough distinct texts to tell what a column is about; exact counts come from all of them. */
function firstTexts(counted: Tally): string[] {
  const texts: string[] = [];
  for (const { text } of counted.entries()) {
    texts.push(text);
    if (texts.length === LOOKED_AT) break;
  }
  return texts;
}

interface Mixture {
  /** Null where none of it is numbers or dates. */
  readonly evidence: string | null;
  /** Whether nearly all of it is. */
  readonly hasStrays: boolean;
  readonly doubts: readonly Doubt[];
}

const unmixed: Mixture = { evidence: null, hasStrays: false, doubts: [] };

/** What part of a column is numbers or dates, where some of it is. */
function mixture(name: string, cells: Cells, counted: Tally, decimal: DecimalMark): Mixture {
  const isNumber = (text: string): boolean => parseNumber(text, decimal) !== null;
  const texts = firstTexts(counted);
  const hasNumbers = texts.some(isNumber);
  if (!hasNumbers && !texts.some(isDate)) return unmixed;
  // 007 is a code, and so is every other text of digits in its column.
  const areCodes = hasNumbers && texts.every((text) => /^0\d+$/.test(text) || isNumber(text));
  const areLong = hasNumbers && texts.every((text) => LONG_INTEGER.test(text) || isNumber(text));
  const numbers = areCodes
    ? 'numbers, for they begin with 0'
    : areLong
      ? 'numbers that keep all their digits'
      : 'numbers';
  const [isOne, what, type] = hasNumbers
    ? ([isNumber, numbers, 'numeric'] as const)
    : ([isDate, 'dates', 'datetime'] as const);
  const found = exceptions(cells, counted, everywhere, (text) => !isOne(text), what);
  const { evidence, share } = found;
  // Numbers of telephones are numbers too, and no mixture.
  if (share === 1) return hasNumbers ? unmixed : mixedOrders(name);
  const areValues = !areCodes && !areLong;
  const hasStrays = areValues && share >= MEANT_SHARE && found.distinct <= MOST_STRAYS;
  const rest = areLong
    ? 'Integers past 2^53 would be rounded; as text they stay exact'
    : `If they mean "missing", add them to its texts that mean missing, and read it as ${type}`;
  const inSpec = areLong ? {} : { inSpec: `columns.${name}.missing and columns.${name}.type` };
  const instead = hasStrays ? ', and its values are read as categories' : '';
  const message = `Column "${name}" is not ${type}${instead}: ${evidence}. ${rest}.`;
  return {
    evidence,
    hasStrays,
    doubts: share >= NOTABLE_SHARE && !areCodes ? [{ column: name, message, ...inSpec }] : [],
  };
}

/** Every value is a date, but no one order of day and month serves them all. */
function mixedOrders(name: string): Mixture {
  const evidence = 'dates, some with the day first and some with the month first';
  const message = `Column "${name}" is not datetime: it holds ${evidence}. Write them in one order, best as year-month-day.`;
  return { evidence, hasStrays: true, doubts: [{ column: name, message }] };
}

function isDate(text: string): boolean {
  const date = writtenDate(text);
  if (date?.guess === 'day' || date?.guess === 'day_of_year') return false;
  return date !== null && (isoDate(date, 'day_first') ?? isoDate(date, 'month_first')) !== null;
}

/** Texts that would mean "missing" among numbers, and are read as a category here. */
function numericTokens(name: string, counted: Tally): Doubt[] {
  const tokens = new Set(NUMERIC_MISSING_TOKENS);
  const found = counted.distinct > LOOKED_AT ? counted.top : entriesOf(counted);
  return found.flatMap(({ value: token, count }) => {
    if (!tokens.has(token)) return [];
    return [
      {
        column: name,
        message: `Column "${name}" holds "${token}" ${times(count)}, read as a category of its own; add it to its texts that mean missing if it does.`,
        inSpec: `columns.${name}.missing`,
      },
    ];
  });
}

function entriesOf(counted: Tally): { value: string; count: number }[] {
  return Array.from(counted.entries(), ({ text, count }) => ({ value: text, count }));
}
