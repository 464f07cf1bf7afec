/**
 * A text as it is compared where `columns.<name>.fold` says so: in Unicode's compatibility form (NFKC), without
 * invisible characters, with single spaces inside and none around, in lower case.
 */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00AD\u200B\u2060\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
