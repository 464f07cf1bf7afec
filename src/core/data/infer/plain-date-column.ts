import type { Cells } from '../cells.ts';
import { MISSING_TOKENS } from '../normalize.ts';
import type { DateOrder } from '../parse-date.ts';
import { plainText } from '../plain-dates.ts';
import { plainDatesOf, sortedPresent } from '../readings.ts';
import { grouped, missingDoubt } from './evidence.ts';
import type { Inferred } from './number-column.ts';
import { runsOf } from './runs.ts';

/**
 * A column of dates in one plain form of ISO 8601, from its times alone.
 * @param order which of day and month a date would have first if it did not begin with its year
 * @returns null where it is something else
 */
export function plainDateColumn(name: string, cells: Cells, order: DateOrder): Inferred | null {
  const dates = plainDatesOf(cells, MISSING_TOKENS);
  if (dates === null) return null;
  const { distinct, top } = runsOf(sortedPresent(cells, dates.times));
  const schema = {
    name,
    type: 'datetime' as const,
    missing: MISSING_TOKENS,
    missingCount: dates.missing,
    distinct,
    top: top.map(({ value, count }) => ({ value: plainText(value, dates.form), count })),
    dtype: 'string' as const,
    integer: false,
    dates: order,
    evidence: `all ${grouped(cells.length - dates.missing)} values are dates`,
  };
  return { schema, doubts: missingDoubt(name, dates) };
}
