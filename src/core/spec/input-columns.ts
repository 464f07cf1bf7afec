import { MISSING_TOKENS, NUMERIC_MISSING_TOKENS, type DecimalMark } from '#core/data/normalize.ts';
import type { DateOrder } from '#core/data/parse-date.ts';
import type { TextReplacement } from '#core/data/replace-text.ts';
import type { ColumnSchema, ColumnType, DatasetInfo } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { windowPlans, type WindowPlan } from './forecast.ts';
import type { Pins } from './pins.ts';
import type { InputType, settableTypes, Spec } from './spec.ts';
import { dealsOnly } from './split-columns.ts';

/** How one column is read: what was inferred, under what the spec overrides. */
export interface ColumnReading extends TextReplacement {
  readonly name: string;
  readonly type: InputType;
  readonly dtype: 'float32' | 'float64' | 'string';
  readonly missing: readonly string[];
  readonly decimal?: DecimalMark | undefined;
  readonly dates?: DateOrder | undefined;
  readonly integer?: boolean | undefined;
  readonly order?: readonly string[] | undefined;
  /** Whether white space at the ends of a text counts. */
  readonly verbatim?: true | undefined;
  /** What the contract pins of its values. */
  readonly allowed?: Pins | undefined;
  /** Of a forecast: what is made of the column's last values. */
  readonly window?: WindowPlan | undefined;
}

const inputKinds: Partial<Record<ColumnType | (typeof settableTypes)[number], InputType>> = {
  numeric: 'numeric',
  integer: 'numeric',
  boolean: 'categorical',
  categorical: 'categorical',
  ordinal: 'categorical',
  datetime: 'datetime',
  text: 'text',
  image: 'image',
};

/**
 * The input columns of a spec, in the order of the data: not what is left out, and the target only of a forecast, which
 * looks back at it.
 */
export function inputColumns(spec: Spec, info: DatasetInfo): readonly ColumnReading[] {
  const inputs = info.columns.flatMap((column) => {
    const override = spec.columns[column.name]?.type;
    const personal = spec.columns[column.name]?.personal?.decision;
    const window = windowOf(spec, column.name);
    if (column.name === spec.target) {
      return window === null ? [] : [{ ...targetReading(column, spec), window }];
    }
    if (override === 'ignore' || isSetAside(spec, column.name)) return [];
    if (column.type === 'empty' && override !== undefined) {
      throw inputError(
        'empty_column',
        `columns.${column.name}: the column has no value in any row and cannot be an input.`,
        'Remove its type, or set it to ignore.',
        { path: `columns.${column.name}.type`, column: column.name },
      );
    }
    const kind = inputKind(override ?? column.type);
    if (kind === null) return [];
    // A mask and a hash are texts, whatever they stand for.
    const isReplaced = personal === 'mask' || personal === 'hash';
    const reading = readingOf(column, isReplaced ? 'categorical' : kind, spec);
    return [window === null ? reading : { ...reading, window }];
  });
  if (inputs.length === 0) {
    throw inputError(
      'no_inputs',
      'columns: no input column is left for the model.',
      'Every column but a target is ignored, empty, used by the split, not known at prediction time, or looks like an identifier; give one a type in columns.',
      { path: 'columns' },
    );
  }
  return inputs;
}

/**
 * Whether a column is no input whatever its type: personal data to drop, what is not known in time, what deals the rows,
 * what says which rows are one query or how much a row counts, and in a forecast what it neither looks back at nor knows in advance.
 */
export function isSetAside(
  spec: Pick<Spec, 'split' | 'columns' | 'forecast' | 'query' | 'rows'>,
  name: string,
): boolean {
  if (spec.query === name || spec.rows.weights === name) return true;
  const { personal, known } = spec.columns[name] ?? {};
  if (personal?.decision === 'drop' || known === false || dealsOnly(spec, name)) return true;
  const { time, series, inputs = [] } = spec.forecast ?? {};
  return spec.forecast !== undefined && ![time, series, ...inputs].includes(name);
}

/** What a forecast makes of a column's last values; null where it does not look back at it. */
function windowOf({ forecast, target }: Spec, name: string): WindowPlan | null {
  if (forecast === undefined) return null;
  if (name === target) return windowPlans(forecast).target;
  return forecast.inputs.includes(name) ? windowPlans(forecast).input : null;
}

/** What the values of a column of this type are to a model's steps, or null where it is no input. */
export function inputKind(type: ColumnType | (typeof settableTypes)[number]): InputType | null {
  return inputKinds[type] ?? null;
}

/** The target's reading: as class names, or as numbers. */
export function targetColumn(
  spec: Spec,
  info: DatasetInfo,
): ColumnReading & { readonly schema: ColumnSchema } {
  const schema = info.columns.find((column) => column.name === spec.target);
  if (schema === undefined) throw new RangeError(`no column named ${spec.target ?? ''}`);
  return { ...targetReading(schema, spec), schema };
}

/** How the column is read that says what each row counts; null where every row counts the same. The spec has been checked. */
export function weightReading(spec: Spec, info: DatasetInfo): ColumnReading | null {
  const { weights } = spec.rows;
  if (weights === undefined) return null;
  const column = info.columns.find(({ name }) => name === weights);
  if (column === undefined) throw new RangeError(`no column named ${weights}`);
  return readingOf(column, 'numeric', spec);
}

function targetReading(schema: ColumnSchema, spec: Spec): ColumnReading {
  const type = spec.task === 'classification' ? 'categorical' : 'numeric';
  const reading = readingOf(schema, type, spec);
  const ownMissing = spec.columns[schema.name]?.missing === undefined && schema.type === 'numeric';
  return { ...reading, ...(ownMissing ? { missing: schema.missing } : {}) };
}

function readingOf(column: ColumnSchema, type: InputType, spec: Spec): ColumnReading {
  const given = spec.columns[column.name] ?? {};
  const decimal = given.decimal ?? column.decimal;
  const dates = given.dates ?? column.dates;
  return {
    name: column.name,
    type,
    dtype: dtypeOf(column, type),
    missing: spec.task === 'language' ? [''] : missingTexts(given, type),
    ...(spec.task === 'language' && type === 'text' ? { verbatim: true as const } : {}),
    ...(type === 'numeric' && decimal === ',' ? { decimal } : {}),
    ...(type === 'datetime' && dates !== undefined ? { dates } : {}),
    ...(given.type === 'integer' ? { integer: true } : {}),
    ...(given.type === 'ordinal' && given.order !== undefined ? { order: given.order } : {}),
    ...(type === 'categorical' || type === 'text' ? replacement(given) : {}),
    ...allowedOf(given, type),
  };
}

/** A number that stands as text in the data, where a spec says that it is one, needs the wider of the two. */
function dtypeOf({ dtype }: ColumnSchema, type: InputType): ColumnReading['dtype'] {
  if (type === 'image') return 'float32';
  if (type !== 'numeric') return 'string';
  return dtype === 'string' ? 'float64' : dtype;
}

/** Trimmed texts that mean missing in a column read as this. */
export function missingTexts(given: Spec['columns'][string], type: InputType): readonly string[] {
  if (given.missing !== undefined) return [...new Set(['', ...given.missing])];
  return type === 'numeric' ? [...MISSING_TOKENS, ...NUMERIC_MISSING_TOKENS] : MISSING_TOKENS;
}

function allowedOf(
  { range, categories, nullable }: Spec['columns'][string],
  type: InputType,
): { readonly allowed?: Pins } {
  const allowed = {
    ...(type === 'numeric' && range !== undefined ? { range } : {}),
    ...(type === 'categorical' && categories !== undefined ? { categories } : {}),
    ...(nullable === false ? { nullable } : {}),
  };
  return Object.keys(allowed).length === 0 ? {} : { allowed };
}

function replacement({ fold, personal }: Spec['columns'][string]): TextReplacement {
  return {
    ...(fold === true ? { fold } : {}),
    ...(personal?.decision === 'mask' ? { masked: true } : {}),
    ...(personal?.decision === 'hash' ? { salt: personal.salt } : {}),
  };
}
