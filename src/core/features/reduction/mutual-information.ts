import { ln } from '#core/math.ts';

/**
 * Mutual information of two discrete variables in nats, from how often their values meet (the plug-in estimate; Cover
 * and Thomas, Elements of Information Theory, equation 2.28).
 * @param left and right are codes 0, 1, …, one per row
 */
export function mutualInformation(left: Int32Array, right: Int32Array): number {
  const rows = left.length;
  if (rows === 0) return 0;
  const [lefts, rights] = [countsOf(left), countsOf(right)];
  const width = rights.length;
  const both = countsOf(left.map((code, row) => code * width + (right[row] ?? 0)));
  let sum = 0;
  for (const [pair, count] of both.entries()) {
    if (count === 0) continue;
    const expected = ((lefts[Math.floor(pair / width)] ?? 0) * (rights[pair % width] ?? 0)) / rows;
    sum += (count / rows) * ln(count / expected);
  }
  return Math.max(0, sum);
}

function countsOf(codes: Int32Array): Int32Array {
  let most = 0;
  for (const code of codes) most = Math.max(most, code);
  const counts = new Int32Array(most + 1);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
