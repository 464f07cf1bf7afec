import { bytesOfBase64 } from '#core/base64.ts';

/** What a record has in the place of an image: a file's bytes in base64, whatever kind of image it says. */
export const dataUrlPattern =
  '^data:[a-z]+/[a-z0-9.+-]+;base64,(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$';

/** The bytes of a data URL (RFC 2397) in base64; null where a text is none. */
export function bytesOfDataUrl(text: string): Uint8Array | null {
  const comma = text.indexOf(',');
  if (!text.startsWith('data:') || !text.slice(0, comma).endsWith(';base64')) return null;
  try {
    return bytesOfBase64(text.slice(comma + 1));
  } catch {
    return null;
  }
}
