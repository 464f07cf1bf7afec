import type { RandomStream } from '#core/random.ts';

/** Statistics between columns read at most this many rows. */
export const MAX_SAMPLE_ROWS = 20_000;

/**
 * Distinct rows drawn without preference, ascending: Floyd's algorithm (Bentley and Floyd, 1987).
 * @returns all `count` rows where there are no more than `most`
 */
export function sampleRows(count: number, most: number, random: RandomStream): Int32Array {
  if (count <= most) return Int32Array.from({ length: count }, (_, row) => row);
  const drawn = new Set<number>();
  for (let last = count - most; last < count; last += 1) {
    const row = random.integer(last + 1);
    drawn.add(drawn.has(row) ? last : row);
  }
  return Int32Array.from(drawn).sort();
}
