import { format } from 'd3';

const minus = '\u2212';

/** Three significant digits for reading; very large and very small values in powers of ten. */
export function numberText(value: number): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(1).replaceAll('-', minus);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toFixed(digits).replace('-', minus);
}

/** A share from 0 to 1 as a percentage without decimals; what is not nothing never reads as 0%. */
export function percentText(share: number): string {
  if (share > 0 && share < 0.005) return '<1%';
  if (share < 1 && share > 0.995) return '>99%';
  return format('.0%')(share);
}
