import { QUANTILE_SHARES, type ColumnProfile } from '#core/data/profile/profile.ts';
import type { ChartTable } from '#ui/charts/chart-table.ts';
import { edgeText } from '#ui/charts/histogram.ts';

type Cell = string | number | null;

/** `minimum`, `1%`, …, `median`, …, `maximum` */
export const quantileNames: readonly string[] = QUANTILE_SHARES.map((share) => {
  if (share === 0) return 'minimum';
  if (share === 0.5) return 'median';
  return share === 1 ? 'maximum' : `${Math.round(share * 100)}%`;
});

/** Everything that is known of every column, one row each. */
export function profileSheet(profiles: readonly ColumnProfile[]): ChartTable {
  const texts = ['column', 'type'];
  const numbers = ['rows with a value', 'missing', 'distinct', 'mean', 'standard deviation'];
  const more = ['skewness', ...quantileNames];
  return {
    columns: [
      ...texts.map((title) => ({ title, numeric: false })),
      ...[...numbers, ...more].map((title) => ({ title, numeric: true })),
      { title: 'most frequent value', numeric: false },
      { title: 'rows with it', numeric: true },
      { title: 'examples', numeric: false },
    ],
    rows: profiles.map((profile) => [
      ...[profile.name, profile.type, profile.count, profile.missing, profile.distinct],
      ...momentsOf(profile),
      ...quantilesOf(profile),
      ...topOf(profile),
      profile.kind === 'empty' ? null : profile.examples.join('; '),
    ]),
  };
}

function momentsOf(profile: ColumnProfile): Cell[] {
  if (profile.kind !== 'numbers') return [null, null, null];
  return [profile.mean, profile.standardDeviation, profile.skewness];
}

/** Of the numbers or times themselves; a text has none. */
function quantilesOf(profile: ColumnProfile): Cell[] {
  if (profile.kind === 'numbers') return [...profile.quantiles];
  if (profile.kind === 'times') return profile.quantiles.map((time) => edgeText(time, true));
  return quantileNames.map(() => null);
}

function topOf(profile: ColumnProfile): Cell[] {
  const top = profile.kind === 'texts' ? profile.top[0] : undefined;
  return top === undefined ? [null, null] : [top.value, top.count];
}
