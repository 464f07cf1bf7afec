import { expect, test } from 'vitest';
import { bsnDigit, codiceLetter, cpfDigits, dniLetter, iban, luhnDigit, nirKey, peselDigit, withBelgianCheck, withRibKey } from './check-digits.ts'; // prettier-ignore
import { mojibake } from './encoding.ts';

/** Published examples: the test numbers of card schemes, of the IBAN registry, and of each country's rule. */
test.each([
  ['Visa test card', '411111111111111', luhnDigit, '1'],
  ['Mastercard test card', '555555555555444', luhnDigit, '4'],
  ['American Express test card', '37828224631000', luhnDigit, '5'],
  ['Luhn, ISO/IEC 7812-1', '7992739871', luhnDigit, '3'],
  ['Swedish personnummer 811218-9876', '811218987', luhnDigit, '6'],
  ['French NIR 2 55 08 14 168 025 38', '2550814168025', nirKey, '38'],
  ['Spanish DNI 12345678Z', '12345678', dniLetter, 'Z'],
  ['Italian codice fiscale RSSMRA85T10A562S', 'RSSMRA85T10A562', codiceLetter, 'S'],
  ['Dutch BSN 111222333', '11122233', bsnDigit, '3'],
  ['Polish PESEL 44051401359', '4405140135', peselDigit, '9'],
  ['Belgian account 539-0075470-34', '5390075470', withBelgianCheck, '539007547034'],
  ['French RIB', '300060000112345678901', withRibKey, '30006000011234567890189'],
  ['Brazilian CPF 111.444.777-35', '111444777', cpfDigits, '35'],
])('%s', (_, body, check, expected) => {
  expect(check(body)).toBe(expected);
});

test.each([
  ['DE', '370400440532013000', 'DE89370400440532013000'],
  ['GB', 'NWBK60161331926819', 'GB29NWBK60161331926819'],
  ['FR', '20041010050500013M02606', 'FR1420041010050500013M02606'],
  ['ES', '21000418450200051332', 'ES9121000418450200051332'],
  ['NL', 'ABNA0417164300', 'NL91ABNA0417164300'],
])('the IBAN registry’s example of %s', (country, account, expected) => {
  expect(iban(country, account)).toBe(expected);
});

test('mojibake is UTF-8 read as Windows-1252', () => {
  expect(mojibake('é')).toBe('Ã©');
  expect(mojibake('’')).toBe('â€™');
});
