import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { WeightTensor } from '#core/models/estimator.ts';
import { KernelLayers } from './kernel-layers.ts';
import type { MlpPredictor, MlpShape } from './mlp-network.ts';

/** Rows that go through the network at once. */
const PREDICT_ROWS = 512;

/** A trained network in a memory of its own. */
export class KernelPredictor implements MlpPredictor {
  readonly #layers: KernelLayers;
  readonly #isClasses: boolean;

  constructor(
    machine: NetworkMachine,
    weights: readonly WeightTensor<Float32Array>[],
    shape: MlpShape,
  ) {
    this.#layers = new KernelLayers(machine, shape, PREDICT_ROWS);
    this.#layers.load(weights);
    this.#isClasses = shape.task === 'classification';
  }

  predict(features: FeatureMatrix): Promise<Float32Array> {
    const { machine, sums, values } = this.#layers;
    const { at, step, outputs } = sums;
    const [block = 0] = values;
    const all = new Float32Array(features.rows * outputs);
    for (let from = 0; from < features.rows; from += PREDICT_ROWS) {
      const rows = Math.min(PREDICT_ROWS, features.rows - from);
      this.#layers.place(features, from, rows, block);
      this.#layers.forward(rows);
      if (this.#isClasses) machine.kernels.softmax(at, step, rows, outputs, 0);
      for (let row = 0; row < rows; row += 1) {
        all.set(machine.memory.float32(at + row * step, outputs), (from + row) * outputs);
      }
    }
    return Promise.resolve(all);
  }

  dispose(): void {
    // The memory goes with the predictor.
  }
}
