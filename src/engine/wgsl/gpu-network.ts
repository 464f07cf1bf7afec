import { pow } from '#core/math.ts';
import type { TrainingMemory } from '#core/models/training-pulse.ts';
import { Breather } from '#core/breather.ts';
import { DeviceClock } from '#engine/device-clock.ts';
import {
  rowsOfBatch,
  type Batches,
  type Network,
  type NetworkStart,
  type NetworkTensors,
  type Validation,
} from '#engine/networks/network.ts';
import { putChangedRows } from './changed-rows.ts';
import { Gpu } from './gpu.ts';
import { allocateBuffers, fillBuffers, rowCountsOf, type RowCounts } from './network-buffers.ts';
import type { NetworkBuffers, Passes, Program } from './program.ts';
import { refuseManyGroups } from './refuse-many-groups.ts';
import { quadsOf, type Step } from './steps.ts';
import { packTensors, unpackTensors } from './stored-tensors.ts';
import { Submits } from './submits.ts';

/** Puts a network on the GPU. @throws TerrariumError where it does not fit there */
export async function startGpuNetwork(program: Program, start: NetworkStart): Promise<Network> {
  const gpu = await Gpu.open();
  try {
    const counts = rowCountsOf(start, program);
    const buffers = await allocateBuffers(gpu, program, counts, start);
    fillBuffers(gpu, program, buffers, start);
    const passes = await program.compile(gpu, buffers);
    refuseManyGroups(passes, counts, gpu.device.limits.maxComputeWorkgroupsPerDimension);
    const network = new GpuNetwork(gpu, program, start, counts, buffers, passes);
    network.load(start.first);
    return network;
  } catch (thrown) {
    gpu.free();
    throw thrown;
  }
}

/** A network whose data, weights and optimizer stay on the GPU. */
class GpuNetwork implements Network {
  readonly #gpu: Gpu;
  readonly #program: Program;
  readonly #start: NetworkStart;
  readonly #counts: RowCounts;
  readonly #buffers: NetworkBuffers;
  readonly #clock: DeviceClock;
  readonly #training: Submits;
  readonly #measuring: Submits;
  /** Of the weights as they are; null until it is known. */
  #validation: Validation | null = null;

  constructor(
    gpu: Gpu,
    program: Program,
    start: NetworkStart,
    counts: RowCounts,
    buffers: NetworkBuffers,
    { training, measuring }: Passes,
  ) {
    this.#gpu = gpu;
    this.#program = program;
    this.#start = start;
    this.#counts = counts;
    this.#buffers = buffers;
    this.#clock = new DeviceClock(gpu.device, buffers.times);
    this.#training = new Submits(gpu, this.#clock, buffers.steps, training);
    this.#measuring = new Submits(gpu, this.#clock, buffers.steps, measuring);
  }

  load(weights: NetworkTensors): void {
    const { kept, lengths } = this.#program;
    this.#gpu.write(this.#buffers.weights, 0, this.#program.pack(weights));
    this.#gpu.write(this.#buffers.kept, 0, packTensors(kept, lengths.kept, weights));
    this.#validation = null;
  }

  async trainBatches(batches: Batches, breather: Breather): Promise<Float64Array> {
    const { rates, order, rows } = batches;
    const [, end] = rowsOfBatch(batches, rates.length - 1);
    this.#gpu.write(this.#buffers.order, 0, await this.#rowsOf(batches, breather));
    const steps = stepsOf(batches, 2 * quadsOf(this.#counts.validation));
    await this.#training.run(steps, breather);
    const endsEpoch = end === order.length;
    if (endsEpoch) await this.#measuring.run(this.#blocks(), breather);
    const losses = await this.#readLosses(steps.length * quadsOf(rows));
    this.#validation = endsEpoch ? this.#validationOf(losses) : null;
    return Float64Array.from(steps, (step) => sumOf(losses, step));
  }

  /** Where the batches' rows stand in the data on the GPU. */
  #rowsOf(batches: Batches, breather: Breather): Promise<Uint32Array> | Int32Array {
    const { augmented, order, rates } = batches;
    if (augmented !== undefined) {
      return putChangedRows(this.#gpu, this.#buffers, this.#start, batches, augmented, breather);
    }
    const [start] = rowsOfBatch(batches, 0);
    const [, end] = rowsOfBatch(batches, rates.length - 1);
    return order.subarray(start, end);
  }

  async validate(): Promise<Validation> {
    if (this.#validation !== null) return this.#validation;
    await this.#measuring.run(this.#blocks(), new Breather());
    return this.#validationOf(await this.#readLosses(0));
  }

  get deviceMs(): number | null {
    return this.#clock.ms;
  }

  get memory(): TrainingMemory {
    return { of: 'gpu', bytes: this.#gpu.bytes, peakBytes: this.#gpu.bytes };
  }

  /** The validation rows, a block after the other. */
  #blocks(): Step[] {
    const { train, validation, block } = this.#counts;
    return Array.from({ length: Math.ceil(validation / block) }, (_, i) => ({
      first: train + i * block,
      rows: Math.min(block, validation - i * block),
      number: 0,
      losses: quadsOf(validation) + i * quadsOf(block),
      rate: 0,
      firstTotal: 1,
      secondTotal: 1,
    }));
  }

  /** The validation rows' hits and losses, a number for each quad, and so many losses of training rows. */
  async #readLosses(quads: number): Promise<Float32Array> {
    await this.#clock.read();
    const bytes = 4 * (2 * quadsOf(this.#counts.validation) + quads);
    return new Float32Array(await this.#gpu.read(this.#buffers.losses, 0, bytes));
  }

  #validationOf(losses: Float32Array): Validation {
    const { validation: rows } = this.#counts;
    const isClasses = this.#program.network.task === 'classification';
    return {
      loss: sumOf(losses, { losses: quadsOf(rows), rows }) / rows,
      hits: isClasses ? sumOf(losses, { losses: 0, rows }) : null,
    };
  }

  async weights(): Promise<NetworkTensors> {
    const { trained, kept, names, trainedLength, lengths } = this.#program;
    const [ofTrained, ofKept] = await Promise.all([
      this.#readVectors(this.#buffers.weights, 0, trainedLength),
      this.#readVectors(this.#buffers.kept, 0, lengths.kept),
    ]);
    const tensors = [...unpackTensors(trained, ofTrained), ...unpackTensors(kept, ofKept)];
    return tensors.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  }

  async state(): Promise<NetworkTensors> {
    const { trained, trainedLength } = this.#program;
    const parts = this.#prefixes().map(async (prefix, part) => {
      const from = part * trainedLength;
      const packed = await this.#readVectors(this.#buffers.moments, from, trainedLength);
      return unpackTensors(trained, packed, prefix);
    });
    return [...(await this.weights()), ...(await Promise.all(parts)).flat()];
  }

  restore(state: NetworkTensors): void {
    this.load(state);
    const { trained, trainedLength } = this.#program;
    for (const [part, prefix] of this.#prefixes().entries()) {
      const packed = packTensors(trained, trainedLength, state, prefix);
      this.#gpu.write(this.#buffers.moments, part * packed.byteLength, packed);
    }
  }

  /** What the names of the optimizer's tensors in a state begin with, one for each number that it has for a weight. */
  #prefixes(): string[] {
    const parts = this.#buffers.moments.size / (16 * this.#program.trainedLength);
    return ['first ', 'second '].slice(0, parts);
  }

  async #readVectors(buffer: GPUBuffer, from: number, count: number): Promise<Float32Array> {
    if (count === 0) return new Float32Array();
    return new Float32Array(await this.#gpu.read(buffer, 16 * from, 16 * count));
  }

  free(): void {
    this.#clock.free();
    this.#gpu.free();
  }
}

/** @param behind where the first one's losses go */
function stepsOf(batches: Batches, behind: number): Step[] {
  const { rates, rows, step } = batches;
  const [start] = rowsOfBatch(batches, 0);
  return Array.from(rates, (rate, i) => {
    const [first, end] = rowsOfBatch(batches, i);
    return {
      first: first - start,
      rows: end - first,
      number: step + i,
      losses: behind + i * quadsOf(rows),
      rate,
      firstTotal: 1 - pow(0.9, step + i + 1),
      secondTotal: 1 - pow(0.999, step + i + 1),
    };
  });
}

/** The sum of the losses of a step's rows. */
function sumOf(
  losses: Float32Array,
  { losses: from, rows }: Pick<Step, 'losses' | 'rows'>,
): number {
  let sum = 0;
  for (const loss of losses.subarray(from, from + quadsOf(rows))) sum += loss;
  return sum;
}
