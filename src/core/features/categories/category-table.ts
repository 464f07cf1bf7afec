import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { NumericFeature, TextFeature } from '../column.ts';
import { byCodePoint } from './code-points.ts';

/** Numbers in the place of each category: what a category becomes in ordinal, target and frequency encoding. */
export interface CategoryTable {
  readonly categories: readonly string[];
  /** Names of the features that one column becomes. */
  readonly features: readonly string[];
  /** One row per category and a last one for any other text; null is a missing number. */
  readonly rows: readonly (readonly (number | null)[])[];
}

/** Distinct texts in alphabetical order, by code point. */
export function distinctTexts(values: readonly string[]): string[] {
  return [...new Set(values)].sort(byCodePoint);
}

/** The place of each text in the list; the list's length for one that is not in it. */
export function codesOf(values: readonly string[], categories: readonly string[]): Int32Array {
  const codes = new Map(categories.map((category, code) => [category, code]));
  return Int32Array.from(values, (value) => codes.get(value) ?? categories.length);
}

export function lookUp({ values }: TextFeature, table: CategoryTable): NumericFeature[] {
  const codes = codesOf(values, table.categories);
  return table.features.map((name, k) => {
    const numbers = Float64Array.from(table.rows, (row) => row[k] ?? NaN);
    return {
      kind: 'numeric',
      name,
      values: Float64Array.from(codes, (code) => numbers[code] ?? NaN),
    };
  });
}

/** Writes `lookUp` for each column of `input`: text [N, tables.length] in, float64 features side by side out. */
export function emitTables(
  graph: GraphBuilder,
  input: TensorName,
  tables: readonly CategoryTable[],
): TensorName {
  return graph.concat(
    tables.map(({ categories, features, rows }, j) => {
      const codes = emitCodes(graph, input, j, {
        keys: categories,
        codes: categories.map((_, code) => code),
        other: categories.length,
      });
      const numbers = Float64Array.from(rows.flat(), (number) => number ?? NaN);
      const table = graph.constant(numbers, [rows.length, features.length]);
      return graph.node('Gather', [table, codes]);
    }),
  );
}

/** Codes of one column's texts, int64 [N]. */
export function emitCodes(
  graph: GraphBuilder,
  input: TensorName,
  column: number,
  map: {
    readonly keys: readonly string[];
    readonly codes: readonly number[];
    readonly other: number;
  },
): TensorName {
  const index = graph.constant(BigInt64Array.of(BigInt(column)), []);
  const texts = graph.node('Gather', [input, index], { axis: 1 });
  // An encoder without a key is refused; the empty text then stands for what it is anyway: another one.
  const isEmpty = map.keys.length === 0;
  return graph.mlNode('LabelEncoder', [texts], {
    keys_strings: isEmpty ? [''] : map.keys,
    values_int64s: isEmpty ? [map.other] : map.codes,
    default_int64: map.other,
  });
}
