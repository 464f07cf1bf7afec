import type { RandomStream } from '#core/random.ts';
import { bsnDigit, codiceLetter, cpfDigits, dniLetter, iban, luhnDigit, nirKey, peselDigit, withBelgianCheck, withRibKey } from './check-digits.ts'; // prettier-ignore
import { between, chance, digits, padded, pick } from './draw.ts';

/** Numbers that pass their own checks, drawn at random: cards, accounts, national identifiers. */
export type Maker = (random: RandomStream) => string;

/** A card number of 16 digits (15 for American Express), without spaces. */
export const card: Maker = (random) => {
  const prefix = pick(random, ['4', '4', '51', '53', '55', '37', '6011']);
  const length = prefix === '37' ? 14 : 15;
  const body = prefix + digits(random, length - prefix.length);
  return body + luhnDigit(body);
};

export const visa: Maker = (random) => {
  const body = `4${digits(random, 14)}`;
  return body + luhnDigit(body);
};

/** A number in groups of four, as it is printed. */
export function inFours(text: string, separator = ' '): string {
  return text.replaceAll(/(.{4})(?=.)/g, `$1${separator}`);
}

/** Account parts by country, in the shapes of the IBAN registry; those of Belgium and France hold their own check. */
const accounts: Readonly<Record<string, Maker>> = {
  AT: (random) => digits(random, 16),
  BE: (random) => withBelgianCheck(digits(random, 10)),
  CH: (random) => digits(random, 17),
  DE: (random) => digits(random, 18),
  FR: (random) => withRibKey(digits(random, 21)),
  GB: (random) => pick(random, ['NWBK', 'BARC', 'LOYD', 'HBUK']) + digits(random, 14),
  IE: (random) => pick(random, ['AIBK', 'BOFI', 'ULSB']) + digits(random, 14),
  LT: (random) => digits(random, 16),
  NL: (random) => pick(random, ['ABNA', 'INGB', 'RABO']) + digits(random, 10),
  SE: (random) => digits(random, 20),
};

export function ibanOf(...countries: readonly string[]): Maker {
  return (random) => {
    const country = pick(random, countries);
    return iban(country, accounts[country]?.(random) ?? '');
  };
}

/** United States: area, group and serial, none of them one that is never issued. */
export const ssn: Maker = (random) => {
  const area = pick(random, [between(random, 1, 665), between(random, 667, 899)]);
  return `${padded(area, 3)}-${padded(between(random, 1, 99), 2)}-${padded(between(random, 1, 9999), 4)}`;
};

/** United Kingdom: a National Insurance number with a prefix in use. */
export const nino: Maker = (random) => {
  const prefix = pick(random, ['AB', 'CE', 'HW', 'JK', 'LS', 'NX', 'PR', 'SM', 'WA', 'YZ']);
  return prefix + digits(random, 6) + pick(random, ['A', 'B', 'C', 'D']);
};

/** France: sex, year, month, department, commune, order, and the key after a space. */
export const nir: Maker = (random) => {
  const born = padded(between(random, 40, 99), 2) + padded(between(random, 1, 12), 2);
  const place =
    pick(random, ['13', '31', '33', '59', '69', '75']) + padded(between(random, 1, 300), 3);
  const body = pick(random, ['1', '2']) + born + place + padded(between(random, 1, 400), 3);
  return body + nirKey(body);
};

/** Spain. */
export const dni: Maker = (random) => {
  const body = padded(between(random, 10_000_000, 79_999_999), 8);
  return body + dniLetter(body);
};

/** Italy: surname, name, year, month and day (40 more for women), place. */
export const codiceFiscale: Maker = (random) => {
  const name = pick(random, ['RSS', 'BNC', 'FRR', 'SPS', 'RMN', 'CLM']);
  const given = pick(random, ['MRA', 'GNN', 'LCU', 'SFO', 'MRC', 'PLA']);
  const day = between(random, 1, 28) + (chance(random, 0.5) ? 40 : 0);
  const born = padded(between(random, 40, 99), 2) + 'ABCDEHLMPRST'.charAt(random.integer(12));
  const place = pick(random, ['H501', 'F205', 'L219', 'A944', 'D612', 'F839']);
  const body = name + given + born + padded(day, 2) + place;
  return body + codiceLetter(body);
};

/** The Netherlands. */
export const bsn: Maker = (random) => {
  for (;;) {
    const body = pick(random, ['1', '2', '3']) + digits(random, 7);
    const last = bsnDigit(body);
    if (last !== null) return body + last;
  }
};

/** Poland: year, month (20 more from 2000), day, four digits. */
export const pesel: Maker = (random) => {
  const year = between(random, 1945, 2006);
  const month = between(random, 1, 12) + (year < 2000 ? 0 : 20);
  const born = padded(year % 100, 2) + padded(month, 2) + padded(between(random, 1, 28), 2);
  const body = born + digits(random, 4);
  return body + peselDigit(body);
};

/** Brazil, written with dots and a dash. */
export const cpf: Maker = (random) => {
  const body = digits(random, 9);
  const whole = body + cpfDigits(body);
  return whole.replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4');
};

/** Sweden: year, month, day, a dash, three digits and Luhn's. */
export const personnummer: Maker = (random) => {
  const born = [between(random, 40, 99), between(random, 1, 12), between(random, 1, 28)];
  const body = born.map((part) => padded(part, 2)).join('') + digits(random, 3);
  const whole = body + luhnDigit(body);
  return `${whole.slice(0, 6)}-${whole.slice(6)}`;
};
