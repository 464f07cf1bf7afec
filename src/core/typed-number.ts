/** A number as somebody may type it, with every digit: `65536`, `0.9999`, `1e-10`. Fields, their bounds and refusals write it one way. */
export function typedNumber(value: number): string {
  const size = Math.abs(value);
  return size >= 1e12 || (size < 1e-4 && size > 0)
    ? value.toExponential().replace('+', '')
    : String(value);
}
