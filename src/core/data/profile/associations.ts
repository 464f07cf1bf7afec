import type { ColumnType, Dataset } from '#core/data/table.ts';
import { Breather } from '#core/breather.ts';
import { RandomStream } from '#core/random.ts';
import { codesOf, type Codes } from './codes.ts';
import { correlated, pearson, spearman, type Correlated } from './correlation.ts';
import { correlationRatio } from './correlation-ratio.ts';
import { contingency, correctedCramersV } from './cramers-v.ts';
import type { ProfileOptions } from './profile-table.ts';
import { readNumbers, readTexts, valueKind } from './read-values.ts';
import { MAX_SAMPLE_ROWS, sampleRows } from './sample-rows.ts';

export type AssociationKind = 'numbers' | 'categories';
export type AssociationMeasure = 'pearson' | 'spearman' | 'cramers_v' | 'correlation_ratio';

/**
 * How strongly columns go together, two at a time, each pair over the rows where both hold a value. Plain
 * JSON. null stands where a measure is not defined, for example for a constant column.
 */
export interface Associations {
  readonly rows: number;
  /** Rows that were read where the table has more than `MAX_SAMPLE_ROWS`; null where all were. */
  readonly sampledRows: number | null;
  /** Columns of the matrices. */
  readonly columns: readonly { readonly name: string; readonly kind: AssociationKind }[];
  /** Columns without categories that repeat, or without values: identifiers, free text, images. */
  readonly leftOut: readonly string[];
  /** Pearson's r of two columns of numbers, the correlation ratio η or the bias-corrected Cramér's V of others. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Spearman's ρ of two columns of numbers; null for other pairs. */
  readonly spearman: readonly (readonly (number | null)[])[];
}

/** What `Associations.values` holds for two columns of these kinds. */
export function measureBetween(a: AssociationKind, b: AssociationKind): AssociationMeasure {
  if (a !== b) return 'correlation_ratio';
  return a === 'numbers' ? 'pearson' : 'cramers_v';
}

/** Numbers and dates count as numbers; booleans, categories and ordinals as categories. */
function kindOf(type: ColumnType): AssociationKind | null {
  if (valueKind(type) === 'numbers' || type === 'datetime') return 'numbers';
  return type === 'boolean' || type === 'categorical' || type === 'ordinal' ? 'categories' : null;
}

type Prepared =
  ({ readonly kind: 'numbers' } & Correlated) | ({ readonly kind: 'categories' } & Codes);

/** Every pair of columns. Progress counts pairs. @throws TerrariumError of kind `cancelled` */
export async function associations(
  { info, table }: Dataset,
  options: ProfileOptions & { readonly seed?: number } = {},
): Promise<Associations> {
  const breather = new Breather(options.signal);
  const random = new RandomStream(options.seed ?? 1).fork('associations');
  const rows = sampleRows(table.rowCount, MAX_SAMPLE_ROWS, random);
  const reading = { table, breather, rows };
  const columns: { readonly name: string; readonly kind: AssociationKind }[] = [];
  const prepared: Prepared[] = [];
  for (const column of info.columns) {
    await breather.breathe();
    const kind = kindOf(column.type);
    if (kind === null) continue;
    columns.push({ name: column.name, kind });
    prepared.push(
      kind === 'numbers'
        ? { kind, ...correlated(await readNumbers(reading, column)) }
        : { kind, ...codesOf(await readTexts(reading, column)) },
    );
  }
  const size = columns.length;
  const values = square(size);
  const ranked = square(size);
  const total = (size * (size + 1)) / 2;
  let done = 0;
  for (const [i, a] of prepared.entries()) {
    for (let j = 0; j <= i; j += 1) {
      await breather.breathe();
      const b = prepared[j];
      if (b === undefined) continue;
      put(values, i, j, associate(a, b));
      if (a.kind === 'numbers' && b.kind === 'numbers') put(ranked, i, j, spearman(a, b));
    }
    done += i + 1;
    options.onProgress?.(done, total);
  }
  return {
    rows: table.rowCount,
    sampledRows: rows.length < table.rowCount ? rows.length : null,
    columns,
    leftOut: info.columns.filter(({ type }) => kindOf(type) === null).map(({ name }) => name),
    values,
    spearman: ranked,
  };
}

function associate(a: Prepared, b: Prepared): number | null {
  if (a.kind === 'numbers') {
    return b.kind === 'numbers' ? pearson(a, b) : correlationRatio(b, a);
  }
  return b.kind === 'numbers' ? correlationRatio(a, b) : correctedCramersV(contingency(a, b));
}

function square(size: number): (number | null)[][] {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => null));
}

function put(matrix: (number | null)[][], i: number, j: number, value: number | null): void {
  const row = matrix[i];
  const mirrored = matrix[j];
  if (row !== undefined) row[j] = value;
  if (mirrored !== undefined) mirrored[i] = value;
}
