/** Share of pairs of an anomaly and another row in which the anomaly scores higher. */
export function areaUnder(truth: Int32Array, scores: Float32Array): number {
  let [won, all] = [0, 0];
  for (const [i, one] of truth.entries()) {
    if (one === 0) continue;
    for (const [m, other] of truth.entries()) {
      if (other === 1) continue;
      all += 1;
      const [a, b] = [scores[i] ?? 0, scores[m] ?? 0];
      won += a > b ? 1 : a === b ? 0.5 : 0;
    }
  }
  return won / all;
}
