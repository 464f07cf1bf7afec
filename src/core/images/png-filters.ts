import { ImageFault } from './raster.ts';

/**
 * Undoes the filters of a PNG's lines in place (ISO/IEC 15948, section 9).
 * @param cells of each row a byte that names its filter, then `rowBytes` bytes
 * @param pixelBytes how far to the left the pixel before stands
 */
export function unfilter(
  cells: Uint8Array,
  rows: number,
  rowBytes: number,
  pixelBytes: number,
): void {
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let row = 0; row < rows; row += 1) {
    const at = row * (rowBytes + 1);
    const line = cells.subarray(at + 1, at + 1 + rowBytes);
    const guess = guesses[cells[at] ?? 0];
    if (guess === undefined)
      throw new ImageFault('damaged: a line of it has no filter that there is');
    for (let i = 0; i < rowBytes; i += 1) {
      const left = i < pixelBytes ? 0 : (line[i - pixelBytes] ?? 0);
      const corner = i < pixelBytes ? 0 : (above[i - pixelBytes] ?? 0);
      line[i] = (line[i] ?? 0) + guess(left, above[i] ?? 0, corner);
    }
    above = line;
  }
}

/** What each filter takes a byte to be, by those to its left, above it, and above the left one. */
const guesses: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [byLeft, byAbove, byCorner] = [
    Math.abs(guess - left),
    Math.abs(guess - above),
    Math.abs(guess - corner),
  ];
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}
