import type { FeatureMatrix } from '#core/features/matrix.ts';
import { answersOf } from '#core/language/next-character.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { NetworkTensors, Predictor } from '#engine/networks/network.ts';
import { Loss } from './loss.ts';
import { rowsAtOnce, Stack } from './stack.ts';

/** Rows that go through the network at once, at most. */
const PREDICT_ROWS = 512;

/** A trained network in a memory of its own. */
export class KernelPredictor implements Predictor {
  readonly #stack: Stack;
  readonly #loss: Loss;
  readonly #outputs: number;
  readonly #rows: number;
  readonly #continues: boolean;

  constructor(machine: NetworkMachine, weights: NetworkTensors, plan: NetworkPlan) {
    this.#rows = rowsAtOnce(plan, PREDICT_ROWS);
    this.#stack = new Stack(machine, plan, this.#rows, null);
    this.#stack.arena.load(weights);
    this.#loss = new Loss(this.#stack, plan);
    this.#outputs = plan.outputs;
    this.#continues = plan.continues === true;
  }

  predict(features: FeatureMatrix): Promise<Float32Array> {
    if (this.#continues) return Promise.resolve(this.#continue(features));
    const { machine, input, output } = this.#stack;
    const outputs = this.#outputs;
    const all = new Float32Array(features.rows * outputs);
    for (let from = 0; from < features.rows; from += this.#rows) {
      const rows = Math.min(this.#rows, features.rows - from);
      this.#stack.place(features, from, rows, input.at);
      this.#stack.forward({ rows, step: null });
      this.#loss.answer(rows);
      for (let row = 0; row < rows; row += 1) {
        const at = output.at + 4 * row * output.width;
        all.set(machine.memory.float32(at, outputs), (from + row) * outputs);
      }
    }
    return Promise.resolve(all);
  }

  /** Of texts what their logits say: [rows, outputs + 1]. */
  #continue({ rows: all, width, values }: FeatureMatrix): Float32Array {
    const { machine, input, output } = this.#stack;
    const characters = this.#outputs;
    const answers = new Float32Array(all * (characters + 1));
    for (let from = 0; from < all; from += this.#rows) {
      const rows = Math.min(this.#rows, all - from);
      const texts = { rows, width, values: values.subarray(from * width, (from + rows) * width) };
      this.#stack.place(texts, 0, rows, input.at);
      this.#stack.forward({ rows, step: null });
      const logits = machine.memory.float32(output.at, rows * output.width);
      const step = output.channelStep;
      answers.set(answersOf(texts, { values: logits, step, characters }), from * (characters + 1));
    }
    return answers;
  }

  dispose(): void {
    // The memory goes with the predictor.
  }
}
