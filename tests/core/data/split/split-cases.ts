import fc from 'fast-check';
import { partNames, type Shares } from '#core/data/split/parts.ts';
import type { SplitInput } from '#core/data/split/split-method.ts';
import type { Split } from '#core/data/split/split-rows.ts';
import type { FeatureColumn } from '#core/features/column.ts';

/** Made-up rows to split, as plain arrays of one value per row. */
export interface Rows {
  readonly classes?: readonly number[];
  readonly values?: readonly number[];
  readonly by?: readonly (string | number)[];
  readonly key?: readonly string[];
  readonly foldsBy?: readonly string[];
  readonly gap?: number;
  readonly stratify?: boolean;
  readonly seed?: number;
}

/** Every third row has no target, so that an entry's index is not its row's. */
export function rowAt(entry: number): number {
  return entry + (entry >> 1);
}

export function inputOf(rows: Rows): SplitInput {
  const values = Float64Array.from(rows.classes ?? rows.values ?? []);
  const labels = Math.max(0, ...(rows.classes ?? [])) + 1;
  return {
    rows: Int32Array.from(values, (_, entry) => rowAt(entry)),
    target: {
      classes:
        rows.classes === undefined ? null : Array.from({ length: labels }, (_, k) => `c${k}`),
      values,
    },
    stratify: rows.stratify ?? true,
    by: columnOf('by', rows.by),
    key: columnOf('key', rows.key),
    foldsBy: columnOf('fold', rows.foldsBy),
    gap: rows.gap ?? 0,
    seed: rows.seed ?? 1,
  };
}

function columnOf(
  name: string,
  values: readonly (string | number)[] | undefined,
): FeatureColumn | null {
  if (values === undefined) return null;
  return typeof values[0] === 'number'
    ? { kind: 'numeric', name, values: Float64Array.from(values, Number) }
    : { kind: 'text', name, values: values.map(String) };
}

/** Which part each entry is in; null for none. */
export function partsByEntry({ parts, leftOut }: Split, length: number): (string | null)[] {
  const partOf = new Map<number, string | null>();
  for (const part of partNames) for (const row of parts[part]) partOf.set(row, part);
  for (const row of leftOut) partOf.set(row, null);
  return Array.from({ length }, (_, entry) => partOf.get(rowAt(entry)) ?? null);
}

/** Shares in hundredths, none of them zero. */
export const anyShares: fc.Arbitrary<Shares> = fc
  .tuple(fc.integer({ min: 2, max: 96 }), fc.integer({ min: 1, max: 99 }))
  .map(([train, cut]) => {
    const rest = 100 - train;
    const validation = Math.max(1, Math.min(rest - 1, Math.round((rest * cut) / 100)));
    return { train: train / 100, validation: validation / 100, test: (rest - validation) / 100 };
  });

export const anySeed = fc.integer({ min: 1, max: 2_147_483_647 });

/** Classes 0 to k−1, each of which occurs. */
export function anyClasses(min: number, max: number, most = 6): fc.Arbitrary<number[]> {
  return fc.tuple(fc.array(fc.nat(most - 1), { minLength: min, maxLength: max })).map(([drawn]) => {
    const found = [...new Set(drawn)].sort((a, b) => a - b);
    return drawn.map((one) => found.indexOf(one));
  });
}

export function count<T>(values: readonly T[], wanted: (value: T, at: number) => boolean): number {
  return values.filter(wanted).length;
}

/** Moves each value to the place that a permutation names. */
export function permuted<T>(values: readonly T[], order: readonly number[]): T[] {
  return order.map((from) => values[from] as T);
}

/** A random order of 0 to n−1. */
export function anyOrder(length: number): fc.Arbitrary<number[]> {
  const all = Array.from({ length }, (_, i) => i);
  return fc.shuffledSubarray(all, { minLength: length, maxLength: length });
}
