import * as v from 'valibot';
import { recordText } from './data/record-text.ts';
import { textCells } from './data/text-cells.ts';
import { typedColumn } from './data/typed-columns.ts';
import type { Table } from './data/table.ts';
import type { ModelSession } from './engine.ts';
import { inputError } from './errors.ts';
import { readImageColumn } from './features/images/read-image-column.ts';
import type { RawColumn } from './features/windows/window-column.ts';
import { forecastColumnNames, forecastRows } from './forecast/forecast-rows.ts';
import { windowsOfRecords } from './forecast/window-records.ts';
import { CONTRACT_KEY } from './onnx/export-model.ts';
import { readMetadata } from './onnx/metadata.ts';
import type { ForecastMoment, Prediction } from './prediction.ts';
import { contractSchema, type Contract, type ContractInput } from './spec/contract.ts';
import { rankedWithin } from './ranking/ranked-predictions.ts';
import { runGraph, type GraphAnswers } from './run-graph.ts';
import { refuseBreach } from './spec/pins.ts';
import { refuseNoNumber, untargetedPrediction } from './untargeted-answers.ts';

/** The contract that travels inside a model file. @throws TerrariumError where there is none */
export function readContract(onnxBytes: Uint8Array): Contract {
  const text = readMetadata(onnxBytes).get(CONTRACT_KEY);
  const parsed = text === undefined ? undefined : v.safeParse(contractSchema, parsedJson(text));
  if (parsed?.success !== true) {
    throw inputError(
      'no_contract',
      'The ONNX model carries no Terrarium contract.',
      'Give the model.onnx that a Terrarium run wrote.',
    );
  }
  return parsed.output;
}

/** Undefined where a text is no JSON: bytes of the file have been changed. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Predicts every row of a table of raw texts; a forecast is made for each series, from its last rows, and a ranking ranks
 * rows within their queries.
 * @throws TerrariumError naming the column that is absent, or the row and column of a bad number or of a value that
 * the contract does not allow
 */
export async function predictTable(
  session: ModelSession,
  contract: Contract,
  table: Table,
  signal?: AbortSignal,
): Promise<Prediction[]> {
  const absent = neededColumns(contract).filter((name) => !table.names.includes(name));
  if (absent.length > 0) {
    const names = absent.map((name) => `"${name}"`).join(', ');
    throw inputError(
      'missing_column',
      `The rows lack ${absent.length === 1 ? 'the column' : 'the columns'} ${names}, which the model needs.`,
      `Add ${absent.length === 1 ? 'it' : 'them'} to the header; cells may be empty where a value is missing.`,
      { columns: absent },
    );
  }
  if (contract.forecast !== undefined) {
    const { columns, moments } = forecastRows(contract, contract.forecast, table);
    return predictColumns(session, contract, columns, moments.length, moments, signal);
  }
  const columns: RawColumn[] = [];
  for (const input of contract.inputs) columns.push(await rawColumn(table, input, signal));
  const found = await predictColumns(session, contract, columns, table.rowCount, [], signal);
  return contract.query === undefined ? found : rankedWithin(contract.query, table, found);
}

/** A column of a table as the graph takes it. */
async function rawColumn(
  table: Table,
  input: ContractInput,
  signal?: AbortSignal,
): Promise<RawColumn> {
  const { name, preprocessing, extractor } = input;
  if (preprocessing !== undefined) {
    const asked = { name, preprocessing, isForExtractor: extractor !== undefined };
    return readImageColumn(table, asked, { signal });
  }
  const column = typedColumn(table, input);
  refuseBreach(column, input);
  return column;
}

function neededColumns(contract: Contract): readonly string[] {
  const { query } = contract;
  return [...(query === undefined ? [] : [query.name]), ...forecastColumnNames(contract)];
}

async function predictColumns(
  session: ModelSession,
  contract: Contract,
  columns: readonly RawColumn[],
  rows: number,
  moments: readonly ForecastMoment[] = [],
  signal?: AbortSignal,
): Promise<Prediction[]> {
  const answers = await runGraph(session, contract, columns, rows, signal);
  return Array.from({ length: rows }, (_, row) => {
    const prediction = predictionAt(answers, contract, row);
    const moment = moments[row];
    return moment === undefined || prediction.task !== 'regression'
      ? prediction
      : { ...prediction, moment };
  });
}

function predictionAt(answers: GraphAnswers, contract: Contract, row: number): Prediction {
  if (answers.untargeted !== undefined) {
    return untargetedPrediction(answers.untargeted, row, contract.target.classes);
  }
  const { classes } = contract.target;
  const numbers =
    classes === undefined
      ? answers.values.subarray(row, row + 1)
      : answers.probabilities.subarray(row * classes.length, (row + 1) * classes.length);
  refuseNoNumber(numbers, row);
  if (contract.task === 'ranking') return { task: 'ranking', score: numbers[0] ?? NaN };
  if (classes === undefined) return { task: 'regression', value: numbers[0] ?? NaN };
  const label = classes[answers.labels[row] ?? -1] ?? '';
  return { task: 'classification', label, probabilities: Array.from(numbers) };
}

/** A value of a record: a text as a person types it, what JSON has, a forecast's window as a list, or an image as a data URL. */
export type RecordValue = string | number | boolean | null | readonly (number | null)[];

/** Predicts records, typed or from JSON; a column that a record lacks is missing. */
export async function predictRecords(
  session: ModelSession,
  contract: Contract,
  records: readonly Readonly<Record<string, RecordValue>>[],
): Promise<Prediction[]> {
  const rowCount = records.length;
  const columns: RawColumn[] = [];
  for (const input of contract.inputs) {
    const { name, decimal, window } = input;
    if (window !== undefined) {
      columns.push(windowsOfRecords(input, window.rows, records));
      continue;
    }
    const cells = textCells(
      records.map((record) =>
        Object.hasOwn(record, name) ? recordText(record[name], decimal) : '',
      ),
    );
    columns.push(await rawColumn({ names: [name], columns: [cells], rowCount }, input));
  }
  return predictColumns(session, contract, columns, rowCount);
}
