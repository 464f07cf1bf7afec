import { stringify } from 'yaml';
import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { checkSpec } from '#core/spec/check-spec.ts';
import { parseSpec } from '#core/spec/parse-spec.ts';
import type { Spec } from '#core/spec/spec.ts';

/** A column of a made-up data set, as inference would describe it. */
export function column(name: string, given: Partial<ColumnSchema> = {}): ColumnSchema {
  const numeric = (given.type ?? 'numeric') === 'numeric';
  return {
    name,
    type: 'numeric',
    dtype: numeric ? 'float32' : 'string',
    missing: [''],
    missingCount: 0,
    distinct: 150,
    integer: false,
    ...(numeric ? { min: 0.5, max: 99.5 } : {}),
    top: [],
    evidence: 'All values fit.',
    ...given,
  };
}

export function category(name: string, values: readonly string[]): ColumnSchema {
  const top = values.map((value) => ({ value, count: Math.floor(200 / values.length) }));
  return column(name, { type: 'categorical', distinct: values.length, top });
}

export function infoOf(...columns: readonly ColumnSchema[]): DatasetInfo {
  const sha256 = '0123456789abcdef'.repeat(4);
  return {
    name: 'birds.csv',
    sha256,
    bytes: 9000,
    rows: 200,
    columns,
    doubts: [],
    reading: { format: 'csv' },
  };
}

export const birds = infoOf(
  category('species', ['Adelie', 'Chinstrap', 'Gentoo']),
  category('island', ['Biscoe', 'Dream']),
  column('flipper'),
  column('mass'),
  column('id', { type: 'identifier', dtype: 'string', distinct: 200 }),
);

/** A spec for `birds` that is right in every part, as plain data to spoil. */
export function goodSpec() {
  return {
    version: 1,
    name: 'birds',
    data: { source: 'birds.csv' },
    task: 'classification',
    target: 'species',
    columns: { id: { type: 'ignore' } },
    seed: 7,
    split: { train: 0.6, validation: 0.2, test: 0.2, stratify: true },
    steps: [
      { step: 'impute', columns: 'numeric' },
      { step: 'scale', columns: ['flipper', 'mass'] },
      { step: 'one_hot', columns: 'categorical' },
    ],
    candidates: [
      { name: 'baseline', model: 'majority' },
      { name: 'linear', model: 'logistic_regression' },
      { name: 'network', model: 'mlp' },
    ],
    metric: 'macro_f1',
    backend: 'auto',
    evaluation: { resamples: 200 },
  };
}

/** The good spec with the value at a path (`candidates[1].model`) replaced; undefined takes it out. */
export function specWith(path: string, value: unknown): Record<string, unknown> {
  const spec = goodSpec() as Record<string, unknown>;
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const last = keys.pop() ?? '';
  let at = spec;
  for (const key of keys) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>;
  }
  Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
  if (value === undefined) Reflect.deleteProperty(at, last);
  return spec;
}

/** What a driver does with a document: reads it and holds it against the data. */
export function readSpec(document: unknown, info: DatasetInfo = birds): Spec {
  const spec = parseSpec(typeof document === 'string' ? document : stringify(document));
  checkSpec(spec, info);
  return spec;
}
