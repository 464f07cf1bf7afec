import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { heightOf } from './signal.ts';
import type { Stack } from './stack.ts';

/** The loss of the rows that went through a network, from its last sums. */
export class Loss {
  readonly #stack: Stack;
  readonly #isClasses: boolean;
  readonly #outputs: number;
  readonly #reconstructs: boolean;

  constructor(stack: Stack, { task, outputs, reconstructs }: NetworkPlan) {
    this.#stack = stack;
    this.#isClasses = task === 'classification';
    this.#outputs = outputs;
    this.#reconstructs = reconstructs === true;
  }

  /** @returns Σ of the rows' losses; the sums are lost */
  measure(targets: Address, rows: number): number {
    const { at, width } = this.#stack.output;
    const { kernels } = this.#stack.machine;
    return this.#isClasses
      ? kernels.softmax(at, 4 * width, rows, this.#outputs, targets)
      : this.#squaredLoss(targets, rows, 0);
  }

  /** The same, and the derivatives of the mean loss by the sums. */
  differentiate(targets: Address, rows: number): number {
    const { at, width, derivatives } = this.#stack.output;
    const { kernels, memory } = this.#stack.machine;
    const scale = 1 / rows;
    let loss: number;
    if (this.#isClasses) {
      loss = kernels.softmax(at, 4 * width, rows, this.#outputs, targets);
      kernels.softmaxBack(at, 4 * width, rows, this.#outputs, targets, scale);
    } else loss = this.#squaredLoss(targets, rows, scale);
    const all = memory.float32(at, heightOf(rows) * width);
    const out = memory.float32(derivatives, heightOf(rows) * width).fill(0);
    for (let row = 0; row < rows; row += 1) {
      const start = row * width;
      for (let k = start; k < start + this.#outputs; k += 1) out[k] = all[k] ?? 0;
    }
    return loss;
  }

  /** @returns Σ of the rows' squared errors, of features their means; sums become derivatives of `scale` times that */
  #squaredLoss(targets: Address, rows: number, scale: number): number {
    const { at, width } = this.#stack.output;
    const { kernels } = this.#stack.machine;
    if (!this.#reconstructs) return kernels.squaredLoss(at, 4 * width, rows, targets, scale);
    // Rows that come back lie as they went in: number by number, those that fill up are 0 on both sides.
    const share = 1 / this.#outputs;
    return share * kernels.squaredLoss(at, 4, rows * width, targets, share * scale);
  }

  /** Sums become probabilities, where there are classes. */
  answer(rows: number): void {
    const { at, width } = this.#stack.output;
    if (this.#isClasses) {
      this.#stack.machine.kernels.softmax(at, 4 * width, rows, this.#outputs, 0);
    }
  }
}
