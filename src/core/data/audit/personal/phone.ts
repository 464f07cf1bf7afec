import { nationalIdHeader } from './national-id.ts';
import { inTurn, NEVER, personalDetector } from './personal-kind.ts';

/** With a country's code: `+49 151 23456789`, `0049 …`; 7 to 15 digits (ITU-T E.164). */
const INTERNATIONAL = /^(?:\+|00)[1-9](?:[\s().\-/]{0,3}\d){6,14}(?:\s?(?:x|ext\.?)\s?\d{1,5})?$/i;
/** `(555) 123-4567`, `555-123-4567`, `555.123.4567`, `1-555-123-4567`. */
const NORTH_AMERICAN =
  /^(?:1[\s.-])?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[\s.-])\d{3}[\s.-]\d{4}(?:\s?(?:x|ext\.?)\s?\d{1,5})?$/i;
/** With a trunk 0 and something that parts the digits: `030 123456`, `0151/2345678`, `06 12 34 56 78`, `020 7946 0958`. */
const TRUNK =
  /^(?!\d{3}-\d{2}-\d{4}$)\(?0[1-9]\d{0,4}\)?[\s/.-](?=(?:\D*\d){5,9}$)\d+(?:[\s.-]\d+)*$/;
/** With a code of two digits in brackets, as in Brazil: `(11) 91234-5678`. */
const BRACKETED = /^\(\d{2}\)\s?\d{4,5}-\d{4}$/;
/** Nine or ten digits in pairs or threes after 6 to 9, as in Spain or India: `612 345 678`, `98765 43210`. */
const GROUPED = /^(?:[6-9]\d{2}\s\d{3}\s\d{3}|[6-9]\d{4}\s\d{5})$/;
const IN_PROSE =
  /(?:^|[^\d\w+])\+[1-9]\d{0,2}[\s(.-]{0,2}\d(?:[\s().-]{0,2}\d){6,11}(?!\d)|\([2-9]\d{2}\)\s?\d{3}-\d{4}(?!\d)|(?:^|[^\d-])[2-9]\d{2}-[2-9]\d{2}-\d{4}(?![\d-])/;

/** In a column that is called so, any 7 to 15 digits with the usual signs between. */
const namedPhones =
  /(?:^| )(?:contact ?(?:no|nr|number)|contato|(?:tele)?(?:phones?|fon)(?: ?(?:no|nr|number|nummer))?|tel(?: ?(?:no|nr|number))?|telefono?s?|telefone|telefoon|telefon(?:nummer)?|handy(?:nummer)?|mobiles?(?: ?(?:no|nr|number|phone))?|mobil|mobilnummer|cell(?: ?(?:no|number|phone))?|portable|movil|celular|cellulare|gsm|fax|whatsapp|rufnummer|msisdn|komorka)(?: |$)/;

function isPhone(text: string): boolean {
  const { length } = text;
  if (length < 8 || !/\d/.test(text)) return false;
  if (length > 26) return IN_PROSE.test(text);
  return (
    INTERNATIONAL.test(text) ||
    NORTH_AMERICAN.test(text) ||
    TRUNK.test(text) ||
    BRACKETED.test(text) ||
    GROUPED.test(text) ||
    IN_PROSE.test(text)
  );
}

function isNamedPhone(text: string): boolean {
  if (isPhone(text)) return true;
  const digits = text.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 15 && /^[+(]?\d[\d\s().\-/]*(?:(?:x|ext\.?)\s?\d+)?$/i.test(text);
}

const kind = {
  code: 'personal_phone',
  what: 'phone numbers',
  header: namedPhones,
  numbers: 'by_name',
} as const;

/**
 * By form alone, where a third of the values have it: dates, codes and prices have other forms. National numbers may
 * have the same, such as `943 476 5919`, and are told by their column's name.
 */
const byForm = personalDetector({
  ...kind,
  otherHeader: nationalIdHeader,
  matches: isPhone,
  share: 1 / 3,
  shareWithHeader: NEVER,
});
const byName = personalDetector({
  ...kind,
  matches: isNamedPhone,
  share: NEVER,
  shareWithHeader: 1 / 3,
});
const inProse = personalDetector({
  ...kind,
  what: 'texts with phone numbers',
  matches: (text) => text.length > 26 && IN_PROSE.test(text),
  share: 0,
  shareWithHeader: NEVER,
  numbers: 'never',
});

export const phones = inTurn(byForm, byName, inProse);
