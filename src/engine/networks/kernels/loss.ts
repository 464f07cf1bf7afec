import type { Address } from '#core/kernels/kernel-memory.ts';
import { exp, ln } from '#core/math.ts';
import { sizeOf } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { heightOf } from './signal.ts';
import type { Stack } from './stack.ts';

/** What rows should give. */
export interface TargetRows {
  /** uint32 classes, float32 values, the features themselves, or uint32 codes of all places. */
  readonly targets: Address;
  /** float32, what each row counts; address 0 where each counts 1. */
  readonly weights: Address;
}

/** The loss of the rows that went through a network, from its last sums. */
export class Loss {
  readonly #stack: Stack;
  readonly #isClasses: boolean;
  readonly #outputs: number;
  readonly #reconstructs: boolean;
  readonly #smoothing: number;
  /** Sums to classify in a row: 1, or the places of a text. */
  readonly #places: number;

  /** @param smoothing the share of a row's target that all classes have in equal parts; no loss that is told has it */
  constructor(
    stack: Stack,
    { task, outputs, reconstructs, continues, input }: NetworkPlan,
    smoothing = 0,
  ) {
    this.#stack = stack;
    this.#isClasses = task === 'classification' || continues === true;
    this.#places = continues === true ? sizeOf(input) : 1;
    this.#outputs = outputs;
    this.#reconstructs = reconstructs === true;
    this.#smoothing = smoothing;
  }

  /** @returns Σ of the rows' losses; the sums are lost */
  measure(targets: Address, rows: number): number {
    const { at, width } = this.#stack.output;
    const { kernels } = this.#stack.machine;
    if (!this.#isClasses) return this.#squaredLoss({ targets, weights: 0 }, rows, 0);
    const places = this.#places;
    const step = (4 * width) / places;
    return kernels.softmax(at, step, rows * places, this.#outputs, targets, 0) / places;
  }

  /** After `measure`: of how many rows the class has the largest probability, the first of several; null without classes of rows. */
  hits(targets: Address, rows: number): number | null {
    if (!this.#isClasses || this.#places > 1) return null;
    const { at, width } = this.#stack.output;
    const { memory } = this.#stack.machine;
    const probabilities = memory.float32(at, rows * width);
    const labels = memory.uint32(targets, rows);
    let hits = 0;
    for (const [row, label] of labels.entries()) {
      const start = row * width;
      let best = start;
      for (let k = start + 1; k < start + this.#outputs; k += 1) {
        if ((probabilities[k] ?? 0) > (probabilities[best] ?? 0)) best = k;
      }
      if (best - start === label) hits += 1;
    }
    return hits;
  }

  /** As `measure`, and the derivatives of the mean loss by the sums; each row's counts by its weight. */
  differentiate(batch: TargetRows, rows: number): number {
    const { targets, weights } = batch;
    const [classes, smoothing] = [this.#outputs, this.#smoothing];
    const { at, width } = this.#stack.output;
    const { kernels } = this.#stack.machine;
    const places = this.#places;
    const count = rows * places;
    const scale = 1 / count;
    let loss: number;
    if (this.#isClasses) {
      const step = (4 * width) / places;
      loss = kernels.softmax(at, step, count, classes, targets, weights) / places;
      kernels.softmaxBack(at, step, count, classes, targets, scale, smoothing, weights);
    } else loss = this.#squaredLoss(batch, rows, scale);
    this.#toDerivatives(rows);
    return loss;
  }

  /**
   * The same where rows were mixed.
   * @param mixed shares of the classes [rows, outputs], or values [rows, 1], in the place of the batch's own
   */
  differentiateMixed(mixed: Float32Array, batch: TargetRows, rows: number): number {
    const { memory } = this.#stack.machine;
    if (!this.#isClasses) {
      memory.float32(batch.targets, rows).set(mixed);
      return this.differentiate(batch, rows);
    }
    const { at, width } = this.#stack.output;
    const classes = this.#outputs;
    const weights = batch.weights === 0 ? null : memory.float32(batch.weights, rows);
    let loss = 0;
    for (let row = 0; row < rows; row += 1) {
      const weight = weights?.[row] ?? 1;
      const sums = memory.float32(at + 4 * row * width, classes);
      const shares = mixed.subarray(row * classes, (row + 1) * classes);
      loss += weight * sharesLoss(sums, shares, weight / rows, this.#smoothing);
    }
    this.#toDerivatives(rows);
    return loss;
  }

  /** What stands in the place of the sums becomes the derivatives by them; those of rows and columns that fill up are 0. */
  #toDerivatives(rows: number): void {
    const { at, width, derivatives } = this.#stack.output;
    const { memory } = this.#stack.machine;
    const all = memory.float32(at, heightOf(rows) * width);
    const out = memory.float32(derivatives, heightOf(rows) * width).fill(0);
    const places = this.#places;
    for (let row = 0; row < rows * places; row += 1) {
      const start = (row * width) / places;
      for (let k = start; k < start + this.#outputs; k += 1) out[k] = all[k] ?? 0;
    }
  }

  /** @returns Σ of the rows' squared errors, of features their means; sums become derivatives of `scale` times that */
  #squaredLoss({ targets, weights }: TargetRows, rows: number, scale: number): number {
    const { at, width } = this.#stack.output;
    const { kernels } = this.#stack.machine;
    if (!this.#reconstructs) {
      return kernels.squaredLoss(at, 4 * width, rows, targets, scale, weights);
    }
    // Rows that come back lie as they went in: number by number, those that fill up are 0 on both sides.
    const share = 1 / this.#outputs;
    return share * kernels.squaredLoss(at, 4, rows * width, targets, share * scale, 0);
  }

  /** Sums become probabilities, where there are classes of rows. */
  answer(rows: number): void {
    const { at, width } = this.#stack.output;
    if (this.#isClasses && this.#places === 1) {
      this.#stack.machine.kernels.softmax(at, 4 * width, rows, this.#outputs, 0, 0);
    }
  }
}

/**
 * Cross-entropy of a row, in nats, whose target is shared among the classes. Its sums become `scale` times its derivatives.
 * @param smoothing as `Loss` has it: no part of the loss that is told
 */
function sharesLoss(
  sums: Float32Array,
  shares: Float32Array,
  scale: number,
  smoothing: number,
): number {
  const top = sums.reduce((most, one) => Math.max(most, one), -Infinity);
  const powers = Float64Array.from(sums, (one) => exp(one - top));
  const total = powers.reduce((sum, one) => sum + one, 0);
  const lost = ln(total);
  let loss = 0;
  for (const [k, share] of shares.entries()) {
    loss += share * (lost + top - (sums[k] ?? NaN));
    const aim = (1 - smoothing) * share + smoothing / shares.length;
    sums[k] = scale * ((powers[k] ?? NaN) / total - aim);
  }
  return loss;
}
