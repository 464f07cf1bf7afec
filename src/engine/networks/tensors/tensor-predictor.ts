import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { NetworkTensors, Predictor } from '#engine/networks/network.ts';
import { readOnce } from './read-once.ts';
import { TensorStack } from './tensor-stack.ts';

/** Rows that go through the network at once. */
const PREDICT_ROWS = 8192;

export class TensorPredictor implements Predictor {
  readonly #stack: TensorStack;
  readonly #plan: NetworkPlan;

  constructor(weights: NetworkTensors, plan: NetworkPlan) {
    this.#stack = new TensorStack(plan, weights);
    this.#plan = plan;
  }

  async predict({ values, rows, width }: FeatureMatrix): Promise<Float32Array> {
    const { outputs, task } = this.#plan;
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

  dispose(): void {
    this.#stack.free();
  }
}
