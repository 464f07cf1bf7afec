// How pure the classes of a node are, times its weight: larger is purer. Weights of classes stand side by side as float64.

/** Σ W² ÷ Σ W: the weight less its Gini impurity. @param bytes 8 for each class */
export function giniPurity(side: usize, bytes: usize): f64 {
  let sum: f64 = 0;
  let squares: f64 = 0;
  for (let k: usize = 0; k < bytes; k += 8) {
    const weight = load<f64>(side + k);
    sum += weight;
    squares += weight * weight;
  }
  return squares / sum;
}

/** Σ W · ln(W ÷ Σ W): minus the entropy in nats, at most 0. */
export function entropyPurity(side: usize, bytes: usize): f64 {
  let sum: f64 = 0;
  for (let k: usize = 0; k < bytes; k += 8) sum += load<f64>(side + k);
  let purity: f64 = 0;
  for (let k: usize = 0; k < bytes; k += 8) {
    const weight = load<f64>(side + k);
    if (weight > 0) purity += weight * logarithm(weight / sum);
  }
  return purity;
}

/**
 * ln x of a normal number above 0: with x = 2^k · (1 + f), fdlibm's polynomial in f ÷ (2 + f), whose error is below one unit
 * in the last place. No table, which would need a place in the memory.
 */
function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let k = <f64>(<i32>(bits >> 52) - 1023);
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m /= 2;
    k += 1;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even =
    w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332));
  const odd =
    z *
    (0.666666666666673513 +
      w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)));
  const half = f * f * 0.5;
  const low = s * (half + even + odd) + k * 1.9082149292705877e-10;
  return k * 0.6931471803691238 - (half - low - f);
}
