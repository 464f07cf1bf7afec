import * as v from 'valibot';
import type { DecimalMark } from './data/normalize.ts';
import { textCells } from './data/text-cells.ts';
import { typedColumn } from './data/typed-columns.ts';
import type { Table } from './data/table.ts';
import type { GraphInput, GraphOutput, ModelSession } from './engine.ts';
import { inputError, runError } from './errors.ts';
import { imagesAtOnce } from './extractors/images-at-once.ts';
import { imageTensor } from './features/images/image-column.ts';
import { readImageColumn } from './features/images/read-image-column.ts';
import { windowValues, type RawColumn } from './features/windows/window-column.ts';
import { forecastColumnNames, forecastRows } from './forecast/forecast-rows.ts';
import { windowsOfRecords } from './forecast/window-records.ts';
import { CONTRACT_KEY, sizesOf } from './onnx/export-model.ts';
import { readMetadata } from './onnx/metadata.ts';
import { Breather } from './pause.ts';
import type { ForecastMoment, Prediction } from './protocol.ts';
import { OUTPUT_NAMES } from './spec/build-contract.ts';
import { contractSchema, type Contract, type ContractInput } from './spec/contract.ts';
import { rankedWithin } from './ranking/ranked-predictions.ts';
import { refuseBreach } from './spec/pins.ts';
import { hasTarget } from './spec/tasks.ts';
import {
  AnswerBatches,
  refuseNoNumber,
  untargetedPrediction,
  type UntargetedAnswers,
} from './untargeted-answers.ts';

/** Rows that go through the graph at once. */
const BATCH_ROWS = 4096;
/** Features that a batch may have in all its rows: the graph writes some of them out more than once. */
const BATCH_FEATURES = 4_000_000;
/** The graph cuts texts into a table as wide as its longest text has words: of long ones fewer rows go at once. */
const BATCH_CHARACTERS = 4_000_000;

/** The contract that travels inside a model file. @throws TerrariumError where there is none */
export function readContract(onnxBytes: Uint8Array): Contract {
  const text = readMetadata(onnxBytes).get(CONTRACT_KEY);
  const parsed = text === undefined ? undefined : v.safeParse(contractSchema, JSON.parse(text));
  if (parsed?.success !== true) {
    throw inputError(
      'no_contract',
      'The ONNX model carries no Terrarium contract.',
      'Give the model.onnx that a Terrarium run wrote.',
    );
  }
  return parsed.output;
}

/** What the graph answered, as arrays: class indexes and probabilities, values, or scores. */
export interface GraphAnswers {
  readonly rows: number;
  /** Index of each row's label in the contract's classes (classification). */
  readonly labels: Int32Array;
  /** [rows, classes] (classification). */
  readonly probabilities: Float32Array;
  /** [rows] in the target's unit (regression), or scores (ranking). */
  readonly values: Float64Array;
  /** In their place, where the task has no target. */
  readonly untargeted?: UntargetedAnswers;
}

/**
 * Runs raw columns through the exported graph, block by block.
 * @param columns one per contract input, in the contract's order, each with `rows` values
 */
export async function runGraph(
  session: ModelSession,
  contract: Contract,
  columns: readonly RawColumn[],
  rows: number,
  signal?: AbortSignal,
): Promise<GraphAnswers> {
  const classes = contract.target.classes ?? [];
  const classIndex = new Map(classes.map((label, k) => [label, k]));
  const answers = {
    rows,
    labels: new Int32Array(classes.length === 0 ? 0 : rows),
    probabilities: new Float32Array(rows * classes.length),
    values: new Float64Array(classes.length === 0 && hasTarget(contract.task) ? rows : 0),
  };
  const untargeted = hasTarget(contract.task) ? null : new AnswerBatches();
  const valueName = contract.task === 'ranking' ? OUTPUT_NAMES.score : OUTPUT_NAMES.value;
  const breather = new Breather(signal);
  const texts = contract.inputs.flatMap(({ type }, i) =>
    type === 'text' ? (columns[i] ?? []) : [],
  );
  const fitting = Math.floor(BATCH_FEATURES / (contract.features ?? 1));
  const atOnce = contract.inputs.flatMap(({ preprocessing, extractor }) =>
    preprocessing === undefined || extractor === undefined ? [] : imagesAtOnce(preprocessing),
  );
  const batchRows = Math.min(BATCH_ROWS, Math.max(1, fitting), ...atOnce);
  for (let from = 0, to = 0; from < rows; from = to) {
    await breather.breathe();
    to = batchEnd(texts, from, Math.min(rows, from + batchRows));
    const inputs = Object.fromEntries(
      contract.inputs.map((input, i) => [input.tensor, graphInput(columns[i], input, from, to)]),
    );
    const outputs = await session.run(inputs, to - from);
    if (untargeted !== null) untargeted.add(outputs, to - from);
    else if (classes.length === 0) answers.values.set(numbersOf(outputs, valueName), from);
    else {
      answers.probabilities.set(
        numbersOf(outputs, OUTPUT_NAMES.probabilities),
        from * classes.length,
      );
      for (const [i, label] of textsOf(outputs, OUTPUT_NAMES.label).entries()) {
        answers.labels[from + i] = classIndex.get(label) ?? -1;
      }
    }
  }
  return untargeted === null ? answers : { ...answers, untargeted: untargeted.answers() };
}

/** Where a batch of at most so many rows ends: as many rows times their longest text as a batch may hold, at least one. */
function batchEnd(texts: readonly RawColumn[], from: number, most: number): number {
  let longest = 0;
  for (let row = from; row < most; row += 1) {
    for (const one of texts) {
      if (one.kind === 'text') longest = Math.max(longest, (one.values[row] ?? '').length);
    }
    if (row > from && longest * (row - from + 1) > BATCH_CHARACTERS) return row;
  }
  return most;
}

function graphInput(
  column: RawColumn | undefined,
  input: ContractInput,
  from: number,
  to: number,
): GraphInput {
  const { dtype } = input;
  if (column?.kind === 'image') {
    return { dtype: 'float32', values: imageTensor(column, from, to), sizes: sizesOf(input) };
  }
  if (column?.kind === 'text') return { dtype: 'string', values: column.values.slice(from, to) };
  const values =
    column?.kind === 'window'
      ? windowValues(column, from, to)
      : (column?.values.subarray(from, to) ?? new Float64Array(to - from).fill(NaN));
  return dtype === 'float32'
    ? { dtype, values: Float32Array.from(values) }
    : { dtype: 'float64', values };
}

function numbersOf(
  outputs: Readonly<Record<string, GraphOutput>>,
  name: string,
): Float32Array | Float64Array {
  const found = outputs[name];
  if (found instanceof Float32Array || found instanceof Float64Array) return found;
  throw runError('graph_output', `The model has no numeric output named "${name}".`);
}

function textsOf(outputs: Readonly<Record<string, GraphOutput>>, name: string): readonly string[] {
  const found = outputs[name];
  if (Array.isArray(found)) return found as readonly string[];
  throw runError('graph_output', `The model has no text output named "${name}".`);
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
      records.map((record) => (Object.hasOwn(record, name) ? cellText(record[name], decimal) : '')),
    );
    columns.push(await rawColumn({ names: [name], columns: [cells], rowCount }, input));
  }
  return predictColumns(session, contract, columns, rowCount);
}

/** As a cell of a file has it; numbers past 2^53 with an exponent, since plain digits of that length are codes. */
function cellText(value: RecordValue | undefined, decimal: DecimalMark = '.'): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'number') return String(value);
  const isLarge = Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return (isLarge ? value.toExponential() : String(value)).replace('.', decimal);
}
