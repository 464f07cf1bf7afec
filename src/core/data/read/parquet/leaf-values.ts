import type { SchemaElement } from 'hyparquet';
import type { PlainForm } from '../../plain-dates.ts';

/** What the values of a column are, read from its storage type and its annotations. */
export type LeafKind =
  | { readonly as: 'number'; readonly unsigned: boolean }
  | {
      readonly as: 'text';
      /** Writes a stored value; null where the stored bytes are the text, in UTF-8. */
      readonly text: ((value: unknown) => string) | null;
    }
  | {
      readonly as: 'time';
      readonly form: PlainForm;
      /** Of the stored numbers: days, or parts of a second; how many of these make one second. */
      readonly unit: 'days' | number;
      readonly text: (value: unknown) => string;
    };

const NANOS: Readonly<Record<string, bigint>> = { MILLIS: 1_000_000n, MICROS: 1000n, NANOS: 1n };
const SECOND = 1_000_000_000n;
const DAY = 86_400n;
/** Days to the farthest dates that JavaScript has. */
const MAX_DAY = 100_000_000;
const JULIAN_EPOCH = 2_440_588n;

/** @returns null for what no table cell can hold */
export function leafKind(element: SchemaElement): LeafKind | null {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    const scale = (logical?.type === 'DECIMAL' ? logical.scale : element.scale) ?? 0;
    return text((value) => decimalText(unscaled(value), scale));
  }
  if (converted === 'DATE' || logical?.type === 'DATE') {
    const form = 'YYYY-MM-DD';
    return { as: 'time', form, unit: 'days', text: (days) => dateText(Number(days)) };
  }
  if (logical?.type === 'TIMESTAMP') {
    return timestamps(NANOS[logical.unit] ?? 1n, logical.isAdjustedToUTC ? 'Z' : '');
  }
  const unit = /^TIME(STAMP)?_(MILLIS|MICROS)$/.exec(converted ?? '');
  if (unit?.[1] !== undefined) {
    return timestamps(NANOS[unit[2] ?? ''] ?? 1n, '');
  }
  if (unit !== null || logical?.type === 'TIME') {
    const nanos = NANOS[logical?.type === 'TIME' ? logical.unit : (unit?.[2] ?? '')] ?? 1n;
    return text((value) => timeText(BigInt(value as number | bigint) * nanos));
  }
  if (type === 'INT96') return text((value) => timestampText(int96Nanos(value as bigint)));
  if (logical?.type === 'FLOAT16') return { as: 'number', unsigned: false };
  if (logical?.type === 'UUID') return text((value) => uuidText(value as Uint8Array));
  const binary = ['BSON', 'GEOMETRY', 'GEOGRAPHY', 'VARIANT'];
  if (converted === 'INTERVAL' || converted === 'BSON') return null;
  if (logical !== undefined && binary.includes(logical.type)) return null;
  if (type === 'BOOLEAN')
    return text((value) => (value === true || value === 1 ? 'true' : 'false'));
  if (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY') {
    return { as: 'text', text: null };
  }
  const unsigned =
    converted?.startsWith('UINT_') === true || (logical?.type === 'INTEGER' && !logical.isSigned);
  return { as: 'number', unsigned };
}

function text(make: (value: unknown) => string): LeafKind {
  return { as: 'text', text: make };
}

/** @param nanos in one of the stored units */
function timestamps(nanos: bigint, zone: '' | 'Z'): LeafKind {
  return {
    as: 'time',
    form: `YYYY-MM-DDThh:mm:ss${zone}`,
    unit: Number(SECOND / nanos),
    text: (value) => timestampText((value as bigint) * nanos) + zone,
  };
}

function unscaled(value: unknown): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as number | bigint);
  let sum = 0n;
  for (const byte of value) sum = (sum << 8n) | BigInt(byte);
  return BigInt.asIntN(Math.max(1, value.length) * 8, sum);
}

/** Exact: 1230 with scale 2 is 12.30. */
function decimalText(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  if (scale <= 0) return sign + digits + '0'.repeat(value === 0n ? 0 : -scale);
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function dateText(days: number): string {
  if (Math.abs(days) > MAX_DAY) throw new RangeError(`it holds a date ${days} days from 1970`);
  return new Date(days * 86_400_000).toISOString().slice(0, -14);
}

/** @param nanos since 1970 */
function timestampText(nanos: bigint): string {
  let seconds = nanos / SECOND;
  if (nanos % SECOND < 0n) seconds -= 1n;
  let days = seconds / DAY;
  if (seconds % DAY < 0n) days -= 1n;
  return `${dateText(Number(days))}T${timeText(nanos - days * DAY * SECOND)}`;
}

/** @param nanos since midnight */
function timeText(nanos: bigint): string {
  const seconds = Number(nanos / SECOND);
  const fraction = Number(nanos % SECOND);
  if (seconds < 0 || fraction < 0 || seconds > 86_400)
    throw new RangeError('it holds a time that no clock shows');
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const clock = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return fraction === 0
    ? clock
    : `${clock}.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`;
}

/** Days since Julian day 0 above the nanoseconds of the day. */
function int96Nanos(value: bigint): bigint {
  return ((value >> 64n) - JULIAN_EPOCH) * DAY * SECOND + BigInt.asUintN(64, value);
}

function uuidText(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
