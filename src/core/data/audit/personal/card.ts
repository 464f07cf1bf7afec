import { luhn } from './check-digits.ts';
import { inTurn, personalDetector } from './personal-kind.ts';

/** Prefixes that issuers have, each with its lengths (ISO/IEC 7812, as the networks publish them). */
const issuers: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]], // Visa
  [/^5[1-5]/, [16]], // Mastercard
  [/^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/, [16]], // Mastercard since 2017
  [/^3[47]/, [15]], // American Express
  [/^3(?:0[0-5]|[689])/, [14, 16, 19]], // Diners Club
  [/^6(?:011|4[4-9]|5)/, [16, 19]], // Discover
  [/^35(?:2[89]|[3-8])/, [16, 19]], // JCB
  [/^62/, [16, 17, 18, 19]], // UnionPay
  [/^(?:50|5[6-9]|6[37])/, [16, 18, 19]], // Maestro
];

const RUN = /(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d-]|\.\d)/g;

/** Whether a text is or holds a number that a payment card can have. */
function holdsCard(text: string): boolean {
  if (text.length < 13) return false;
  for (const [run] of text.matchAll(RUN)) if (isCard(run.replace(/[ -]/g, ''))) return true;
  return false;
}

function isCard(digits: string): boolean {
  return (
    issuers.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits)) &&
    luhn(digits)
  );
}

/** One number of sixteen random digits in fifty passes by chance, so that a tenth of a column is no accident. */
const inColumns = personalDetector({
  code: 'personal_card',
  what: 'payment card numbers',
  matches: holdsCard,
  header:
    /(?:^| )(?:credit|debit|card|cc|pan|kreditkarte|karte(?:nnummer)?|carte|tarjeta|carta|cartao|kaart)(?: |$)/,
  share: 0.2,
  shareWithHeader: 0.05,
  numbers: 'always',
});
/** Amid words a run of digits is rare, and one that passes is hardly ever anything else. */
const inProse = personalDetector({
  code: 'personal_card',
  what: 'texts with payment card numbers',
  matches: (text) => /\p{L}{2}/u.test(text) && holdsCard(text),
  header: null,
  share: 0,
  shareWithHeader: 0,
  numbers: 'never',
});

export const cards = inTurn(inColumns, inProse);
