import { momentsOf } from '#core/data/profile/moments.ts';
import type { AuditColumn } from '../audit-column.ts';
import type { AuditContext } from '../context.ts';
import type { Detector } from '../detector.ts';
import type { Finding, Remedy } from '../finding.ts';
import { stepRemedy } from '../step-remedy.ts';
import { amount, counted, firstRows, shortened } from '../wording.ts';
import { outliersOf, type Outliers } from './outlying-values.ts';
import { quantile } from './spikes.ts';

/** Two values are no distribution, and a handful of levels have no tail. */
const MIN_DISTINCT = 6;
/** The skewness of an exponential distribution: a mean no longer stands for the usual value. */
const SKEWED = 2;
/** Its quantile skewness (Bowley's, at 5% and 95%) is 0.56; nearer to the middle than the moments look. */
const QUANTILE_SKEWED = 0.55;
/** Here a scaled column consists of one rare value and a heap of others. */
const VERY_SKEWED = 10;
/** Interquartile ranges beyond the quartiles: "far out", and not merely outside (Tukey, 1977, section 2D). */
const FENCE = 3;

export const outliersAndSkew: Detector = {
  codes: ['outliers', 'skew'],
  detect: ({ columns, identifiers, rows, spec }) =>
    columns.flatMap((column) => {
      if (column.kind !== 'numbers' || column.isDropped || identifiers.has(column.name)) return [];
      const outliers = outliersOf(column);
      const values = outliers?.inliers ?? column.sorted;
      const far = outliers === null ? [] : farValues(column, outliers, rows, spec);
      return [...far, ...skewed(column, values, rows, spec)];
    }),
};

/** Errors of a target that are squared are ruled by its few large values. */
function byAbsoluteError({ isTarget }: AuditColumn, spec: AuditContext['spec']): Remedy[] {
  const isSquared = spec?.metric === 'rmse' || spec?.metric === 'r2';
  const changes = [{ path: 'metric', value: 'mae' }];
  return isTarget && isSquared
    ? [{ label: 'Judge models by the mean absolute error', changes }]
    : [];
}

function farValues(
  column: AuditColumn,
  { low, high, count, isClear, inliers }: Outliers,
  rows: number,
  spec: AuditContext['spec'],
): Finding[] {
  if (count === 0) return [];
  const isFar = (row: number): boolean => {
    const value = column.numbers[row] ?? NaN;
    return value < (inliers[0] ?? low) || value > (inliers.at(-1) ?? high);
  };
  const [first = 0] = firstRows(rows, isFar);
  const example = amount(column.numbers[first - 1] ?? NaN);
  return [
    {
      code: 'outliers',
      severity: isClear ? 'warning' : 'note',
      columns: [column.name],
      message: `Column "${column.name}" has ${counted(count, 'value')} far from the others (row ${first}: ${example}); these lie between ${amount(inliers[0] ?? NaN)} and ${amount(inliers.at(-1) ?? NaN)}.`,
      why: 'A few far values set the scale of a column and pull a linear model towards them; often they are errors of typing or of units.',
      count,
      rows: firstRows(rows, isFar),
      remedies: [
        ...byAbsoluteError(column, spec),
        ...stepRemedy(
          `Cut "${shortened(column.name)}" off where the others end`,
          column,
          spec,
          'clip',
          {
            method: 'iqr',
            fence: FENCE,
          },
        ),
      ],
    },
  ];
}

function skewed(
  column: AuditColumn,
  values: Float64Array,
  rows: number,
  spec: AuditContext['spec'],
): Finding[] {
  const distinct = new Set(values.slice(0, 0));
  for (let i = 0; i < values.length && distinct.size < MIN_DISTINCT; i += 1)
    distinct.add(values[i] ?? 0);
  if (values.length < 30 || distinct.size < MIN_DISTINCT) return [];
  const { skewness } = momentsOf(values);
  const [low, middle, high] = [0.05, 0.5, 0.95].map((share) => quantile(values, share));
  if (skewness === null || low === undefined || middle === undefined || high === undefined)
    return [];
  const ofQuantiles = high > low ? (high + low - 2 * middle) / (high - low) : 0;
  const size = Math.abs(skewness);
  if (size < SKEWED && Math.abs(ofQuantiles) < QUANTILE_SKEWED) return [];
  const isRight = skewness > 0;
  const tail = isRight ? quantile(values, 0.99) : quantile(values, 0.01);
  const inTail = (row: number): boolean => {
    const value = column.numbers[row] ?? NaN;
    return isRight ? value > tail : value < tail;
  };
  return [
    {
      code: 'skew',
      severity: size >= VERY_SKEWED ? 'warning' : 'note',
      columns: [column.name],
      message: `Column "${column.name}" is skewed to the ${isRight ? 'right' : 'left'} (skewness ${skewness.toFixed(1)}): half of its values are ${isRight ? 'under' : 'over'} ${amount(middle)}, and one in a hundred is ${isRight ? 'over' : 'under'} ${amount(tail)}.`,
      why: 'After scaling most values lie close together and a few far off, which linear models and networks handle badly.',
      count: values.length,
      rows: firstRows(rows, inTail),
      remedies: [
        ...byAbsoluteError(column, spec),
        ...stepRemedy(`Even "${shortened(column.name)}" out by a power`, column, spec, 'power'),
      ],
    },
  ];
}
