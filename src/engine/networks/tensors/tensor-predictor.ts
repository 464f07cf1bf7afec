import * as tf from '@tensorflow/tfjs-core';
import { answersOf } from '#core/language/next-character.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { NetworkTensors, Predictor } from '#engine/networks/network.ts';
import { readOnce } from './read-once.ts';
import { TensorStack } from './tensor-stack.ts';

/** Rows that go through the network at once. */
const PREDICT_ROWS = 8192;
/** The same of texts, which leave much on their way. */
export const TEXT_ROWS = 64;

export class TensorPredictor implements Predictor {
  readonly #stack: TensorStack;
  readonly #plan: NetworkPlan;

  constructor(weights: NetworkTensors, plan: NetworkPlan) {
    this.#stack = new TensorStack(plan, weights);
    this.#plan = plan;
  }

  async predict({ values, rows, width }: FeatureMatrix): Promise<Float32Array> {
    const { outputs, task, continues } = this.#plan;
    if (continues === true) return this.#continue({ values, rows, width });
    const all = new Float32Array(rows * outputs);
    for (let from = 0; from < rows; from += PREDICT_ROWS) {
      const count = Math.min(PREDICT_ROWS, rows - from);
      const part = values.slice(from * width, (from + count) * width);
      const answers = tf.tidy(() => {
        const output = this.#stack.forward(tf.tensor2d(part, [count, width]), { step: null });
        return task === 'classification' ? tf.softmax(output) : output;
      });
      all.set(await readOnce(answers), from * outputs);
    }
    return all;
  }

  /** Of texts what their logits say: [rows, outputs + 1]. */
  async #continue({
    values,
    rows: all,
    width,
  }: Pick<FeatureMatrix, 'values' | 'rows' | 'width'>): Promise<Float32Array> {
    const characters = this.#plan.outputs;
    const answers = new Float32Array(all * (characters + 1));
    for (let from = 0; from < all; from += TEXT_ROWS) {
      const rows = Math.min(TEXT_ROWS, all - from);
      const texts = { rows, width, values: values.slice(from * width, (from + rows) * width) };
      const logits = tf.tidy(() =>
        this.#stack.forward(tf.tensor2d(texts.values, [rows, width]), { step: null }),
      );
      const found = Float32Array.from(await readOnce(logits));
      const made = answersOf(texts, { values: found, step: characters, characters });
      answers.set(made, from * (characters + 1));
    }
    return answers;
  }

  dispose(): void {
    this.#stack.free();
  }
}
