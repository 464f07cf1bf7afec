import { mean } from '#core/features/statistics.ts';
import type { SplitRecord } from '#core/spec/split-record.ts';
import type { Spec } from '#core/spec/spec.ts';
import { LEFT_OUT, partNames, type PartName } from './parts.ts';
import { splitMethodNamed } from './registry.ts';
import { presentTexts, type SplitInput } from './split-method.ts';
import type { Split } from './split-rows.ts';
import { strataOf } from './strata.ts';

/** What run.json says of a split: how rows were dealt, and what each part holds. */
export function splitRecord(
  { method, by, gap, key, stratify }: Spec['split'],
  input: SplitInput,
  { parts, leftOut }: Split,
): SplitRecord {
  const stratified = stratify && splitMethodNamed(method).reads.includes('stratify');
  const entries = entriesOf(input, parts);
  return {
    seed: input.seed,
    method,
    ...(by === undefined ? {} : { by }),
    ...(method === 'time' ? { gap: gap ?? 0 } : {}),
    ...(key === undefined ? {} : { key }),
    stratified,
    ...inEachPart((part) => parts[part].length),
    leftOut: leftOut.length,
    ...targetFacts(input, entries),
    ...(method === 'group' ? groupFacts(input, entries, stratified) : {}),
    ...(method === 'time' ? { times: inEachPart((part) => timeRange(input, entries[part])) } : {}),
  };
}

type Entries = Readonly<Record<PartName, Int32Array>>;

function inEachPart<T>(valueOf: (part: PartName) => T): Record<PartName, T> {
  return { train: valueOf('train'), validation: valueOf('validation'), test: valueOf('test') };
}

/** The entries of each part. */
function entriesOf({ rows }: SplitInput, parts: Split['parts']): Entries {
  const partOf = new Int8Array((rows.at(-1) ?? -1) + 1).fill(LEFT_OUT);
  for (const [at, part] of partNames.entries()) for (const row of parts[part]) partOf[row] = at;
  const all = Int32Array.from(rows.keys());
  return inEachPart((part) =>
    all.filter((entry) => partOf[rows[entry] ?? 0] === partNames.indexOf(part)),
  );
}

function targetFacts(
  { target: { classes, values, absent = false } }: SplitInput,
  entries: Entries,
): Pick<SplitRecord, 'classes' | 'targetMean'> {
  if (absent) return {};
  if (classes === null) {
    return { targetMean: inEachPart((part) => mean(valuesAt(values, entries[part]))) };
  }
  const counts = inEachPart((part) => countsOf(values, entries[part], classes.length));
  return {
    classes: Object.fromEntries(
      classes.map((label, k) => [label, inEachPart((part) => counts[part][k] ?? 0)]),
    ),
  };
}

function groupFacts(
  input: SplitInput,
  entries: Entries,
  stratified: boolean,
): Pick<SplitRecord, 'groups' | 'shareDifference'> {
  const texts = presentTexts(input, 'by');
  const groups = inEachPart(
    (part) => new Set(Array.from(entries[part], (entry) => texts[entry])).size,
  );
  return stratified ? { groups, shareDifference: shareDifference(input, entries) } : { groups };
}

/** Largest difference of a stratum's share between a part and all parts together. */
function shareDifference(input: SplitInput, entries: Entries): number {
  const strata = Float64Array.from(strataOf(input));
  const length = strata.reduce((most, one) => Math.max(most, one), 0) + 1;
  const whole = countsOf(strata, Int32Array.from(strata.keys()), length);
  let largest = 0;
  for (const part of partNames) {
    const own = countsOf(strata, entries[part], length);
    for (const [stratum, count] of whole.entries()) {
      const share = (own[stratum] ?? 0) / entries[part].length;
      largest = Math.max(largest, Math.abs(share - count / strata.length));
    }
  }
  return largest;
}

/** The first and the last time of some entries. */
export function timeRange({ by }: SplitInput, entries: Int32Array): { from: string; to: string } {
  const values = Array.from(entries, (entry) => by?.values[entry] ?? '');
  const order = values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { from: String(order[0] ?? ''), to: String(order.at(-1) ?? '') };
}

/** How many of some entries have each class or stratum. */
export function countsOf(values: Float64Array, entries: Int32Array, length: number): number[] {
  const counts = new Array<number>(length).fill(0);
  for (const entry of entries) {
    const value = values[entry] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

export function valuesAt(values: Float64Array, entries: Int32Array): Float64Array {
  return Float64Array.from(entries, (entry) => values[entry] ?? NaN);
}
