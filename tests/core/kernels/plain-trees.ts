// What the kernels of assembly/trees do, in plain TypeScript over plain arrays.

/** A bin: the sum of gradients, the sum of hessians, and how many rows. All are integers. */
export interface Bin {
  gradient: bigint;
  hessian: bigint;
  count: number;
}

export function plainHistogram(
  rows: ArrayLike<number>,
  bins: ArrayLike<number>,
  sums: readonly Bin[],
): Bin[] {
  const histogram = Array.from({ length: 256 }, (): Bin => ({
    gradient: 0n,
    hessian: 0n,
    count: 0,
  }));
  for (const row of Array.from(rows)) {
    const [bin, sum] = [histogram[bins[row] ?? -1], sums[row]];
    if (bin === undefined || sum === undefined) throw new RangeError(`row ${row}`);
    bin.gradient += sum.gradient;
    bin.hessian += sum.hessian;
    bin.count += sum.count;
  }
  return histogram;
}

export function plainSum(bins: readonly Bin[]): Bin {
  return {
    gradient: bins.reduce((sum, { gradient }) => sum + gradient, 0n),
    hessian: bins.reduce((sum, { hessian }) => sum + hessian, 0n),
    count: bins.reduce((sum, { count }) => sum + count, 0),
  };
}

export interface PlainFeature {
  readonly bins: readonly Bin[];
  /** Of missing values, if there are any. */
  readonly missing: Bin | undefined;
  /** Where values may only go as the feature rises: 1 up, −1 down, 0 either way. */
  readonly direction: number;
}

export interface PlainSplit {
  readonly score: number;
  readonly feature: number;
  readonly bin: number;
  readonly missingGoesLeft: boolean;
}

/** Tries every threshold of every feature, with missing values on either side; the first of the best wins. */
export function plainSplit(
  features: readonly PlainFeature[],
  options: {
    readonly gradientUnit: number;
    readonly hessianUnit: number;
    readonly l2: number;
    readonly leastRows: number;
    readonly toBeat: number;
    readonly lower: number;
    readonly upper: number;
  },
): PlainSplit | undefined {
  const { gradientUnit, hessianUnit, l2, leastRows, lower, upper } = options;
  const valueOf = ({ gradient, hessian }: Bin): number => {
    const best = (-Number(gradient) * gradientUnit) / (Number(hessian) * hessianUnit + l2);
    return Math.min(Math.max(best, lower), upper);
  };
  const scoreOf = (bin: Bin): number => -Number(bin.gradient) * gradientUnit * valueOf(bin);
  const isEnough = ({ hessian, count }: Bin): boolean =>
    count >= leastRows && Number(hessian) * hessianUnit >= 1e-3;
  let best: PlainSplit | undefined;
  for (const [feature, { bins, missing, direction }] of features.entries()) {
    for (const missingGoesLeft of missing === undefined ? [false] : [false, true]) {
      const last = bins.length - (missing === undefined || missingGoesLeft ? 2 : 1);
      const order = Array.from({ length: last + 1 }, (_, i) => (missingGoesLeft ? last - i : i));
      for (const bin of order) {
        const [left, right] = [bins.slice(0, bin + 1), bins.slice(bin + 1)];
        if (missing !== undefined) (missingGoesLeft ? left : right).push(missing);
        const sides = [plainSum(left), plainSum(right)];
        if (!sides.every(isEnough)) continue;
        const [below = NaN, above = NaN] = sides.map(valueOf);
        if ((above - below) * direction < 0) continue;
        const score = sides.reduce((sum, side) => sum + scoreOf(side), 0);
        if (score > (best?.score ?? options.toBeat) * (1 + 1e-12)) {
          best = { score, feature, bin, missingGoesLeft };
        }
      }
    }
  }
  return best;
}

export function plainPartition(
  rows: ArrayLike<number>,
  bins: ArrayLike<number>,
  goesLeft: ArrayLike<number>,
): { readonly rows: number[]; readonly left: number } {
  const isLeft = (row: number): boolean => goesLeft[bins[row] ?? -1] === 1;
  const left = Array.from(rows).filter(isLeft);
  return {
    rows: [...left, ...Array.from(rows).filter((row) => !isLeft(row))],
    left: left.length,
  };
}

/** Integers that stand for p − y and p(1 − p), times the weight, each rounded to the nearest after scaling. */
export function plainPacked(
  gradients: readonly number[],
  hessians: readonly number[],
  gradientScale: number,
  hessianScale: number,
): Bin[] {
  return gradients.map((gradient, i) => ({
    gradient: BigInt(roundHalfEven(gradient * gradientScale)),
    hessian: BigInt(roundHalfEven((hessians[i] ?? NaN) * hessianScale)),
    count: 1,
  }));
}

function roundHalfEven(value: number): number {
  const down = Math.floor(value);
  const over = value - down;
  if (over === 0.5) return down % 2 === 0 ? down : down + 1;
  return over > 0.5 ? down + 1 : down;
}
