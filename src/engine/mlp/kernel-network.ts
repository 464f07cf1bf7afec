import type { Address } from '#core/kernels/kernel-memory.ts';
import { startNetworkMachine, type NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { TrainingData, TrainingInput, WeightTensor } from '#core/models/estimator.ts';
import type { Breather } from '#core/pause.ts';
import { numberOf } from '#core/spec/parameters.ts';
import { AdamState } from './adam-state.ts';
import { heightOf, KernelLayers, type LayerPlace } from './kernel-layers.ts';
import { KernelPredictor } from './kernel-predictor.ts';
import type { MlpBackend, MlpNetwork, MlpShape } from './mlp-network.ts';

/** Validation rows that go through the network at once, where batches are smaller. */
const BLOCK_ROWS = 256;

/** Networks on our own SIMD kernels, with the same bits everywhere. */
export const kernelBackend: MlpBackend = {
  async start(input, shape, first) {
    return new KernelNetwork(await startNetworkMachine(), input, shape, first);
  },
  async predictor(weights, shape) {
    return new KernelPredictor(await startNetworkMachine(), weights, shape);
  },
};

/** Rows and targets in the kernels' memory. */
interface Held {
  readonly rows: number;
  readonly features: Address;
  /** uint32 classes, or float32 values. */
  readonly targets: Address;
}

class KernelNetwork implements MlpNetwork {
  readonly #machine: NetworkMachine;
  readonly #shape: MlpShape;
  readonly #layers: KernelLayers;
  readonly #adam: AdamState;
  readonly #train: Held;
  readonly #validation: Held;
  readonly #batchRows: number;
  readonly #blockRows: number;
  /** Derivatives by what each layer gives, the last layer's aside, which take the place of its sums. */
  readonly #derivatives: readonly Address[];
  /** Room for one kernel, transposed. */
  readonly #transposed: Address;
  readonly #order: Address;
  readonly #batchTargets: Address;

  constructor(
    machine: NetworkMachine,
    { train, validation, parameters }: TrainingInput,
    shape: MlpShape,
    first: readonly WeightTensor<Float32Array>[],
  ) {
    const { memory } = machine;
    this.#machine = machine;
    this.#shape = shape;
    this.#batchRows = Math.min(numberOf(parameters, 'batch_size'), train.features.rows);
    this.#blockRows = Math.max(this.#batchRows, BLOCK_ROWS);
    this.#layers = new KernelLayers(machine, shape, this.#blockRows);
    this.#layers.load(first);
    this.#adam = new AdamState(machine, this.#layers.layers, {
      rate: numberOf(parameters, 'learning_rate'),
      decay: numberOf(parameters, 'weight_decay'),
    });
    const hidden = this.#layers.layers.slice(0, -1);
    const height = heightOf(this.#batchRows);
    this.#derivatives = hidden.map(({ outputWidth }) => memory.take(4 * height * outputWidth));
    const sizes = this.#layers.layers.map((layer) => layer.inputWidth * layer.outputWidth);
    this.#transposed = memory.take(4 * Math.max(...sizes));
    this.#order = memory.take(4 * train.features.rows);
    this.#batchTargets = memory.take(4 * height);
    this.#train = this.#hold(train);
    this.#validation = this.#hold(validation);
  }

  #hold(data: TrainingData): Held {
    const { memory } = this.#machine;
    const { rows } = data.features;
    const features = memory.take(4 * rows * this.#layers.featureWidth);
    this.#layers.place(data.features, 0, rows, features);
    const targets = memory.take(4 * rows);
    const isClasses = this.#shape.task === 'classification';
    const view = isClasses ? memory.uint32(targets, rows) : memory.float32(targets, rows);
    view.set(data.target);
    return { rows, features, targets };
  }

  async trainEpoch(order: Int32Array, breather: Breather): Promise<number> {
    this.#machine.memory.int32(this.#order, order.length).set(order);
    let loss = 0;
    for (let from = 0; from < order.length; from += this.#batchRows) {
      await breather.breathe();
      const rows = Math.min(this.#batchRows, order.length - from);
      loss += this.#step(this.#order + 4 * from, rows);
    }
    return loss / order.length;
  }

  /** One step of the optimizer; gives the batch's loss, without the penalty, times its rows. */
  #step(order: Address, rows: number): number {
    const { kernels } = this.#machine;
    const { features, targets } = this.#train;
    const [batch = 0] = this.#layers.values;
    kernels.gatherRows(features, order, rows, 4 * this.#layers.featureWidth, batch);
    kernels.gatherWords(targets, order, rows, this.#batchTargets);
    this.#layers.forward(rows);
    const loss = this.#lossOf(this.#batchTargets, rows, true);
    this.#back(rows);
    this.#adam.step();
    return loss;
  }

  /** Σ of the losses of the rows that went through; in training their derivatives take the place of the last sums. */
  #lossOf(targets: Address, rows: number, isTraining: boolean): number {
    const { kernels } = this.#machine;
    const { at, step, outputs } = this.#layers.sums;
    const scale = 1 / rows;
    let loss: number;
    if (this.#shape.task === 'classification') {
      loss = kernels.softmax(at, step, rows, outputs, targets);
      if (isTraining) kernels.softmaxBack(at, step, rows, outputs, targets, scale);
    } else loss = kernels.squaredLoss(at, step, rows, targets, scale);
    if (isTraining) this.#clear(at, step, rows, outputs);
    return loss;
  }

  /** No derivative by what fills up widths and heights. */
  #clear(at: Address, step: number, rows: number, outputs: number): void {
    const { memory } = this.#machine;
    const width = step / 4;
    const all = memory.float32(at, heightOf(rows) * width);
    all.fill(0, rows * width);
    if (outputs === width) return;
    for (let row = 0; row < rows; row += 1) all.fill(0, row * width + outputs, (row + 1) * width);
  }

  /** Derivatives by all weights, from those by the last layer's sums. */
  #back(rows: number): void {
    for (let i = this.#layers.layers.length - 1; i >= 0; i -= 1) {
      const layer = this.#layers.layers[i];
      const own = this.#derivatives[i] ?? this.#layers.sums.at;
      if (layer === undefined) continue;
      this.#backToWeights(i, layer, own, rows);
      if (i > 0) this.#backToInputs(i, layer, own, rows);
    }
  }

  #backToWeights(i: number, layer: LayerPlace, own: Address, rows: number): void {
    const { kernels } = this.#machine;
    const { inputWidth, outputWidth } = layer;
    const given = this.#layers.values[i] ?? 0;
    const gradient = this.#adam.gradients[i] ?? 0;
    const height = heightOf(rows);
    kernels.multiply(
      given,
      4,
      4 * inputWidth,
      own,
      0,
      gradient,
      inputWidth,
      outputWidth,
      height,
      this.#layers.panel,
    );
    kernels.sumRows(own, height, outputWidth, gradient + 4 * inputWidth * outputWidth);
  }

  #backToInputs(i: number, layer: LayerPlace, own: Address, rows: number): void {
    const { kernels } = this.#machine;
    const { inputWidth, outputWidth, kernel } = layer;
    const given = this.#layers.values[i] ?? 0;
    const before = this.#derivatives[i - 1] ?? 0;
    const height = heightOf(rows);
    kernels.transpose(kernel, inputWidth, outputWidth, this.#transposed);
    kernels.multiply(
      own,
      4 * outputWidth,
      4,
      this.#transposed,
      0,
      before,
      height,
      inputWidth,
      outputWidth,
      this.#layers.panel,
    );
    const back = this.#shape.activation === 'relu' ? kernels.reluBack : kernels.tanhBack;
    back(before, given, height * inputWidth);
  }

  validationLoss(): Promise<number> {
    const { rows, features, targets } = this.#validation;
    const { featureWidth } = this.#layers;
    const { octets } = this.#machine.memory;
    const [block = 0] = this.#layers.values;
    let loss = 0;
    for (let from = 0; from < rows; from += this.#blockRows) {
      const count = Math.min(this.#blockRows, rows - from);
      const start = features + 4 * from * featureWidth;
      octets.copyWithin(block, start, start + 4 * count * featureWidth);
      this.#layers.forward(count);
      loss += this.#lossOf(targets + 4 * from, count, false);
    }
    return Promise.resolve(loss / rows);
  }

  weights(): Promise<readonly WeightTensor<Float32Array>[]> {
    return Promise.resolve(this.#layers.read());
  }

  free(): void {
    // The memory goes with the network.
  }
}
