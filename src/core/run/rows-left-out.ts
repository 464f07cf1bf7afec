import { firstOfSameRows, groupsOfSame } from '#core/data/same-rows.ts';
import { CONFLICT_TOLERANCE, spreadOf } from '#core/data/target-spread.ts';
import type { Dataset } from '#core/data/table.ts';
import { mean, standardDeviation } from '#core/features/statistics.ts';
import { inputColumns } from '#core/spec/input-columns.ts';
import type { Spec } from '#core/spec/spec.ts';
import { usedColumns } from '#core/spec/used-columns.ts';

/** Which rows repeat an earlier one and are left out by the spec; null where it keeps all. */
export function repeatedRows(spec: Spec, dataset: Dataset): ((row: number) => boolean) | null {
  const { duplicates } = spec.rows;
  if (duplicates === 'keep') return null;
  const first = firstOfSameRows(dataset, duplicates === 'drop' ? undefined : readBy(spec, dataset));
  return (row) => first[row] !== row;
}

/**
 * Which rows contradict others of the same inputs and are left out by the spec; null where it keeps all. Of classes
 * these are the rows that are not of their like's most frequent one, all of them where none is; of a regression all
 * whose targets lie more than a tenth of a deviation apart.
 *
 * @param rows those with a target
 * @param valuesOf gives the target of every row of the data: of classes their numbers
 */
export function conflictingRows(
  spec: Spec,
  dataset: Dataset,
  rows: readonly number[],
  valuesOf: () => Float64Array,
): ReadonlySet<number> | null {
  if (spec.rows.conflicts !== 'drop') return null;
  const values = valuesOf();
  const inputs = new Set(inputColumns(spec, dataset.info).map(({ name }) => name));
  const groups = groupsOfSame(firstOfSameRows(dataset, inputs), rows);
  if (spec.task === 'classification') {
    return new Set(groups.flatMap((group) => unusualRows(group, values)));
  }
  const own = Float64Array.from(rows, (row) => values[row] ?? NaN);
  const tolerance = CONFLICT_TOLERANCE * standardDeviation(own, mean(own));
  return new Set(groups.filter((group) => spreadOf(values, group) > tolerance).flat());
}

/** The rows of a group that are not of its most frequent class; all where several are as frequent as any. */
function unusualRows(group: readonly number[], classOf: Float64Array): readonly number[] {
  const counts = new Map<number, number>();
  for (const row of group) {
    const own = classOf[row] ?? NaN;
    counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0);
  const usual = [...counts].filter(([, count]) => count === most).map(([own]) => own);
  return usual.length > 1 ? group : group.filter((row) => classOf[row] !== usual[0]);
}

/** The columns that a run reads, that of the images among them. */
function readBy(spec: Spec, { info }: Dataset): ReadonlySet<string> {
  const images = info.reading.images?.column;
  return new Set([...usedColumns(spec, info), ...(images === undefined ? [] : [images])]);
}
