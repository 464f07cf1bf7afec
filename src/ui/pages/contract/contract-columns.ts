import { parseNumber } from '#core/data/normalize.ts';
import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { TerrariumError } from '#core/errors.ts';
import { inputColumns, inputKind, type ColumnReading } from '#core/spec/input-columns.ts';
import { rangeText, type Pins } from '#core/spec/pins.ts';
import type { Spec } from '#core/spec/spec.ts';
import { countText, plural } from '#ui/format.ts';
import { withColumn } from '#ui/spec/spec-edits.ts';

/** A column that is an input, or would be one if its value were known in time. */
export interface ContractColumn {
  readonly column: ColumnSchema;
  readonly reading: ColumnReading;
  readonly settings: Spec['columns'][string];
}

/** In the order of the data; none where the spec leaves no input at all, which its draft says. */
export function contractColumns(spec: Spec, info: DatasetInfo): readonly ContractColumn[] {
  const known = Object.entries(spec.columns).map(([name, settings]) => [
    name,
    { ...settings, known: true },
  ]);
  const readings = readingsOf(
    { ...spec, columns: Object.fromEntries(known) as Spec['columns'] },
    info,
  );
  const columns = new Map(info.columns.map((column) => [column.name, column]));
  return readings.flatMap((reading) => {
    const column = columns.get(reading.name);
    return column === undefined
      ? []
      : [{ column, reading, settings: spec.columns[reading.name] ?? {} }];
  });
}

function readingsOf(spec: Spec, info: DatasetInfo): readonly ColumnReading[] {
  try {
    return inputColumns(spec, info);
  } catch (thrown) {
    if (thrown instanceof TerrariumError) return [];
    throw thrown;
  }
}

/** What the data holds of a column: `2700 to 6300, 2 missing`. */
export function heldText({ column, reading }: ContractColumn): string {
  const missing =
    column.missingCount === 0 ? 'none missing' : `${countText(column.missingCount)} missing`;
  const { min, max } = column;
  const isRange = reading.type === 'numeric' && min !== undefined && max !== undefined;
  return `${isRange ? rangeText({ min, max }) : plural(column.distinct, 'value')}, ${missing}`;
}

/** The pins that the data as it stands keeps to: a range, or categories where there are few; no missing value where none is. */
function pinsFromData({ column, reading, settings }: ContractColumn): Pins {
  const isAsInferred = inputKind(column.type) === reading.type;
  const isWhole = settings.missing === undefined && isAsInferred && column.missingCount === 0;
  return {
    ...(reading.type === 'numeric' ? rangeOf(column, reading) : {}),
    ...(reading.type === 'categorical' ? categoriesOf(column, reading) : {}),
    ...(isWhole ? { nullable: false } : {}),
  };
}

function rangeOf({ min, max }: ColumnSchema, { missing, decimal }: ColumnReading): Pins {
  const codes = missing.map((text) => parseNumber(text, decimal));
  const range = {
    ...(min === undefined || codes.includes(min) ? {} : { min }),
    ...(max === undefined || codes.includes(max) ? {} : { max }),
  };
  return Object.keys(range).length === 0 ? {} : { range };
}

/** None of a masked or hashed column: the contract would tell what is hidden. */
function categoriesOf({ top, distinct }: ColumnSchema, reading: ColumnReading): Pins {
  const { masked, salt, missing, order } = reading;
  if (masked === true || salt !== undefined || top.length < distinct) return {};
  const held = top.map(({ value }) => value).filter((value) => !missing.includes(value));
  const categories = order === undefined ? held : order.filter((value) => held.includes(value));
  return categories.length === 0 ? {} : { categories };
}

export function isPinned({ range, categories, nullable }: Spec['columns'][string]): boolean {
  return range !== undefined || categories !== undefined || nullable === false;
}

const nothing = { range: undefined, categories: undefined, nullable: undefined };

/** The spec with each of these columns pinned to what the data holds, or with nothing pinned of them. */
export function withPins(
  spec: Spec,
  columns: readonly ContractColumn[],
  to: 'data' | 'nothing',
): Spec {
  return columns.reduce((changed, one) => {
    const pins = to === 'data' ? { ...nothing, ...pinsFromData(one) } : nothing;
    return withColumn(changed, one.column.name, { ...one.settings, ...pins });
  }, spec);
}

/** The names of all other columns but the target. */
export function leftOut(
  spec: Spec,
  info: DatasetInfo,
  inputs: readonly ContractColumn[],
): readonly string[] {
  const names = new Set(inputs.map(({ column }) => column.name));
  return info.columns
    .filter(({ name }) => name !== spec.target && !names.has(name))
    .map(({ name }) => name);
}
