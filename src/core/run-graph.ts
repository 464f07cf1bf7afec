import type { GraphInput, GraphOutput, ModelSession } from './engine.ts';
import { runError } from './errors.ts';
import { imagesAtOnce } from './extractors/images-at-once.ts';
import { imageTensor } from './features/images/image-column.ts';
import { windowValues, type RawColumn } from './features/windows/window-column.ts';
import { sizesOf } from './onnx/export-model.ts';
import { Breather } from './breather.ts';
import { OUTPUT_NAMES } from './spec/build-contract.ts';
import type { Contract, ContractInput } from './spec/contract.ts';
import { hasTarget } from './spec/tasks.ts';
import { AnswerBatches, type UntargetedAnswers } from './untargeted-answers.ts';

/** Rows that go through the graph at once. */
const BATCH_ROWS = 4096;
/** Features that a batch may have in all its rows: the graph writes some of them out more than once. */
const BATCH_FEATURES = 4_000_000;
/** The graph cuts texts into a table as wide as its longest text has words: of long ones fewer rows go at once. */
const BATCH_CHARACTERS = 4_000_000;

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
