import { isDay, luhn, mod11And10, modulo, weightedSum } from './check-digits.ts';

/** A country's number for a person. */
export interface NationalNumber {
  /** For example `Spanish DNI or NIE`. */
  readonly title: string;
  readonly matches: (text: string) => boolean;
  /**
   * Whether the form alone is telling: with letters, signs or two check digits. Others need a name of the
   * column, or to hold for nearly all of its values.
   */
  readonly isTelling: boolean;
  /** Whether nothing but a column's name tells it from other numbers of that length. */
  readonly needsName?: boolean;
}

function digitsOf(text: string): string {
  return text.replace(/[\s.\-/]/g, '');
}

/** The digits of a text that is nothing but `count` digits and the usual signs between; '' otherwise. */
function exactly(text: string, count: number): string {
  if (text.length < count || text.length > count + 6 || !/^\d[\d\s.\-/]*$/.test(text)) return '';
  const digits = digitsOf(text);
  return digits.length === count && !/^(\d)\1+$/.test(digits) ? digits : '';
}

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const FISCAL_ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function fiscalCode(text: string): boolean {
  const code = text.toUpperCase();
  if (!/^[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPRST][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/.test(code))
    return false;
  let sum = 0;
  for (let i = 0; i < 15; i += 1) {
    const unit = code.charCodeAt(i);
    const value = unit < 65 ? unit - 48 : unit - 65;
    sum += i % 2 === 0 ? (FISCAL_ODD[value] ?? 0) : value;
  }
  return code.charCodeAt(15) - 65 === sum % 26;
}

function spanishNumber(text: string): boolean {
  const match = /^([XYZ]?)[- ]?(\d{7,8}|\d{1,2}\.\d{3}\.\d{3})[- ]?([A-Z])$/.exec(
    text.toUpperCase(),
  );
  if (match === null) return false;
  const [, prefix = '', number = '', letter] = match;
  const digits = number.replaceAll('.', '');
  if (digits.length !== (prefix === '' ? 8 : 7)) return false;
  const whole = Number((prefix === '' ? '' : String('XYZ'.indexOf(prefix))) + digits);
  return DNI_LETTERS[whole % 23] === letter;
}

/** Thirteen digits and a key: 97 less the rest; Corsica's 2A and 2B count as 19 and 18. */
function frenchNumber(text: string): boolean {
  const joined = text.replace(/[\s.]/g, '').toUpperCase();
  if (!/^[1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{6}\d{2}$/.test(joined))
    return false;
  const body = joined.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - modulo(body, 97) === Number(joined.slice(13));
}

function polishNumber(text: string): boolean {
  const digits = exactly(text, 11);
  if (digits === '') return false;
  const month = Number(digits.slice(2, 4)) % 20;
  const sum = weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
  return sum % 10 === 0 && isDay(Number(digits.slice(0, 2)), month, Number(digits.slice(4, 6)));
}

function brazilianNumber(text: string): boolean {
  const digits = exactly(text, 11);
  if (digits === '') return false;
  const check = (count: number): number => {
    const weights = Array.from({ length: count }, (_, i) => count + 1 - i);
    return ((weightedSum(digits, weights) * 10) % 11) % 10;
  };
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

/** YYMMDD-NNNN or YYYYMMDD-NNNN; 60 is added to the day of a coordination number. */
function swedishNumber(text: string): boolean {
  const match = /^(?:19|20)?(\d{2})(\d{2})(\d{2})[-+]?(\d{4})$/.exec(text);
  if (match === null) return false;
  const [, year = '', month = '', day = '', rest = ''] = match;
  return isDay(Number(year), Number(month), Number(day) % 60) && luhn(year + month + day + rest);
}

function finnishNumber(text: string): boolean {
  const match = /^(\d{2})(\d{2})(\d{2})[-+A-FU-Y](\d{3})([0-9A-Y])$/.exec(text.toUpperCase());
  if (match === null) return false;
  const [, day = '', month = '', year = '', number = '', check] = match;
  const letter = '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(day + month + year + number) % 31];
  return isDay(Number(year), Number(month), Number(day)) && letter === check;
}

function norwegianNumber(text: string): boolean {
  const digits = exactly(text, 11);
  if (digits === '') return false;
  const day = Number(digits.slice(0, 2)) % 40;
  if (!isDay(Number(digits.slice(4, 6)), Number(digits.slice(2, 4)), day)) return false;
  return (
    weightedSum(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  );
}

function belgianNumber(text: string): boolean {
  const digits = exactly(text, 11);
  if (digits === '' || Number(digits.slice(2, 4)) > 12) return false;
  const check = 97 - Number(digits.slice(9));
  return modulo(digits.slice(0, 9), 97) === check || modulo(`2${digits.slice(0, 9)}`, 97) === check;
}

function chineseNumber(text: string): boolean {
  if (!/^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/i.test(text))
    return false;
  const sum = weightedSum(text, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return '10X98765432'[sum % 11] === text.slice(17).toUpperCase();
}

/** Eleven digits, the first no 0; of the first ten one stands twice or three times (Steuer-ID). */
function germanNumber(text: string): boolean {
  const digits = exactly(text, 11);
  if (digits === '' || digits.startsWith('0') || !mod11And10(digits)) return false;
  const counts = new Map<string, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const several = [...counts.values()].filter((count) => count > 1);
  return several.length === 1 && (several[0] ?? 9) <= 3;
}

function americanNumber(text: string): boolean {
  const digits = exactly(text, 9);
  return (
    digits !== '' &&
    !/^(?:000|666|9)/.test(digits) &&
    !/^...00/.test(digits) &&
    !digits.endsWith('0000')
  );
}

function dutchNumber(text: string): boolean {
  const digits = exactly(text, 9);
  return digits !== '' && weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

/** DDMMYY-NNNN; the check digit was given up in 2007, so that the day and the form must do. */
function danishNumber(text: string): boolean {
  const match = /^(\d{2})(\d{2})(\d{2})-\d{4}$/.exec(text);
  if (match === null) return false;
  const [, day, month, year] = match;
  return isDay(Number(year), Number(month), Number(day));
}

/** Ten digits and no country's code, weighted 10 to 1; an ISBN of ten digits passes the same check. */
function healthServiceNumber(text: string): boolean {
  const digits = exactly(text, 10);
  return digits !== '' && weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
}

/** EAN-13's check digit. */
function ean(digits: string): boolean {
  return weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;
}

export const nationalNumbers: readonly NationalNumber[] = [
  {
    title: 'US social security numbers',
    isTelling: true,
    matches: (text) => /^\d{3}-\d{2}-\d{4}$/.test(text) && americanNumber(text),
  },
  {
    title: 'UK national insurance numbers',
    isTelling: true,
    matches: (text) =>
      /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:\d{2} ?){3}[A-D]$/i.test(
        text,
      ),
  },
  {
    title: 'UK NHS numbers',
    isTelling: false,
    needsName: true,
    matches: healthServiceNumber,
  },
  { title: 'French social security numbers (NIR)', isTelling: true, matches: frenchNumber },
  { title: 'Spanish identity numbers (DNI, NIE)', isTelling: true, matches: spanishNumber },
  { title: 'Italian fiscal codes', isTelling: true, matches: fiscalCode },
  { title: 'Polish PESEL numbers', isTelling: true, matches: polishNumber },
  { title: 'Brazilian CPF numbers', isTelling: true, matches: brazilianNumber },
  { title: 'Swedish personal numbers', isTelling: true, matches: swedishNumber },
  { title: 'Finnish identity codes', isTelling: true, matches: finnishNumber },
  { title: 'Norwegian birth numbers', isTelling: true, matches: norwegianNumber },
  { title: 'Belgian national numbers', isTelling: true, matches: belgianNumber },
  { title: 'Chinese resident identity numbers', isTelling: true, matches: chineseNumber },
  { title: 'German tax numbers (Steuer-ID)', isTelling: false, matches: germanNumber },
  { title: 'Dutch citizen service numbers (BSN)', isTelling: false, matches: dutchNumber },
  {
    title: 'US social security numbers',
    isTelling: false,
    needsName: true,
    matches: (text) => /^\d{9}$/.test(text) && americanNumber(text),
  },
  {
    title: 'Swiss insurance numbers (AHV)',
    isTelling: true,
    matches: (text) => /^756[.\s]?\d{4}[.\s]?\d{4}[.\s]?\d{2}$/.test(text) && ean(digitsOf(text)),
  },
  { title: 'Danish CPR numbers', isTelling: true, matches: danishNumber },
  {
    title: 'Mexican CURP codes',
    isTelling: true,
    matches: (text) =>
      /^[A-Z][AEIOUX][A-Z]{2}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[HMX][A-Z]{5}[A-Z\d]\d$/i.test(
        text,
      ),
  },
  {
    title: 'Canadian social insurance numbers',
    isTelling: false,
    matches: (text) => exactly(text, 9) !== '' && luhn(digitsOf(text)),
  },
];
