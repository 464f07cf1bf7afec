import { format } from 'd3';

const minus = '\u2212';

/** Sums of shares are off by so much for rounding alone; a figure far below is one of a target in a very large unit. */
const ROUNDING = { from: 1e-30, to: 1e-15 };
/** A bound is nothing beside another that is so many times as large. */
const BESIDE = 1e6;

/** Whether a value is too large or too small to be written out: it stands in powers of ten then. */
export function needsPowers(value: number): boolean {
  const size = Math.abs(value);
  return size >= 1e9 || (size < 1e-3 && size > 0);
}

/** JavaScript's own power of ten, `1e+12`, as people write it: `1e12`. */
export function powerText(exponential: string): string {
  return exponential.replace('e+', 'e').replaceAll('-', minus);
}

/**
 * Three significant digits for reading, whole numbers in groups from five digits on; very large and very small values
 * in powers of ten.
 */
export function numberText(value: number): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return String(value);
  if (needsPowers(value)) return powerText(value.toExponential(1));
  const size = Math.abs(value);
  if (size >= 9999.5) return format(',.0f')(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toFixed(digits).replace('-', minus);
}

/** A metric's figure: what rounding leaves of nothing, as of the log loss of a model that is always right, is 0. */
export function figureText(value: number): string {
  const size = Math.abs(value);
  return numberText(size >= ROUNDING.from && size < ROUNDING.to ? 0 : value);
}

/** An interval, `0.124 to 3.66`; a bound that is nothing beside the other is 0. */
export function boundsText(low: number, high: number): string {
  const most = Math.max(Math.abs(low), Math.abs(high));
  return [low, high]
    .map((bound) => figureText(Math.abs(bound) * BESIDE < most ? 0 : bound))
    .join(' to ');
}

/** A share from 0 to 1 as a percentage without decimals; what is not nothing never reads as 0%. */
export function percentText(share: number): string {
  if (share > 0 && share < 0.005) return '<1%';
  if (share < 1 && share > 0.995) return '>99%';
  return format('.0%')(share);
}
