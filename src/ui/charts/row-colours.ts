import { quantile } from 'd3';
import type { ColumnSchema } from '#core/data/table.ts';
import { parseNumber } from '#core/data/normalize.ts';
import { seriesColour, type LegendEntry } from './legend.ts';
import { numberText } from './number-text.ts';

/** Which colour each row has by what it holds in a column, and what the colours mean. */
export interface RowColours {
  readonly legend: readonly LegendEntry[];
  /** Id of the legend's entry, by row. */
  readonly of: readonly string[];
}

const MOST_VALUES = 6;
const QUANTILES = 5;

/** Values in their own colours, the rarer ones in one; numbers of many values in five parts of equally many rows. */
export function rowColours(
  column: Pick<ColumnSchema, 'type' | 'missing' | 'decimal' | 'distinct'>,
  cells: readonly string[],
): RowColours {
  const texts = cells.map((cell) => {
    const text = cell.trim();
    return column.missing.includes(text) ? '' : text;
  });
  const isNumber = column.type === 'numeric' || column.type === 'integer';
  return isNumber && column.distinct > MOST_VALUES
    ? byQuantile(
        texts.map((text) => (text === '' ? NaN : (parseNumber(text, column.decimal) ?? NaN))),
      )
    : byValue(texts);
}

function byValue(texts: readonly string[]): RowColours {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  const ranked = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const named = ranked.slice(0, MOST_VALUES).map(([value]) => value);
  const others = ranked.length - named.length;
  return withOthers(
    named.map((value, i) => entry(`value:${value}`, value, seriesColour(i + 1))),
    others === 0 ? undefined : `${others} others`,
    texts.map((text) => (text === '' ? MISSING : named.includes(text) ? `value:${text}` : OTHERS)),
  );
}

function byQuantile(values: readonly number[]): RowColours {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const cuts = Array.from(
    { length: QUANTILES + 1 },
    (_, i) => quantile(sorted, i / QUANTILES) ?? 0,
  );
  const edges = cuts.filter((cut, i) => i === 0 || cut > (cuts[i - 1] ?? -Infinity));
  const parts = Math.max(1, edges.length - 1);
  const partOf = (value: number): number =>
    Math.min(
      parts - 1,
      Math.max(
        0,
        edges.findLastIndex((edge) => edge <= value),
      ),
    );
  const legend = Array.from({ length: parts }, (_, i) =>
    entry(
      `part:${i}`,
      `${numberText(edges[i] ?? 0)} to ${numberText(edges[i + 1] ?? edges[i] ?? 0)}`,
      rampColour(parts === 1 ? 1 : i / (parts - 1)),
    ),
  );
  return withOthers(
    sorted.length === 0 ? [] : legend,
    undefined,
    values.map((value) => (Number.isNaN(value) ? MISSING : `part:${partOf(value)}`)),
  );
}

/** From blue over violet to orange, so that no part is as grey as what is missing. @param share 0 to 1 */
function rampColour(share: number): string {
  const [from, to] = share < 0.5 ? [3, 4] : [4, 2];
  const percent = 100 * (share < 0.5 ? 2 * share : 2 * share - 1);
  return `color-mix(in oklab, var(--series-${to}) ${percent}%, var(--series-${from}))`;
}

const OTHERS = 'others';
const MISSING = 'missing';

function withOthers(
  legend: readonly LegendEntry[],
  others: string | undefined,
  of: readonly string[],
): RowColours {
  return {
    legend: [
      ...legend,
      ...(others === undefined ? [] : [entry(OTHERS, others, 'var(--series-baseline)')]),
      ...(of.includes(MISSING) ? [entry(MISSING, 'missing', 'var(--ink-faint)')] : []),
    ],
    of,
  };
}

function entry(id: string, name: string, colour: string): LegendEntry {
  return { id, name, colour, mark: 'dot' };
}
