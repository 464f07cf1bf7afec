import { textCells } from './data/text-cells.ts';
import type { Table } from './data/table.ts';
import { inputError } from './errors.ts';
import { forecastColumnNames } from './forecast/forecast-rows.ts';
import { noValue } from './record-values.ts';
import type { Contract } from './spec/contract.ts';

/**
 * A table that has every column of a contract: of JSON records, a field that none of them has and that may be missing is
 * missing in all. What has none of the columns is another table.
 * @throws TerrariumError naming columns that are absent, or the row and field of an object where a value should be
 */
export function rowsOfContract(contract: Contract, table: Table): Table {
  refuseObjects(contract, table);
  const { query, forecast, inputs } = contract;
  const needed = [...(query === undefined ? [] : [query.name]), ...forecastColumnNames(contract)];
  const absent = needed.filter((name) => !table.names.includes(name));
  if (absent.length === 0) return table;
  const mayLack = table.records !== undefined && forecast === undefined;
  const nullable = inputs
    .filter(({ type, allowed }) => type !== 'image' && allowed?.nullable !== false)
    .map(({ name }) => name);
  const refused =
    mayLack && absent.length < needed.length
      ? absent.filter((name) => !nullable.includes(name))
      : absent;
  if (refused.length > 0) throw missingColumns(refused, table, absent.length === needed.length);
  const empty = textCells(new Array<string>(table.rowCount).fill(''));
  return {
    ...table,
    names: [...table.names, ...absent],
    columns: [...table.columns, ...absent.map(() => empty)],
  };
}

/** An object is fields of its own, so that where a value should be the row would have none, without a word. */
function refuseObjects({ inputs }: Contract, { records }: Table): void {
  for (const input of inputs) {
    const row = records?.objects.get(input.name);
    const isTrainedOn = inputs.some(({ name }) => name.startsWith(`${input.name}.`));
    if (row !== undefined && !isTrainedOn) throw noValue(input, row, 'an object');
  }
}

/** @param hasNone whether the table has none of the columns needed: its file may have been read in a wrong way */
function missingColumns(
  absent: readonly string[],
  { names: found, records }: Table,
  hasNone: boolean,
): Error {
  const names = quoted(absent);
  const some = `${quoted(found.slice(0, 3))}${found.length > 3 ? ', …' : ''}`;
  const it = absent.length === 1 ? 'it' : 'them';
  return inputError(
    'missing_column',
    `The rows lack ${absent.length === 1 ? 'the column' : 'the columns'} ${names}, which the model needs.`,
    records !== undefined
      ? `Give ${it} in every record.`
      : hasNone
        ? `The file was read as ${found.length === 1 ? 'one column' : `${found.length} columns`}, ${some}: see that its first line names the columns (data.read.header), and what stands between them (data.read.delimiter).`
        : `Add ${it} to the header; cells may be empty where a value is missing.`,
    { columns: absent },
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name.slice(0, 80)}"`).join(', ');
}
