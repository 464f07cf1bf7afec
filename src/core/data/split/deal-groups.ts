/** Groups to deal out whole. Group g has the entries `members[g]`. */
export interface Groups {
  readonly members: readonly (readonly number[])[];
  /** The stratum of each entry. */
  readonly strata: Int32Array;
}

/**
 * Deals whole groups to bins, each group to the bin that lacks most of what the group holds: the largest
 * Σ over strata of (rows of the group) · (rows the bin lacks) ÷ (rows in all), which lowers the squared
 * distance of all bins from their ideals most. With one stratum that is the bin that lacks most rows. Every bin
 * gets a group; there must be as many groups as bins.
 * @param order of dealing, a permutation of the groups
 * @param shares ideal share of each bin, summing to 1
 * @returns the bin of each group
 */
export function dealGroups(
  { members, strata }: Groups,
  order: readonly number[],
  shares: readonly number[],
): Int32Array {
  const totals = new Float64Array(strata.reduce((most, one) => Math.max(most, one), 0) + 1);
  for (const stratum of strata) totals[stratum] = (totals[stratum] ?? 0) + 1;
  const lacking = shares.map((share) => totals.map((total) => total * share));
  const rowsLacking = shares.map((share) => share * strata.length);
  const isEmpty = shares.map(() => true);
  let emptyBins = shares.length;
  const binOf = new Int32Array(members.length);
  for (const [dealt, group] of order.entries()) {
    const entries = members[group] ?? [];
    const counts = countStrata(entries, strata);
    const mustFill = order.length - dealt <= emptyBins;
    let best = { bin: -1, score: -Infinity, rows: -Infinity };
    for (const [bin, own] of lacking.entries()) {
      if (mustFill && !isEmpty[bin]) continue;
      let score = 0;
      for (const [stratum, count] of counts) {
        score += (count * (own[stratum] ?? 0)) / (totals[stratum] ?? 1);
      }
      const rows = rowsLacking[bin] ?? 0;
      if (score > best.score || (score === best.score && rows > best.rows)) {
        best = { bin, score, rows };
      }
    }
    binOf[group] = best.bin;
    if (isEmpty[best.bin]) emptyBins -= 1;
    isEmpty[best.bin] = false;
    rowsLacking[best.bin] = best.rows - entries.length;
    const own = lacking[best.bin];
    for (const [stratum, count] of counts) if (own) own[stratum] = (own[stratum] ?? 0) - count;
  }
  return binOf;
}

/** Rows of each stratum in a group, strata ascending, so that sums never depend on the order of rows. */
function countStrata(
  entries: readonly number[],
  strata: Int32Array,
): readonly (readonly [number, number])[] {
  const counts = new Map<number, number>();
  for (const entry of entries) {
    const stratum = strata[entry] ?? 0;
    counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}
