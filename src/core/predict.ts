import * as v from 'valibot';
import { typedColumn } from './data/typed-columns.ts';
import type { Table } from './data/table.ts';
import type { ModelSession } from './engine.ts';
import { inputError } from './errors.ts';
import { readImageColumn } from './features/images/read-image-column.ts';
import type { RawColumn } from './features/windows/window-column.ts';
import { forecastRows } from './forecast/forecast-rows.ts';
import { windowsOfRecords } from './forecast/window-records.ts';
import { CONTRACT_KEY } from './onnx/export-model.ts';
import { readMetadata } from './onnx/metadata.ts';
import type { ForecastMoment, Prediction } from './prediction.ts';
import {
  CONTRACT_VERSION,
  contractSchema,
  type Contract,
  type ContractInput,
} from './spec/contract.ts';
import { rankedWithin } from './ranking/ranked-predictions.ts';
import { runGraph, type GraphAnswers } from './run-graph.ts';
import { cellsOfRecords, refuseNoRecord, type InputRecord } from './record-values.ts';
import { rowsOfContract } from './rows-of-contract.ts';
import { refuseBreach } from './spec/pins.ts';
import { refuseNewer } from './spec/refuse-newer.ts';
import { refuseNoNumber, untargetedPrediction } from './untargeted-answers.ts';

/** The contract that travels inside a model file. @throws TerrariumError where there is none, or a newer Terrarium's */
export function readContract(onnxBytes: Uint8Array): Contract {
  const text = readMetadata(onnxBytes).get(CONTRACT_KEY);
  const written = text === undefined ? undefined : parsedJson(text);
  refuseNewer('The model', written, CONTRACT_VERSION);
  const parsed = v.safeParse(contractSchema, written);
  if (!parsed.success) {
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
  given: Table,
  signal?: AbortSignal,
): Promise<Prediction[]> {
  const table = rowsOfContract(contract, given);
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

/**
 * Predicts records, typed or from JSON; a column that a record lacks is missing.
 * @throws TerrariumError naming row and column of a value that is not what the contract takes
 */
export async function predictRecords(
  session: ModelSession,
  contract: Contract,
  records: readonly InputRecord[],
): Promise<Prediction[]> {
  refuseNoRecord(records);
  const rowCount = records.length;
  const columns: RawColumn[] = [];
  for (const input of contract.inputs) {
    const { name, window } = input;
    if (window !== undefined) {
      columns.push(windowsOfRecords(input, window.rows, records));
      continue;
    }
    const cells = cellsOfRecords(records, input);
    columns.push(await rawColumn({ names: [name], columns: [cells], rowCount }, input));
  }
  return predictColumns(session, contract, columns, rowCount);
}
