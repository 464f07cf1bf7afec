import type { CellReading } from '#core/data/typed-columns.ts';
import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import type { Spec } from './spec.ts';

/** How the column of times is read: as dates, or as numbers. The spec has been checked. */
export function timeReading(
  spec: Spec,
  info: DatasetInfo,
): CellReading & { readonly type: 'datetime' | 'numeric' } {
  const schema = schemaOf(info, spec.forecast?.time);
  const given = spec.columns[schema.name];
  const isNumbers =
    given?.type === 'numeric' || (schema.dtype !== 'string' && given?.type !== 'datetime');
  const decimal = given?.decimal ?? schema.decimal;
  const dates = given?.dates ?? schema.dates;
  return {
    name: schema.name,
    type: isNumbers ? 'numeric' : 'datetime',
    missing: given?.missing === undefined ? schema.missing : ['', ...given.missing],
    ...(isNumbers && decimal !== undefined ? { decimal } : {}),
    ...(!isNumbers && dates !== undefined ? { dates } : {}),
  };
}

/** How the column of series is read, as texts; null where there is none. */
export function seriesReading(spec: Spec, info: DatasetInfo): CellReading | null {
  if (spec.forecast?.series === undefined) return null;
  const schema = schemaOf(info, spec.forecast.series);
  const given = spec.columns[schema.name]?.missing;
  const missing = given === undefined ? schema.missing : ['', ...given];
  return { name: schema.name, type: 'categorical', missing };
}

function schemaOf(info: DatasetInfo, name: string | undefined): ColumnSchema {
  const schema = info.columns.find((column) => column.name === name);
  if (schema === undefined) throw new RangeError(`no column named ${name ?? ''}`);
  return schema;
}
