/** Crockford's base 32: no letters that are read as digits. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id of 16 characters, 80 random bits. `crypto.randomUUID` is withheld on plain http. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join('');
}
