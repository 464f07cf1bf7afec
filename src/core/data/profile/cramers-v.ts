import type { Codes } from './codes.ts';

/** How two columns of categories go together, over the rows where both hold one. */
export interface Contingency {
  /** Rows that hold both. */
  readonly rows: number;
  /** Categories of each column among those rows. */
  readonly sizes: readonly [number, number];
  /** Pearson's χ², without continuity correction. */
  readonly chiSquared: number;
}

export function contingency(a: Codes, b: Codes): Contingency {
  const countsA = new Float64Array(a.size);
  const countsB = new Float64Array(b.size);
  const cells = new Map<number, number>();
  let rows = 0;
  for (let row = 0; row < a.codes.length; row += 1) {
    const codeA = a.codes[row] ?? -1;
    const codeB = b.codes[row] ?? -1;
    if (codeA < 0 || codeB < 0) continue;
    rows += 1;
    countsA[codeA] = (countsA[codeA] ?? 0) + 1;
    countsB[codeB] = (countsB[codeB] ?? 0) + 1;
    const cell = codeA * b.size + codeB;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  // χ² ÷ n + 1 = Σ n_ij² ÷ (n_i n_j): empty cells add nothing, so that they need not be stored.
  let sum = 0;
  for (const [cell, count] of cells) {
    const both = (countsA[Math.floor(cell / b.size)] ?? 0) * (countsB[cell % b.size] ?? 0);
    sum += (count * count) / both;
  }
  const sizes = [filled(countsA), filled(countsB)] as const;
  return { rows, sizes, chiSquared: rows * Math.max(0, sum - 1) };
}

/**
 * Cramér's V with Bergsma's correction (Bergsma, 2013, "A bias-correction for Cramér's V and Tschuprow's
 * T"): about 0 for independent columns however many categories they have, where the plain V grows.
 * @returns from 0 to 1; null where a column holds fewer than two categories
 */
export function correctedCramersV({ rows, sizes, chiSquared }: Contingency): number | null {
  const [r, k] = sizes;
  if (r < 2 || k < 2) return null;
  const phi = Math.max(0, chiSquared / rows - ((r - 1) * (k - 1)) / (rows - 1));
  const least = Math.min(corrected(r, rows), corrected(k, rows)) - 1;
  return least > 0 ? Math.min(1, Math.sqrt(phi / least)) : 0;
}

function corrected(size: number, rows: number): number {
  return size - ((size - 1) * (size - 1)) / (rows - 1);
}

function filled(counts: Float64Array): number {
  return counts.reduce((filledCounts, count) => filledCounts + (count > 0 ? 1 : 0), 0);
}
