import { inputError } from '#core/errors.ts';
import type { SplitRows } from '#core/data/split/parts.ts';
import { MIN_ROWS, type PreparedTarget } from '#core/run/prepare-target.ts';
import type { PreparedForecast } from './prepare-forecast.ts';

/**
 * The rows that can be predicted: those with a whole window before them.
 * @throws TerrariumError where too few are left
 */
export function withHistory(
  target: PreparedTarget,
  { ends, rows, forecast, timeline }: PreparedForecast,
): PreparedTarget {
  const kept = Int32Array.from(target.rows.keys()).filter(
    (i) => (ends[target.rows[i] ?? 0] ?? -1) >= 0,
  );
  if (kept.length < MIN_ROWS) {
    const needed = rows + forecast.horizon;
    throw inputError(
      'too_little_history',
      `forecast: ${kept.length} rows with a target have the ${needed - 1} earlier rows that their forecast looks back on (a window of ${rows}, and ${forecast.horizon} ahead); at least ${MIN_ROWS} are needed, and the longest series has ${longest(timeline.starts)} rows.`,
      'Choose smaller lags, windows, season or horizon, or give longer series.',
      { path: 'forecast', rows: kept.length, needed },
    );
  }
  return {
    ...target,
    rows: kept.map((i) => target.rows[i] ?? 0),
    values: Float64Array.from(kept, (i) => target.values[i] ?? NaN),
    rowsWithoutHistory: target.rows.length - kept.length,
  };
}

function longest(starts: Int32Array): number {
  return starts.reduce((most, start, place) => Math.max(most, place - start + 1), 0);
}

/** When the forecast of each row is made: the time of the last row that it knows. */
function madeAt({ ends, timeline }: PreparedForecast, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => timeline.times[ends[row] ?? -1] ?? NaN);
}

function timesOf({ timeline: { places, times } }: PreparedForecast, rows: Int32Array) {
  return Float64Array.from(rows, (row) => times[places[row] ?? -1] ?? NaN);
}

/**
 * Leaves out held-out rows whose forecast would have been made before all rows of the parts before them were known:
 * a horizon of h needs a gap of h − 1 rows.
 */
export function partsKnownInTime(prepared: PreparedForecast, parts: SplitRows): SplitRows {
  const after = (rows: Int32Array, earlier: Int32Array): Int32Array => {
    const known = timesOf(prepared, earlier).reduce((a, b) => Math.max(a, b), -Infinity);
    const made = madeAt(prepared, rows);
    return rows.filter((_, i) => (made[i] ?? 0) >= known);
  };
  const { train, validation, test } = parts;
  const found = { train, validation: after(validation, train), test: after(test, validation) };
  for (const part of ['validation', 'test'] as const) {
    if (found[part].length > 0) continue;
    throw inputError(
      'horizon_too_long',
      `split.${part}: each of the ${parts[part].length} rows of the ${part} part is predicted ${prepared.forecast.horizon} rows ahead, from when rows of the part before it were not known yet.`,
      'Make the part larger, or the horizon smaller.',
      { path: `split.${part}` },
    );
  }
  return found;
}

/** The training rows of a fold that were known when the first of its forecasts was made. */
export function knownInTime(
  prepared: PreparedForecast,
  train: Int32Array,
  test: Int32Array,
): Int32Array {
  const first = madeAt(prepared, test).reduce((a, b) => Math.min(a, b), Infinity);
  const times = timesOf(prepared, train);
  return train.filter((_, i) => (times[i] ?? 0) <= first);
}
