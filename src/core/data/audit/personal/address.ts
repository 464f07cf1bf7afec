import { inTurn, NEVER, personalDetector } from './personal-kind.ts';

/** House number and street, in either order, in ten languages. */
const streets: readonly RegExp[] = [
  /^(?:(?:apt|flat|unit|suite|no)\.?\s*\w+,?\s*)?\d{1,5}[a-z]?(?:[-/]\d+)?,?\s+(?:\S+\s+){1,5}?(?:street|str?|avenue|ave?|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square|sq|terrace|way|close|crescent|parkway|pkwy|highway|hwy|circle|cir|trail|row|hill|gardens|grove|mews)\b/i,
  /\p{L}(?:stra(?:ß|ss)e|str\.|gasse|weg|allee|platz|ufer|ring|damm)\s+\d{1,4}\s?[a-z]?(?:\b|,)/iu,
  /^(?:am|an der|im|auf dem|zum|zur)\s+\p{L}+\s+\d{1,4}[a-z]?$/iu,
  /\b\d{1,4}(?:\s?(?:bis|ter|quater))?,?\s+(?:rue|avenue|av\.|boulevard|bd|place|chemin|all[ée]e|impasse|quai|route|cours|passage|square)\s+\p{L}/iu,
  /(?:^|\s)(?:calle|c\/|avenida|av\.|avda?\.?|plaza|paseo|carrera|ronda|camino|rua|travessa|pra[çc]a|estrada|alameda|r\.)\s+.*\d/iu,
  /^(?:via|viale|piazza|corso|largo|vicolo|piazzale|strada)\s+.*\d/iu,
  /\p{L}(?:straat|laan|weg|plein|gracht|kade|singel|dijk|dreef)\s+\d{1,4}\s?[a-z]?\b/iu,
  /^(?:ul\.|ulica|al\.|aleja|os\.|pl\.)\s*\p{L}.*\d/iu,
  /\p{L}(?:gatan|v[äa]gen|gata|gade|vej|veien|gaten|katu|tie|all[ée]n)\s+\d{1,4}\s?[a-z]?\b/iu,
  /^(?:p\.?\s?o\.?\s?box|postfach|bo[îi]te postale|apartado|caixa postal|postbus)\s+\d/i,
];
const WITH_POSTCODE =
  /\d{1,5}[a-z]?,?\s.*(?:\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|,\s*\d{4,5}\s+\p{Lu})/u;
const HEADER =
  /(?:^| )(?:address(?:es)?|addr|street|strasse|anschrift|adresse|wohnort|hausanschrift|rue|calle|direccion|domicilio|indirizzo|via|endereco|rua|adres|straat|ulica|adress|gatuadress|osoite|residence|mailing|home addr)(?: \d)?(?: |$)/;

/** In a column that is called so: words and a house number. */
const WORDS_AND_NUMBER = /\p{L}{3,}.*\d|\d.*\p{L}{3,}/u;

function isAddress(text: string): boolean {
  if (text.length < 6 || text.length > 200 || !/\d/.test(text)) return false;
  if (/[@=]|:\/\//.test(text)) return false;
  return streets.some((form) => form.test(text)) || WITH_POSTCODE.test(text);
}

/** In the middle of prose: a house number, names with capitals, and what streets are called. */
const IN_PROSE =
  /(?:^|\s)\d{1,5}[a-z]?,?\s+(?:\p{Lu}[\p{L}'’.-]+\s+){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Square|Terrace|Close|Crescent|Parkway|Way|Grove|Gardens)\b|\p{Lu}\p{L}+(?:stra(?:ß|ss)e|str\.|gasse|platz|straat|laan|gatan)\s+\d{1,4}\b|\s\d{1,4},?\s+(?:rue|avenue|boulevard|place|quai)\s+(?:de\s|du\s|des\s|la\s|d['’])?\p{Lu}/u;
/** Texts that say where somebody lives are few among remarks, and each is one too many. */
const SHARE_IN_PROSE = 0.005;

const kind = {
  code: 'personal_address',
  what: 'postal addresses',
  numbers: 'never',
  header: HEADER,
} as const;

export const addresses = inTurn(
  personalDetector({ ...kind, matches: isAddress, share: 0.3, shareWithHeader: 0.1 }),
  personalDetector({
    ...kind,
    matches: (text) => /\s/.test(text) && !/[@=]|:\/\//.test(text) && WORDS_AND_NUMBER.test(text),
    share: NEVER,
    shareWithHeader: 0.5,
  }),
  personalDetector({
    ...kind,
    matches: (text) => IN_PROSE.test(text),
    share: SHARE_IN_PROSE,
    shareWithHeader: SHARE_IN_PROSE,
  }),
);
