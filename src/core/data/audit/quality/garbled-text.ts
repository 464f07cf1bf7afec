/** Windows-1252's characters of the bytes 80 to 9F, where it differs from Latin-1. */
const byteOf = new Map(
  Array.from('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ').map((character, i) => [
    character,
    [0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94,
      0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f][i] ?? 0,
  ]),
); // prettier-ignore
const ANY_SIGN = /[^\x20-\x7E\t\r\n]|[&\\=%?]/;
const ENTITY = /&(?:[a-z]{2,8}\d{0,2}|#\d{2,6}|#x[0-9a-f]{2,6});/i;
const ESCAPE =
  /\\u[0-9a-f]{4}|(?:\\x[0-9a-f]{2}){2}|(?:=[C-F][0-9A-F]=[89AB][0-9A-F])|(?:%[C-F][0-9A-F]%[89AB][0-9A-F])/i;
const LOST_LETTER = /\p{Ll}\?\p{Ll}/u;
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/; // eslint-disable-line no-control-regex
/** Cyrillic or Greek read as Latin-1: no language has four accented letters in a row. */
const ACCENTED_RUN = /[\u00C0-\u00FF]{4,}/;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * How a text's characters went wrong between two encodings, or null where they seem right. UTF-8 read as
 * Windows-1252 is found as ftfy does (Speer, 2019): written back as bytes, it is UTF-8.
 */
export function garbling(text: string): string | null {
  if (!ANY_SIGN.test(text)) return null;
  if (text.includes('\uFFFD')) return 'characters that could not be read (\uFFFD)';
  if (CONTROL.test(text)) return 'control characters';
  for (const [run] of text.matchAll(/[^\0-\x7F]{2,}/g)) {
    if (isUtf8AsLatin(run)) return 'UTF-8 read in another encoding';
  }
  if (ACCENTED_RUN.test(text)) return 'another alphabet read as Latin letters';
  if (ENTITY.test(text)) return 'HTML entities';
  if (text.includes('://')) return null;
  if (ESCAPE.test(text)) return 'escape sequences';
  return LOST_LETTER.test(text) && !text.includes('=') ? 'question marks inside words' : null;
}

function isUtf8AsLatin(run: string): boolean {
  const bytes: number[] = [];
  for (const character of run) {
    const unit = character.codePointAt(0) ?? 0;
    const byte = unit <= 0xff ? unit : byteOf.get(character);
    if (byte === undefined) return false;
    bytes.push(byte);
  }
  // A run may begin or end amid signs that are right: any part of two to four bytes can tell.
  for (let from = 0; from < bytes.length - 1; from += 1) {
    const lead = bytes[from] ?? 0;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (length === 0 || from + length > bytes.length) continue;
    if (isPlausible(decoded(bytes.slice(from, from + length)))) return true;
  }
  return false;
}

function decoded(bytes: readonly number[]): string {
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return '';
  }
}

/** Signs that texts are made of: "É–" would be a phonetic letter, which nobody meant. */
function isPlausible(character: string): boolean {
  const unit = character.codePointAt(0) ?? 0;
  return (
    (unit >= 0xa0 && unit <= 0x17f) ||
    (unit >= 0x370 && unit <= 0x52f) ||
    (unit >= 0x590 && unit <= 0x6ff) ||
    (unit >= 0x900 && unit <= 0xdff) ||
    (unit >= 0x1e00 && unit <= 0x1eff) ||
    (unit >= 0x2010 && unit <= 0x2122) ||
    (unit >= 0x3000 && unit <= 0x9fff) ||
    (unit >= 0xac00 && unit <= 0xd7a3) ||
    unit === 0xfeff ||
    unit >= 0x1f300
  );
}
