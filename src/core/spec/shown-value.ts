/**
 * A value of a spec as a message shows it: JSON, but with the numbers that JSON calls null by name. NaN is what a field
 * makes of a text that is no number.
 */
export function shownValue(value: unknown): string {
  if (typeof value === 'number') return Number.isNaN(value) ? 'no number' : String(value);
  const named = (_: string, item: unknown): unknown =>
    typeof item === 'number' && !Number.isFinite(item) ? String(item) : item;
  return JSON.stringify(value, named);
}
