/** How many lines end in a text, whatever the kind of line end. */
export function linesIn(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}
