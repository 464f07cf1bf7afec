import { ln } from '#core/math.ts';

/** Euler's constant γ. */
const EULER = 0.5772156649015329;

/**
 * Mean length of the path on which a binary search tree of n keys is left without a find: 2 H(n − 1) − 2 (n − 1) ÷ n, where
 * H(i) is about ln i + γ (Liu, Ting and Zhou, "Isolation Forest", 2008, equation 1).
 */
export function averagePathLength(n: number): number {
  if (n <= 1) return 0;
  return n === 2 ? 1 : 2 * (ln(n - 1) + EULER) - (2 * (n - 1)) / n;
}
