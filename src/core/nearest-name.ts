/** Names of columns may be whole sentences. */
const MOST_LETTERS = 60;

/**
 * The name that was probably meant: the one that the fewest changes of a letter, or swaps of two neighbours, lead to,
 * whatever its case; at most one change for every three letters.
 * @returns null where no name is as near as that
 */
export function nearestName(given: string, names: readonly string[]): string | null {
  const written = given.toLowerCase().slice(0, MOST_LETTERS);
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const name of names) {
    if (name === given) continue;
    const changes = changesBetween(written, name.toLowerCase().slice(0, MOST_LETTERS));
    if (changes < least && changes < name.length) [nearest, least] = [name, changes];
  }
  return nearest;
}

/** A hint behind `Did you mean "seed"?`, where a name is near; else the hint alone. */
export function hintNear(given: string, names: readonly string[], hint: string): string {
  const nearest = nearestName(given, names);
  return nearest === null ? hint : `Did you mean "${nearest}"? ${hint}`;
}

/** The optimal string alignment distance (Boytsov, 2011, section 2.1). */
function changesBetween(a: string, b: string): number {
  let [before, last] = [new Int32Array(0), Int32Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = new Int32Array(b.length + 1);
    row[0] = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const straight = (last[j - 1] ?? 0) + same;
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (before[j - 2] ?? 0) + 1
          : straight;
      row[j] = Math.min(straight, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
