import type { Cells } from '#core/data/cells.ts';
import { codesOf } from '#core/data/profile/codes.ts';
import { columnNumbers } from '#core/data/column-numbers.ts';
import { valueKind, type ValueKind } from '#core/data/profile/read-values.ts';
import { sortNumbers } from '#core/data/profile/sort-numbers.ts';
import { columnCells, type ColumnSchema, type Table } from '#core/data/table.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import { TerrariumError } from '#core/errors.ts';
import { inputKind } from '#core/spec/input-columns.ts';
import type { Spec } from '#core/spec/spec.ts';

/** The distinct values of a column. Value k has the text `texts[k]` and stands in `counts[k]` rows. */
export interface DistinctValues {
  /** The value of each row, −1 for missing. */
  readonly codes: Int32Array;
  readonly texts: readonly string[];
  readonly counts: Int32Array;
}

type ColumnSettings = Spec['columns'][string];

/** One column as the spec reads it; what detectors ask of it is computed once. */
export class AuditColumn {
  readonly name: string;
  /** As inferred, with what the spec says of type, missing texts and notation. */
  readonly schema: ColumnSchema;
  readonly settings: ColumnSettings;
  readonly kind: ValueKind;
  readonly isTarget: boolean;
  /** It says how the rows are dealt to the parts of the split, and is no input for that. */
  readonly isDealing: boolean;
  /** The spec leaves it out of the model in so many words. */
  readonly isDropped: boolean;
  readonly #table: Table;
  #numbers: Float64Array | undefined;
  #sorted: Float64Array | undefined;
  #values: DistinctValues | undefined;

  constructor(
    table: Table,
    inferred: ColumnSchema,
    settings: ColumnSettings,
    { isTarget, isDealing }: { readonly isTarget: boolean; readonly isDealing: boolean },
  ) {
    this.#table = table;
    this.isDealing = isDealing;
    this.name = inferred.name;
    this.settings = settings;
    this.isTarget = isTarget;
    this.isDropped =
      settings.type === 'ignore' ||
      settings.type === 'identifier' ||
      settings.personal?.decision === 'drop';
    this.schema = readable(table, inferred, settings);
    this.kind = valueKind(this.schema.type);
    if (this.kind === 'texts' && this.schema.dtype !== 'string') this.kind = 'numbers';
  }

  /** The cells as the file holds them. */
  get cells(): Cells {
    return columnCells(this.#table, this.name);
  }

  /**
   * Whether a model reads its values: no target, nothing that the spec or the reader leaves out. Of images it reads the
   * files, and not the paths that stand here.
   */
  get isInput(): boolean {
    const { type } = this.schema;
    const isRead = inputKind(type) !== null && type !== 'image';
    return !this.isTarget && !this.isDropped && !this.isDealing && isRead;
  }

  /** Numbers, or milliseconds since 1970, with NaN for missing; all NaN in a column of texts. */
  get numbers(): Float64Array {
    this.#numbers ??=
      this.kind === 'numbers' || this.kind === 'times'
        ? columnNumbers(this.#table, asNumbers(this.schema))
        : new Float64Array(this.#table.rowCount).fill(NaN);
    return this.#numbers;
  }

  /** The numbers that are there, ascending. */
  get sorted(): Float64Array {
    this.#sorted ??= sortNumbers(
      this.numbers.filter((value) => !Number.isNaN(value)).map((value) => value + 0),
    );
    return this.#sorted;
  }

  /** Whether its largest number is so large; most are told by the schema, and need not be sorted for it. */
  reaches(number: number): boolean {
    return (this.schema.max ?? Infinity) >= number && (this.sorted.at(-1) ?? 0) >= number;
  }

  get values(): DistinctValues {
    this.#values ??=
      this.kind === 'numbers' ? distinctNumbers(this.numbers) : this.#distinctTexts();
    return this.#values;
  }

  /** Rows with a value. */
  get present(): number {
    if (this.kind === 'numbers' || this.kind === 'times') return this.sorted.length;
    return this.values.counts.reduce((sum, count) => sum + count, 0);
  }

  isMissing(row: number): boolean {
    return this.kind === 'numbers' || this.kind === 'times'
      ? Number.isNaN(this.numbers[row])
      : this.values.codes[row] === -1;
  }

  #distinctTexts(): DistinctValues {
    if (this.kind === 'empty') {
      return {
        codes: new Int32Array(this.#table.rowCount).fill(-1),
        texts: [],
        counts: new Int32Array(0),
      };
    }
    const all = readTexts(this.#table, this.schema);
    const { codes, size } = codesOf(all);
    const texts: string[] = [];
    const counts = new Int32Array(size);
    for (let row = 0; row < codes.length; row += 1) {
      const code = codes[row] ?? -1;
      if (code < 0) continue;
      if (code === texts.length) texts.push(all[row] ?? '');
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return { codes, texts, counts };
  }
}

function distinctNumbers(numbers: Float64Array): DistinctValues {
  const codeOf = new Map<number, number>();
  const texts: string[] = [];
  const counts: number[] = [];
  const codes = new Int32Array(numbers.length);
  for (let row = 0; row < numbers.length; row += 1) {
    const value = numbers[row] ?? NaN;
    if (Number.isNaN(value)) {
      codes[row] = -1;
      continue;
    }
    let code = codeOf.get(value);
    if (code === undefined) {
      code = texts.length;
      codeOf.set(value, code);
      texts.push(String(value));
      counts.push(0);
    }
    codes[row] = code;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return { codes, texts, counts: Int32Array.from(counts) };
}

/** The schema under what the spec says; as inferred where the cells cannot be read so. */
function readable(table: Table, inferred: ColumnSchema, settings: ColumnSettings): ColumnSchema {
  const { type, missing, decimal, dates } = settings;
  const isReadAs = type !== undefined && type !== 'ignore' && type !== 'identifier';
  const wanted: ColumnSchema = {
    ...inferred,
    ...(isReadAs ? { type } : {}),
    ...(missing === undefined ? {} : { missing: ['', ...missing] }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(dates === undefined ? {} : { dates }),
  };
  const isUsual = (type === undefined || type === inferred.type) && missing === undefined;
  if (isUsual || inferred.type === 'empty') return wanted;
  try {
    readTexts(table, wanted);
    return { ...wanted, dtype: valueKind(wanted.type) === 'texts' ? inferred.dtype : 'float64' };
  } catch (thrown) {
    // What does not fit is for the run to refuse; the audit looks at what is there.
    if (thrown instanceof TerrariumError) return { ...inferred, missing: wanted.missing };
    throw thrown;
  }
}

/** Row numbers are identifiers by type, and numbers all the same. */
function asNumbers(schema: ColumnSchema): ColumnSchema {
  return valueKind(schema.type) === 'texts' ? { ...schema, type: 'numeric' } : schema;
}

/** '' for missing. */
function readTexts(table: Table, schema: ColumnSchema): readonly string[] {
  const typed = typedColumn(table, schema);
  return typed.kind === 'text'
    ? typed.values
    : Array.from(typed.values, (value) => (Number.isNaN(value) ? '' : String(value)));
}
