// The best split of a node over a range of features.

/** Smallest sum of hessians on either side of a split. */
const LEAST_HESSIAN: f64 = 1e-3;
/** scikit-learn adds it to a leaf's hessians. */
const EPSILON: f64 = 1e-15;

/**
 * A feature in the table, 16 bytes: where its bins begin, how many there are but for that of missing values, flags, and
 * where values may only go as it rises: 1 up, −1 down, 0 either way.
 */
const FEATURE_BYTES: usize = 16;
const HAS_MISSING: u32 = 1;
const SKIPPED: u32 = 2;

/**
 * Looks through every threshold of the features from … to − 1 for the largest G²/(H + λ) of both sides together. Of
 * equal ones the first is taken. Each feature is looked through by itself and its best split is then held against the
 * others', so that it makes no difference which features one call looks through. Where a feature has missing values,
 * they are tried on both sides.
 *
 * Where `isBounded`, each side's value −G/(H + λ) is cut to `lower` … `upper`, what is wanted is the largest −G·value of
 * both sides together, and a split whose values go the wrong way is none.
 *
 * @param bins the node's histogram; `totals` is its sum
 * @param shift how many bits the counts have
 * @param gradientUnit what 1 stands for in a sum of gradients, and `hessianUnit` in one of hessians
 * @param out in: what is to be beaten, float64 (the node's own G²/(H + λ)). Out: what was found; then, 16 bytes, the
 *   left side's sum, and as int32 feature (untouched where nothing was better), bin, and whether missing values go left
 */
export function findSplit(
  bins: usize,
  table: usize,
  from: i32,
  to: i32,
  totals: usize,
  shift: i32,
  gradientUnit: f64,
  hessianUnit: f64,
  l2: f64,
  leastRows: i32,
  isBounded: bool,
  lower: f64,
  upper: f64,
  out: usize,
): void {
  const mask: u64 = ((<u64>1) << shift) - 1;
  const gradients = load<i64>(totals);
  const rest = load<u64>(totals, 8);
  const least = load<f64>(out);
  let found = least;
  for (let feature = from; feature < to; feature += 1) {
    const entry = table + <usize>feature * FEATURE_BYTES;
    const own = bins + ((<usize>load<u32>(entry)) << 4);
    const count = load<i32>(entry, 4);
    const flags = load<u32>(entry, 8);
    if (flags & SKIPPED) continue;
    const passes = flags & HAS_MISSING ? 2 : 1;
    let best = least;
    let bestGradients: i64 = 0;
    let bestSide: u64 = 0;
    let bestBin = 0;
    let bestPass = 0;
    for (let pass = 0; pass < passes; pass += 1) {
      let sideGradients: i64 = 0;
      let side: u64 = 0;
      // From the left with missing values on the right, then from the right with missing values on the left.
      const steps = pass == 0 ? count - 2 + passes : count - 1;
      for (let step = 0; step < steps; step += 1) {
        const bin = pass == 0 ? step : count - 1 - step;
        const at = own + ((<usize>bin) << 4);
        const added = load<u64>(at, 8);
        if ((added & mask) == 0) continue;
        sideGradients += load<i64>(at);
        side += added;
        if (<i32>(side & mask) < leastRows) continue;
        const other = rest - side;
        if (<i32>(other & mask) < leastRows) break;
        const hessian = <f64>(side >> shift) * hessianUnit;
        if (hessian < LEAST_HESSIAN) continue;
        const otherHessian = <f64>(other >> shift) * hessianUnit;
        if (otherHessian < LEAST_HESSIAN) break;
        const gradient = <f64>sideGradients * gradientUnit;
        const otherGradient = <f64>(gradients - sideGradients) * gradientUnit;
        let numerator: f64;
        let denominator: f64 = 1;
        if (isBounded) {
          const near = min(max(-gradient / (hessian + l2 + EPSILON), lower), upper);
          const far = min(max(-otherGradient / (otherHessian + l2 + EPSILON), lower), upper);
          const rise = pass == 0 ? far - near : near - far;
          if (rise * <f64>load<i32>(entry, 12) < 0) continue;
          numerator = -(gradient * near + otherGradient * far);
        } else {
          const a = hessian + l2;
          const b = otherHessian + l2;
          numerator = gradient * gradient * b + otherGradient * otherGradient * a;
          denominator = a * b;
        }
        if (numerator > best * denominator) {
          best = numerator / denominator;
          bestGradients = pass == 0 ? sideGradients : gradients - sideGradients;
          bestSide = pass == 0 ? side : other;
          bestBin = pass == 0 ? bin : bin - 1;
          bestPass = pass;
        }
      }
    }
    if (best > found) {
      found = best;
      store<f64>(out, best);
      store<i64>(out, bestGradients, 8);
      store<u64>(out, bestSide, 16);
      store<i32>(out, feature, 24);
      store<i32>(out, bestBin, 28);
      store<i32>(out, bestPass, 32);
    }
  }
}
