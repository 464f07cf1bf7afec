import { inputError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/step.ts';
import type { ContractInput } from '#core/spec/contract.ts';
import { parseNumber, trimmed } from './normalize.ts';
import { columnCells, type Table } from './table.ts';

type CellReading = Pick<ContractInput, 'name' | 'type'> & { readonly missing: readonly string[] };

/**
 * Reads the cells of the given rows as the contract says: numbers with NaN for missing, or trimmed
 * texts with '' for missing.
 * @param rows 0-based row indexes; all rows when absent
 * @throws TerrariumError naming row and column where a cell of a numeric column is no number
 */
export function typedColumn(table: Table, input: CellReading, rows?: Int32Array): FeatureColumn {
  const cells = columnCells(table, input.name);
  const missing = new Set(input.missing);
  const count = rows?.length ?? table.rowCount;
  const textAt = (i: number): string => {
    const text = trimmed(cells[rows === undefined ? i : (rows[i] ?? 0)] ?? '');
    return missing.has(text) ? '' : text;
  };
  if (input.type === 'categorical') {
    const values = Array.from({ length: count }, (_, i) => textAt(i));
    return { kind: 'text', name: input.name, values };
  }
  const values = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const text = textAt(i);
    const value = text === '' ? NaN : parseNumber(text);
    if (value === null) throw notANumber(input, text, (rows?.[i] ?? i) + 1);
    values[i] = value;
  }
  return { kind: 'numeric', name: input.name, values };
}

/** The given rows of a column, copied. */
export function takeRows(column: FeatureColumn, rows: Int32Array): FeatureColumn {
  if (column.kind === 'text') {
    return { ...column, values: Array.from(rows, (row) => column.values[row] ?? '') };
  }
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) };
}

function notANumber(input: CellReading, text: string, row: number): Error {
  return inputError(
    'not_a_number',
    `Row ${row}, column "${input.name}": "${text.slice(0, 40)}" is not a number.`,
    `Correct the value, or leave it empty where it is missing. In a spec, columns.${input.name}.missing lists the texts that mean missing.`,
    { row, column: input.name },
  );
}
