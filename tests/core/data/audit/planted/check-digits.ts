/**
 * The check digits of numbers that name a person, a card or an account, each by its published rule.
 * Every function takes digits (or the body of the number) as text and gives what completes it.
 */

/** Luhn's check digit of a number without it (ISO/IEC 7812-1, annex B). */
export function luhnDigit(body: string): string {
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** An IBAN of a country and its account part (ISO 13616-1: the whole is 1 modulo 97, letters as 10 to 35). */
export function iban(country: string, account: string): string {
  const check = 98 - modulo97(`${account}${country}00`);
  return `${country}${String(check).padStart(2, '0')}${account}`;
}

/** A Belgian account of 10 digits with its check: the number modulo 97, and 97 for 0. */
export function withBelgianCheck(body: string): string {
  const rest = modulo97(body);
  return body + String(rest === 0 ? 97 : rest).padStart(2, '0');
}

/** A French bank, branch and account of 21 digits with the RIB key. */
export function withRibKey(body: string): string {
  return body + String(97 - modulo97(`${body}00`)).padStart(2, '0');
}

/** The remainder modulo 97 of a text of digits and letters, letters counted as 10 to 35. */
function modulo97(text: string): number {
  return Array.from(text).reduce((rest, character) => {
    const value = Number.parseInt(character, 36);
    return (rest * (value > 9 ? 100 : 10) + value) % 97;
  }, 0);
}

/** The key of a French NIR of 13 digits: 97 less the number modulo 97, two digits. */
export function nirKey(body: string): string {
  return String(97 - modulo97(body)).padStart(2, '0');
}

/** The letter of a Spanish DNI of 8 digits: the number modulo 23 in a fixed list. */
export function dniLetter(body: string): string {
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(body) % 23] ?? '';
}

const codiceOdd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]; // prettier-ignore

/** The last letter of an Italian codice fiscale of 15 characters (decree of 23 December 1976, article 11). */
export function codiceLetter(body: string): string {
  const sum = Array.from(body).reduce((total, character, i) => {
    const digit = Number.parseInt(character, 36);
    const value = digit > 9 ? digit - 10 : digit;
    return total + (i % 2 === 0 ? (codiceOdd[value] ?? 0) : value);
  }, 0);
  return String.fromCharCode(65 + (sum % 26));
}

/** The ninth digit of a Dutch BSN of 8 digits (the 11-test), or null where none passes. */
export function bsnDigit(body: string): string | null {
  const rest = weightedSum(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return rest === 10 ? null : String(rest);
}

/** The eleventh digit of a Polish PESEL of 10 digits. */
export function peselDigit(body: string): string {
  const sum = weightedSum(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
  return String((10 - (sum % 10)) % 10);
}

/** The two check digits of a Brazilian CPF of 9 digits. */
export function cpfDigits(body: string): string {
  const digit = (text: string): string => {
    const weights = Array.from(text).map((_, i) => text.length + 1 - i);
    const rest = weightedSum(text, weights) % 11;
    return rest < 2 ? '0' : String(11 - rest);
  };
  const first = digit(body);
  return first + digit(body + first);
}

function weightedSum(text: string, weights: readonly number[]): number {
  return Array.from(text).reduce((sum, digit, i) => sum + Number(digit) * (weights[i] ?? 0), 0);
}
