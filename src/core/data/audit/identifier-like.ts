import { mainWords } from '../header-words.ts';
import type { AuditColumn } from './audit-column.ts';
import { grouped } from './wording.ts';

/** Fewer values than this are unique by chance. */
const MIN_VALUES = 20;
/**
 * Of n integers drawn from R possible ones none is repeated with a chance of about e^(−n²/2R) (the birthday
 * problem); at 7, once in a thousand, being unique is no accident.
 */
const BIRTHDAY = 7;
/** Where a few are repeated: so many deviations fewer than were to be expected. */
const SIGMAS = 2.6;
/** Names of things: of their rows this share has a value unlike any other, at least. */
const UNIQUE_SHARE = 0.95;

const idWords = new Set([
  ...['id', 'ids', 'uid', 'pid', 'uuid', 'guid', 'oid', 'key', 'pk', 'code', 'ref', 'reference'],
  ...['no', 'nr', 'num', 'number', 'nummer', 'numero', 'serial', 'sn', 'index', 'idx', 'identifier'],
  ...['record', 'case', 'ticket', 'invoice', 'order', 'account', 'transaction', 'registration', 'mrn', 'policy', 'claim'],
  ...['patient', 'customer', 'user', 'subject', 'client', 'member', 'student', 'employee', 'participant', 'row', 'rowid', 'seq'],
  ...['identifiant', 'identificador', 'kennung', 'matricule', 'barcode', 'sku', 'isbn', 'ean'],
]); // prettier-ignore
/** Such a word at the end names a thing, also where values repeat: `customer_id`, `storeId`. */
const strongWords = new Set([
  'id',
  'ids',
  'uid',
  'uuid',
  'guid',
  'oid',
  'pk',
  'sku',
  'isbn',
  'ean',
  'identifier',
]);
const CODE = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?=[0-9a-f]*\d)[0-9a-f]{16,64}|[a-z]{1,5}[-_ ]?\d{2,}(?:[-_]\d+)*|\d{4,})$/i; // prettier-ignore

/** How a column names its rows, or the things in them. */
export interface IdentifierEvidence {
  /** Every row has its own, or things come up again and again. */
  readonly kind: 'unique' | 'repeated';
  /** Completes "Column x …". */
  readonly because: string;
}

/** @returns null for a column that measures or describes, as far as one can see */
export function identifierEvidence(column: AuditColumn): IdentifierEvidence | null {
  if (column.kind === 'numbers') return ofNumbers(column);
  return column.kind === 'texts' ? ofTexts(column) : null;
}

function ofNumbers(column: AuditColumn): IdentifierEvidence | null {
  const { sorted, schema } = column;
  const n = sorted.length;
  if (schema.type === 'identifier') return { kind: 'unique', because: schema.evidence };
  if (!schema.integer || n < MIN_VALUES) return null;
  const range = (sorted[n - 1] ?? 0) - (sorted[0] ?? 0) + 1;
  const distinct = distinctOf(sorted);
  const words = mainWords(column.name);
  const isNamed = words.some((word) => idWords.has(word));
  if (distinct >= UNIQUE_SHARE * n && isTooDistinct(n, distinct, range)) {
    return {
      kind: 'unique',
      because: `holds ${grouped(distinct)} different integers in ${grouped(n)} rows, from a range of ${grouped(range)}`,
    };
  }
  if (distinct === n && isNamed) {
    return {
      kind: 'unique',
      because: `holds another integer in each of ${grouped(n)} rows, and its name says that it is an identifier`,
    };
  }
  if (distinct === n && fillsDecade(sorted)) {
    return {
      kind: 'unique',
      because: `holds another number of as many digits in each of ${grouped(n)} rows`,
    };
  }
  const isStrong = strongWords.has(words.at(-1) ?? '');
  if (isStrong && distinct > 2) {
    return {
      kind: 'repeated',
      because: `holds ${grouped(distinct)} numbers, and its name says that they are identifiers`,
    };
  }
  return null;
}

function ofTexts(column: AuditColumn): IdentifierEvidence | null {
  const { texts } = column.values;
  const { present, schema } = column;
  if (present < MIN_VALUES) return null;
  if (schema.type === 'identifier' && texts.length >= UNIQUE_SHARE * present) {
    return {
      kind: 'unique',
      because: `holds ${grouped(texts.length)} distinct texts in ${grouped(present)} rows`,
    };
  }
  if (schema.type === 'text' || schema.type === 'image') return null;
  const sample = texts.slice(0, 1000);
  const codes = sample.filter((text) => CODE.test(text)).length;
  const areCodes = texts.length >= MIN_VALUES / 2 && codes >= 0.9 * sample.length;
  const isStrong = strongWords.has(mainWords(column.name).at(-1) ?? '');
  if (texts.length >= UNIQUE_SHARE * present && (areCodes || isStrong)) {
    return {
      kind: 'unique',
      because: `holds ${grouped(texts.length)} distinct codes in ${grouped(present)} rows`,
    };
  }
  if (texts.length > 2 && (isStrong || areCodes)) {
    return {
      kind: 'repeated',
      because: isStrong
        ? `holds ${grouped(texts.length)} distinct texts, and its name says that they are identifiers`
        : `holds ${grouped(texts.length)} distinct codes`,
    };
  }
  return null;
}

/** Numbers of five digits and more, from the smallest of that length to the largest, as they are handed out. */
function fillsDecade(sorted: Float64Array): boolean {
  const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const unit = Number(`1e${String(high).length - 1}`);
  return unit >= 1e4 && low >= unit && low < 1.5 * unit && high > 8.5 * unit;
}

/** Whether n draws from so many integers would repeat far more of them. */
function isTooDistinct(n: number, distinct: number, range: number): boolean {
  const expected = (n * n) / (2 * range);
  return expected >= BIRTHDAY && n - distinct < expected - SIGMAS * Math.sqrt(expected);
}

function distinctOf(sorted: Float64Array): number {
  let distinct = sorted.length === 0 ? 0 : 1;
  for (let i = 1; i < sorted.length; i += 1) if (sorted[i] !== sorted[i - 1]) distinct += 1;
  return distinct;
}
