import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { BatchNormLayer } from '#core/networks/layer.ts';
import { answering, inverseDeviation, RUNNING_SHARE } from '#core/networks/layers/batch-norm.ts';
import { channelMatrix, type ChannelMatrix } from './channels.ts';
import type { KernelLayer, KernelLayerKind, KernelSite, Pass } from './kernel-layer.ts';
import { filledUp, heightOf, type Signal } from './signal.ts';

export const batchNorm: KernelLayerKind<BatchNormLayer> = {
  outputLayout: (_, input) => input,

  store(plan, input) {
    const { channels: columns, step } = channelMatrix(input);
    return { plan, rows: 1, rowStep: 1, columns, columnStep: step, height: 1 };
  },

  build: (_, site) => new BatchNorm(site),
};

/** The names of numbers that there is one of for each channel. */
type PerChannel = 'means' | 'variances' | 'inverses' | 'factors' | 'offsets' | 'slopes' | 'sums';

class BatchNorm implements KernelLayer {
  readonly output: Signal;
  readonly #machine: NetworkMachine;
  readonly #site: KernelSite;
  readonly #input: Signal;
  readonly #matrix: ChannelMatrix;
  /** What went in, normalized. */
  readonly #normalized: Address;
  readonly #own: Readonly<Record<PerChannel, Address>>;

  constructor(site: KernelSite) {
    const { machine, input, rows, trains } = site;
    const bytes = 4 * heightOf(rows) * input.width;
    this.#machine = machine;
    this.#site = site;
    this.#input = input;
    this.#matrix = channelMatrix(input);
    this.#normalized = trains ? machine.memory.take(bytes) : 0;
    const take = (): Address => machine.memory.take(4 * filledUp(this.#matrix.step));
    this.#own = {
      means: take(),
      variances: take(),
      inverses: take(),
      factors: take(),
      offsets: take(),
      slopes: take(),
      sums: take(),
    };
    const derivatives =
      input.derivatives === 0 && trains ? machine.memory.take(bytes) : input.derivatives;
    this.output = { ...input, at: machine.memory.take(bytes), derivatives };
  }

  forward({ rows, step }: Pass): void {
    if (step === null) this.#answer(rows);
    else this.#train(rows * this.#matrix.places);
  }

  #answer(rows: number): void {
    const [scale, offset] = [this.#tensor('scale'), this.#tensor('offset')];
    const given = answering(scale, offset, this.#tensor('mean'), this.#tensor('variance'));
    const { factors, offsets } = this.#own;
    this.#numbers(factors).set(given.factors);
    this.#numbers(offsets).set(given.offsets);
    const { places, step } = this.#matrix;
    const { kernels } = this.#machine;
    kernels.scaleColumns(this.#input.at, rows * places, step, factors, offsets, this.output.at);
  }

  #train(count: number): void {
    const { kernels } = this.#machine;
    const { step } = this.#matrix;
    const { means, variances, inverses } = this.#own;
    if (count === 1) this.#takeRunning();
    else {
      kernels.columnMoments(this.#input.at, count, step, means, variances);
      this.#run(count);
    }
    this.#numbers(inverses).set(this.#numbers(variances).map(inverseDeviation));
    kernels.normalize(this.#input.at, count, step, means, inverses, this.#normalized);
    const [scale, offset] = [this.#site.tensor('scale').at, this.#site.tensor('offset').at];
    kernels.scaleColumns(this.#normalized, count, step, scale, offset, this.output.at);
  }

  /** Normalizes by the running means. */
  #takeRunning(): void {
    this.#numbers(this.#own.means).set(this.#tensor('mean'));
    this.#numbers(this.#own.variances).set(this.#tensor('variance'));
  }

  /** Moves the running means towards the batch's; their variance is that of a sample. */
  #run(count: number): void {
    const sample = count / (count - 1);
    const towards = (running: Float32Array, batch: Float32Array, factor: number): void => {
      for (const [i, value] of running.entries()) {
        running[i] = (1 - RUNNING_SHARE) * value + RUNNING_SHARE * factor * (batch[i] ?? NaN);
      }
    };
    towards(this.#tensor('mean'), this.#numbers(this.#own.means), 1);
    towards(this.#tensor('variance'), this.#numbers(this.#own.variances), sample);
  }

  back({ rows }: Pass): void {
    const { kernels } = this.#machine;
    const { places, step } = this.#matrix;
    const count = rows * places;
    const { derivatives } = this.output;
    const { inverses, slopes, sums, means } = this.#own;
    const [scale, offset] = [this.#site.tensor('scale'), this.#site.tensor('offset')];
    kernels.sumProducts(derivatives, this.#normalized, count, step, scale.gradient);
    kernels.sumRows(derivatives, count, step, offset.gradient);
    const inverse = this.#numbers(inverses);
    const slope = this.#tensor('scale').map((factor, i) => factor * (inverse[i] ?? NaN));
    this.#numbers(slopes).set(slope);
    // One row is normalized by what is not its own, so that nothing comes back through that.
    const share = count === 1 ? 0 : 1 / count;
    const shared = (from: Address, to: Address): void => {
      this.#numbers(to).set(this.#numbers(from).map((sum) => share * sum));
    };
    shared(offset.gradient, means);
    shared(scale.gradient, sums);
    kernels.normalizeBack(derivatives, this.#normalized, count, step, slopes, means, sums);
  }

  #tensor(role: string): Float32Array {
    return this.#numbers(this.#site.tensor(role).at);
  }

  #numbers(at: Address): Float32Array {
    return this.#machine.memory.float32(at, this.#matrix.channels);
  }
}
