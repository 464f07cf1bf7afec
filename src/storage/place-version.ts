import type { DatasetInfo } from '#core/data/table.ts';
import type { DatasetRow } from './rows.ts';

/** The share of columns that two files of one name must have in common to be versions of one data set. */
const COMMON_COLUMNS = 0.5;

/**
 * The data set that a file seems to be a new version of: one that has a version of the same file name,
 * whose newest version shares at least half of the columns. Of several, the one that grew last.
 */
export function versionedBy(
  rows: readonly DatasetRow[],
  info: DatasetInfo,
): DatasetRow | undefined {
  const fitting = rows.filter((row) => {
    const newest = row.versions.at(-1);
    if (newest === undefined) return false;
    const named = row.versions.some((version) => version.info.name === info.name);
    return named && commonColumns(newest.info, info) >= COMMON_COLUMNS;
  });
  return fitting.toSorted((a, b) => lastGrown(a).localeCompare(lastGrown(b))).at(-1);
}

/** Columns that two tables have in common, by name, as a share of the wider one's; 0 where neither has any. */
function commonColumns(a: DatasetInfo, b: DatasetInfo): number {
  const names = new Set(a.columns.map(({ name }) => name));
  const common = b.columns.filter(({ name }) => names.has(name)).length;
  const widest = Math.max(a.columns.length, b.columns.length);
  return widest === 0 ? 0 : common / widest;
}

function lastGrown(row: DatasetRow): string {
  return row.versions.at(-1)?.createdAt ?? '';
}
