/** About the width of a letter of a chart's names, in pixels. */
export const LETTER = 7;

/** A name as it fits into a width in pixels; what was cut is in a title or the table. */
export function shortName(name: string, width: number): string {
  const most = Math.max(3, Math.floor(width / LETTER));
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
