import { modulo } from './check-digits.ts';
import { personalDetector } from './personal-kind.ts';

/** Length by country (SWIFT's IBAN registry, release 99). */
const lengths = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24
  FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21
  LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33
  SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);
const CANDIDATE = /(?<![A-Z\d])[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]){11,30}/gi;

function holdsIban(text: string): boolean {
  if (text.length < 15) return false;
  for (const [found] of text.matchAll(CANDIDATE)) {
    const joined = found.replace(/[ -]/g, '').toUpperCase();
    const length = lengths.get(joined.slice(0, 2));
    // A word may follow: what counts are as many characters as the country's numbers have.
    if (length !== undefined && joined.length >= length && isIban(joined.slice(0, length)))
      return true;
  }
  return false;
}

/** ISO 13616: moved behind, with letters as two digits from 10, the number leaves 1 over 97. */
function isIban(text: string): boolean {
  if (text.length !== lengths.get(text.slice(0, 2))) return false;
  const moved = text.slice(4) + text.slice(0, 4);
  return (
    modulo(
      moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)),
      97,
    ) === 1
  );
}

/** Country, length and checksum together are met by chance once in tens of thousands of codes. */
export const ibans = personalDetector({
  code: 'personal_iban',
  what: 'bank account numbers (IBAN)',
  matches: holdsIban,
  header: null,
  share: 0,
  shareWithHeader: 0,
  numbers: 'never',
});
