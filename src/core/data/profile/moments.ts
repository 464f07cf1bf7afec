import { pow } from '#core/math.ts';

/** Mean, deviation and skewness of numbers of any finite size, free from overflow and underflow. */
export interface Moments {
  readonly mean: number;
  /** Sample standard deviation (n − 1); null for one value, or where it is beyond the largest number. */
  readonly standardDeviation: number | null;
  /** Adjusted Fisher–Pearson G1; null under three values and for a constant. */
  readonly skewness: number | null;
}

/** Between these sizes squares of numbers and of their differences are exact enough as they are. */
const LARGE = 1e140;
const SMALL = 1e-100;
/** A power of two: scaling by it changes no digit. */
const SCALE = pow(2, 600);

/**
 * The factor that brings numbers up to `largest` in size to where their squares neither overflow nor
 * vanish: a power of two, mostly 1.
 */
export function safeScale(largest: number): number {
  if (largest > LARGE) return 1 / SCALE;
  return largest < SMALL && largest > 0 ? SCALE : 1;
}

/** The numbers scaled to where their squares are safe, less their mean; NaN stays. */
export function centred(numbers: Float64Array): Float64Array {
  let largest = 0;
  for (const value of numbers) if (Math.abs(value) > largest) largest = Math.abs(value);
  const scale = safeScale(largest);
  let sum = 0;
  let count = 0;
  for (const value of numbers) {
    if (Number.isNaN(value)) continue;
    sum += value * scale;
    count += 1;
  }
  const mean = sum / count;
  return numbers.map((value) => value * scale - mean);
}

/**
 * Moments of at least one finite number, in ascending order, from differences to the mean and with the
 * mean's own rounding taken out (Chan, Golub and LeVeque, 1983: the corrected two-pass algorithm).
 */
export function momentsOf(sorted: Float64Array): Moments {
  const n = sorted.length;
  const low = sorted[0] ?? NaN;
  const high = sorted[n - 1] ?? NaN;
  if (low === high) {
    return { mean: low, standardDeviation: n === 1 ? null : 0, skewness: null };
  }
  const scale = safeScale(Math.max(-low, high));
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += (sorted[i] ?? 0) * scale;
  const rough = sum / n;
  let rest = 0;
  for (let i = 0; i < n; i += 1) rest += (sorted[i] ?? 0) * scale - rough;
  rest /= n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const difference = (sorted[i] ?? 0) * scale - rough - rest;
    squares += difference * difference;
  }
  const spread = Math.sqrt(squares / n);
  let cubes = 0;
  for (let i = 0; i < n; i += 1) {
    const ratio = ((sorted[i] ?? 0) * scale - rough - rest) / spread;
    cubes += ratio * ratio * ratio;
  }
  const deviation = Math.sqrt(squares / (n - 1)) / scale;
  return {
    mean: (rough + rest) / scale,
    standardDeviation: Number.isFinite(deviation) ? deviation : null,
    // Joanes and Gill (1998).
    skewness: n < 3 ? null : ((cubes / n) * Math.sqrt(n * (n - 1))) / (n - 2),
  };
}
