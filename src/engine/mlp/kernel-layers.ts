import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { WeightTensor } from '#core/models/estimator.ts';
import type { MlpShape } from './mlp-network.ts';

/** A layer's weights in the kernels' memory; widths are multiples of 8, and what is too much is 0. */
export interface LayerPlace {
  readonly inputs: number;
  readonly outputs: number;
  readonly inputWidth: number;
  readonly outputWidth: number;
  /** The kernel [inputWidth, outputWidth], and behind it the bias [outputWidth]. */
  readonly kernel: Address;
  readonly bias: Address;
}

export function widthOf(size: number): number {
  return 8 * Math.ceil(size / 8);
}

/** The kernels take rows in fours. */
export function heightOf(rows: number): number {
  return 4 * Math.ceil(rows / 4);
}

/** The layers of a network in the memory of kernels, and what goes through them. */
export class KernelLayers {
  readonly machine: NetworkMachine;
  readonly layers: readonly LayerPlace[];
  /** What each layer gives for a block of rows, the features first: [heightOf(rows), width] float32. */
  readonly values: readonly Address[];
  readonly panel: Address;
  readonly #shape: MlpShape;

  /** @param rows that go through at once, at most */
  constructor(machine: NetworkMachine, shape: MlpShape, rows: number) {
    const { memory } = machine;
    this.machine = machine;
    this.#shape = shape;
    this.layers = shape.sizes.slice(1).map((outputs, i) => {
      const inputs = shape.sizes[i] ?? 0;
      const [inputWidth, outputWidth] = [widthOf(inputs), widthOf(outputs)];
      const kernel = memory.take(4 * (inputWidth + 1) * outputWidth);
      const bias = kernel + 4 * inputWidth * outputWidth;
      return { inputs, outputs, inputWidth, outputWidth, kernel, bias };
    });
    const height = heightOf(rows);
    this.values = shape.sizes.map((size) => memory.take(4 * height * widthOf(size)));
    const deepest = Math.max(height, ...shape.sizes.map(widthOf));
    this.panel = memory.take(32 * deepest);
  }

  /** Numbers in a row of features. */
  get featureWidth(): number {
    return widthOf(this.#shape.sizes[0] ?? 0);
  }

  /** Where the last layer's sums stand after `forward`, and the bytes from row to row. */
  get sums(): { readonly at: Address; readonly step: number; readonly outputs: number } {
    const outputs = this.#shape.sizes.at(-1) ?? 1;
    return { at: this.values.at(-1) ?? 0, step: 4 * widthOf(outputs), outputs };
  }

  /** Sends the rows that stand in the first of `values` through all layers. */
  forward(rows: number): void {
    const { kernels } = this.machine;
    const height = heightOf(rows);
    for (const [i, layer] of this.layers.entries()) {
      const { inputWidth, outputWidth, kernel, bias } = layer;
      const [from = 0, to = 0] = this.values.slice(i, i + 2);
      const step = 4 * inputWidth;
      kernels.multiply(
        from,
        step,
        4,
        kernel,
        bias,
        to,
        height,
        outputWidth,
        inputWidth,
        this.panel,
      );
      if (i < this.layers.length - 1) {
        kernels[this.#shape.activation](to, height * outputWidth);
      }
    }
  }

  /** @param weights a kernel and a bias for each layer, in their order */
  load(weights: readonly WeightTensor<Float32Array>[]): void {
    const { memory } = this.machine;
    for (const [i, { inputs, outputs, outputWidth, kernel, bias }] of this.layers.entries()) {
      const [given, offsets] = [weights[2 * i]?.values, weights[2 * i + 1]?.values];
      if (given === undefined || offsets === undefined) throw new RangeError(`no layer ${i}`);
      for (let row = 0; row < inputs; row += 1) {
        const from = given.subarray(row * outputs, (row + 1) * outputs);
        memory.float32(kernel + 4 * row * outputWidth, outputs).set(from);
      }
      memory.float32(bias, outputs).set(offsets);
    }
  }

  read(): WeightTensor<Float32Array>[] {
    const { memory } = this.machine;
    return this.layers.flatMap(({ inputs, outputs, outputWidth, kernel, bias }, i) => {
      const values = new Float32Array(inputs * outputs);
      for (let row = 0; row < inputs; row += 1) {
        values.set(memory.float32(kernel + 4 * row * outputWidth, outputs), row * outputs);
      }
      return [
        { name: `kernel_${i}`, shape: [inputs, outputs], values },
        { name: `bias_${i}`, shape: [outputs], values: memory.float32(bias, outputs).slice() },
      ];
    });
  }

  /** Puts rows of features at a place, each `featureWidth` long. */
  place({ values, width }: FeatureMatrix, from: number, rows: number, at: Address): void {
    const { memory } = this.machine;
    const target = memory.float32(at, rows * this.featureWidth);
    for (let row = 0; row < rows; row += 1) {
      const start = (from + row) * width;
      target.set(values.subarray(start, start + width), row * this.featureWidth);
    }
  }
}
