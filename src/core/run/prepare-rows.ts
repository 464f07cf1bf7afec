import type { Dataset } from '#core/data/table.ts';
import { withHistory } from '#core/forecast/history.ts';
import { prepareForecast, type PreparedForecast } from '#core/forecast/prepare-forecast.ts';
import { prepareQueries, type PreparedQueries } from '#core/ranking/prepare-queries.ts';
import type { Spec } from '#core/spec/spec.ts';
import { prepareTarget, type PreparedTarget } from './prepare-target.ts';
import { rowCounts } from './row-counts.ts';
import { repeatedRows } from './rows-left-out.ts';

export interface PreparedRows {
  /** The rows to learn from and to measure on. */
  readonly target: PreparedTarget;
  /** All rows in time, where the target is forecast. */
  readonly forecast: PreparedForecast | null;
  /** Which rows are ranked against one another, where rows are ranked. */
  readonly queries: PreparedQueries | null;
  /** How much each row of the data counts, where the spec says so. */
  readonly counts: Float64Array | null;
}

/** The rows that a run shares out. @throws TerrariumError where they are too few, or have no place in time or no query */
export function prepareRows(spec: Spec, dataset: Dataset): PreparedRows {
  const target = prepareTarget(spec, dataset);
  const queries = spec.task === 'ranking' ? prepareQueries(spec, dataset, target) : null;
  const counts = rowCounts(spec, dataset, target.rows);
  if (spec.forecast === undefined) return { target, forecast: null, queries, counts };
  const isRepeated = repeatedRows(spec, dataset);
  const rows = Int32Array.from({ length: dataset.table.rowCount }, (_, row) => row);
  const inTime = rows.filter((row) => isRepeated?.(row) !== true);
  const forecast = prepareForecast(spec.forecast, spec, dataset, inTime);
  return { target: withHistory(target, forecast), forecast, queries, counts };
}
