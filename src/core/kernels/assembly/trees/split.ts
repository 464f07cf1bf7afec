// The best split of a node over a range of features.

/** Smallest sum of hessians on either side of a split. */
const LEAST_HESSIAN: f64 = 1e-3;
/** scikit-learn adds it to a leaf's hessians. */
const EPSILON: f64 = 1e-15;
/** Rounding makes a rough score smaller by less: by 2⁻⁵⁰ × the root of how much heavier one side is than the other. */
const SLACK: f64 = 1 - 1e-9;

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
  const nearly = (SLACK * hessianUnit) / (gradientUnit * gradientUnit);
  const penalty = f64x2.splat(l2 / hessianUnit);
  const allGradients = f64x2.splat(<f64>gradients);
  const allHessians = f64x2.splat(<f64>(rest >> shift) + (2 * l2) / hessianUnit);
  for (let feature = from; feature < to; feature += 1) {
    const entry = table + <usize>feature * FEATURE_BYTES;
    const own = bins + ((<usize>load<u32>(entry)) << 4);
    const count = load<i32>(entry, 4);
    const flags = load<u32>(entry, 8);
    if (flags & SKIPPED) continue;
    const passes = flags & HAS_MISSING ? 2 : 1;
    let best = least;
    let bar = found * nearly;
    let bestGradients: i64 = 0;
    let bestSide: u64 = 0;
    let bestBin = 0;
    let bestPass = 0;
    for (let pass = 0; pass < passes; pass += 1) {
      let both = i64x2.splat(0);
      let isScreened = false;
      const onward: usize = pass == 0 ? 16 : -16;
      // From the left with missing values on the right, then from the right with missing values on the left.
      const steps = pass == 0 ? count - 2 + passes : count - 1;
      let at = pass == 0 ? own : own + ((<usize>(count - 1)) << 4);
      for (let step = 0; step < steps; step += 1) {
        if (isScreened && step + 1 < steps) {
          // Two bins at once, roughly, in units of the sums: only what might be better is worked out.
          const one = i64x2.add(both, v128.load(at));
          const two = i64x2.add(one, v128.load(at + onward));
          const near = floats(v128.shuffle<i64>(one, two, 0, 2));
          const far = f64x2.sub(allGradients, near);
          const counted = v128.shuffle<i64>(one, two, 1, 3);
          const a = f64x2.add(floats(i64x2.shr_u(counted, shift)), penalty);
          const b = f64x2.sub(allHessians, a);
          const numerators = f64x2.add(
            f64x2.mul(f64x2.mul(near, near), b),
            f64x2.mul(f64x2.mul(far, far), a),
          );
          const wanted = f64x2.mul(f64x2.mul(a, b), f64x2.splat(bar));
          if (!v128.any_true(f64x2.gt(numerators, wanted))) {
            both = two;
            at += onward << 1;
            step += 1;
            if (<i32>((rest - <u64>i64x2.extract_lane(two, 1)) & mask) < leastRows) break;
            continue;
          }
        }
        const bin = pass == 0 ? step : count - 1 - step;
        const added = load<u64>(at, 8);
        both = i64x2.add(both, v128.load(at));
        at += onward;
        if ((added & mask) == 0) continue;
        const sideGradients = i64x2.extract_lane(both, 0);
        const side = <u64>i64x2.extract_lane(both, 1);
        if (<i32>(side & mask) < leastRows) continue;
        isScreened = !isBounded;
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
          bar = max(bar, best * nearly);
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

/** Two int64 as float64, rounded once: their high halves and their low ones are exact. */
function floats(two: v128): v128 {
  const high = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(two, two, 1, 3, 1, 3));
  const low = f64x2.convert_low_i32x4_u(v128.shuffle<i32>(two, two, 0, 2, 0, 2));
  return f64x2.add(f64x2.mul(high, f64x2.splat(4294967296)), low);
}
