/** A value of a spec as a message shows it: JSON, but with the numbers that JSON calls null by name. */
export function shownValue(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const named = (_: string, item: unknown): unknown =>
    typeof item === 'number' && !Number.isFinite(item) ? String(item) : item;
  return JSON.stringify(value, named);
}
