import type { GraphOutput } from './engine.ts';
import { inputError, runError } from './errors.ts';
import type { AnswerKind } from './models/estimator.ts';
import type { Prediction } from './prediction.ts';
import { ANOMALY_LABELS, groupLabel, groupOf } from './spec/answer-labels.ts';

/** What the graph of a model without a target answered, row by row. */
export interface UntargetedAnswers {
  readonly kind: AnswerKind;
  /** Index of each row's group, or 1 for an anomaly and 0 for an ordinary row; components and texts have none. */
  readonly labels: Int32Array;
  /** [rows, width] as the kind says. */
  readonly numbers: Float32Array;
  readonly width: number;
}

/** Puts the outputs of one batch after the other together. */
export class AnswerBatches {
  readonly #labels: number[] = [];
  readonly #numbers: Float32Array[] = [];
  #kind: AnswerKind = 'distances';
  #rows = 0;

  add(outputs: Readonly<Record<string, GraphOutput>>, rows: number): void {
    const { kind, numbers } = numbersOf(outputs, rows);
    this.#kind = kind;
    this.#rows += rows;
    this.#numbers.push(numbers);
    if (kind === 'components' || kind === 'text') return;
    for (const label of textsOf(outputs)) this.#labels.push(indexOf(label, kind));
  }

  answers(): UntargetedAnswers {
    const labels = Int32Array.from(this.#labels);
    const numbers = new Float32Array(this.#numbers.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const batch of this.#numbers) {
      numbers.set(batch, at);
      at += batch.length;
    }
    const width = this.#rows === 0 ? 0 : numbers.length / this.#rows;
    return { kind: this.#kind, labels, numbers, width };
  }
}

function indexOf(label: string, kind: AnswerKind): number {
  return kind === 'score' ? ANOMALY_LABELS.findIndex((one) => one === label) : groupOf(label);
}

type Outputs = Readonly<Record<string, GraphOutput>>;

function numbersOf(
  outputs: Outputs,
  rows: number,
): { readonly kind: AnswerKind; readonly numbers: Float32Array } {
  const { probabilities, nats } = outputs;
  if (probabilities instanceof Float32Array && nats instanceof Float32Array) {
    return { kind: 'text', numbers: beside(probabilities, nats, rows) };
  }
  for (const kind of ['distances', 'probabilities'] as const) {
    const found = outputs[kind];
    if (found instanceof Float32Array) return { kind, numbers: found };
  }
  const { score, threshold, components, reconstruction_error: error } = outputs;
  if (score instanceof Float32Array && threshold instanceof Float32Array) {
    return { kind: 'score', numbers: beside(threshold, score, rows) };
  }
  if (components instanceof Float32Array && error instanceof Float32Array) {
    return { kind: 'components', numbers: beside(components, error, rows) };
  }
  throw runError(
    'graph_output',
    'The model has neither distances, nor probabilities, nor scores, nor components.',
  );
}

/** Two matrices of as many rows side by side, row-major. */
function beside(left: Float32Array, right: Float32Array, rows: number): Float32Array {
  const [m, n] = [left.length / rows, right.length / rows];
  const both = new Float32Array(left.length + right.length);
  for (let row = 0; row < rows; row += 1) {
    both.set(left.subarray(row * m, (row + 1) * m), row * (m + n));
    both.set(right.subarray(row * n, (row + 1) * n), row * (m + n) + m);
  }
  return both;
}

function textsOf({ label }: Outputs): readonly string[] {
  if (Array.isArray(label)) return label as readonly string[];
  throw runError('graph_output', 'The model has no text output named "label".');
}

/** Which label the numbers of a row stand for: the least distance's, or the largest of the others. */
export function winnerOf(numbers: Float32Array, kind: AnswerKind): number {
  const wanted = kind === 'distances' ? Math.min(...numbers) : Math.max(...numbers);
  return numbers.indexOf(wanted);
}

/**
 * @param classes the characters that a model of texts knows
 * @throws TerrariumError naming the row for which the model gives no number
 */
export function untargetedPrediction(
  { kind, labels, numbers, width }: UntargetedAnswers,
  row: number,
  classes: readonly string[] = [],
): Prediction {
  const own = numbers.subarray(row * width, (row + 1) * width);
  refuseNoNumber(own, row);
  const found = labels[row] ?? -1;
  switch (kind) {
    case 'text': {
      const probabilities = own.subarray(0, -1);
      const next = classes[winnerOf(probabilities, kind)] ?? '';
      const nats = own.at(-1) ?? NaN;
      return { task: 'language', next, probabilities: Array.from(probabilities), nats };
    }
    case 'components': {
      const components = Array.from(own.subarray(0, -1));
      return { task: 'reduction', components, reconstructionError: own.at(-1) ?? NaN };
    }
    case 'score': {
      const [threshold = NaN, score = NaN] = own;
      const label = ANOMALY_LABELS[found === 1 ? 1 : 0];
      return { task: 'anomaly_detection', label, score, threshold };
    }
    default:
      return { task: 'clustering', label: groupLabel(found), [kind]: Array.from(own) };
  }
}

/** @param row counted from 0 */
export function refuseNoNumber(numbers: Float32Array | Float64Array, row: number): void {
  if (numbers.every(Number.isFinite)) return;
  throw inputError(
    'no_prediction',
    `Row ${row + 1}: the model gives no number for it; a value is missing or too large for a model without an impute step.`,
    'Fill the row’s values in.',
    { row: row + 1 },
  );
}
