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
  if (refused.length > 0) throw missingColumns(refused, table.records !== undefined);
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

function missingColumns(absent: readonly string[], ofRecords: boolean): Error {
  const names = absent.map((name) => `"${name}"`).join(', ');
  const it = absent.length === 1 ? 'it' : 'them';
  return inputError(
    'missing_column',
    `The rows lack ${absent.length === 1 ? 'the column' : 'the columns'} ${names}, which the model needs.`,
    ofRecords
      ? `Give ${it} in every record.`
      : `Add ${it} to the header; cells may be empty where a value is missing.`,
    { columns: absent },
  );
}
