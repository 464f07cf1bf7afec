import { toFailure } from '#core/errors.ts';
import { startNetworkMachine, type NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { Address } from '#core/kernels/kernel-memory.ts';
import type { AugmentedBatch } from '#core/networks/augmentation/augmenter.ts';
import { pastMemory } from '#core/networks/memory-need.ts';
import type { TrainingMemory } from '#core/models/training-pulse.ts';
import { ONE_THREAD, type Threads } from '#core/parallel/threads.ts';
import type { Breather } from '#core/breather.ts';
import {
  rowsOfBatch,
  type Batches,
  type Network,
  type NetworkBackend,
  type NetworkStart,
  type NetworkTensors,
  type Validation,
} from '#engine/networks/network.ts';
import { holdRows, type HeldRows } from './held-rows.ts';
import { KernelPredictor } from './kernel-predictor.ts';
import { clipGradients } from './clip-gradients.ts';
import { Loss, type TargetRows } from './loss.ts';
import type { KernelOptimizer } from './optimizers/optimizer.ts';
import { kernelOptimizer } from './optimizers/registry.ts';
import { rowsAtOnce, Stack } from './stack.ts';
import { roundMsFor, threadsWorth } from './worth-threads.ts';

/** Validation rows that go through the network at once, where batches are smaller. */
const BLOCK_ROWS = 256;

/** Networks on our own SIMD kernels, with the same bits everywhere. */
export const kernelBackend: NetworkBackend = {
  async start(start) {
    const threads = threadsWorth(start);
    if (threads.count === 1) return startOn(ONE_THREAD, start);
    try {
      return await startOn(threads, start);
    } catch (thrown) {
      // Each thread takes room for itself, and one alone may do with what is allowed.
      if (toFailure(thrown).code !== 'memory_budget') throw thrown;
      return startOn(ONE_THREAD, start);
    }
  },
  async predictor(weights, plan) {
    return new KernelPredictor(await startNetworkMachine(), weights, plan);
  },
};

async function startOn(threads: Threads, start: NetworkStart): Promise<Network> {
  const machine = await startNetworkMachine(threads);
  try {
    const bytes = start.settings.maxMemoryBytes;
    machine.memory.limit({ bytes, refusal: (needed) => pastMemory(needed, bytes) });
    return new KernelNetwork(machine, start, roundMsFor(threads));
  } catch (thrown) {
    machine.crew.end();
    throw thrown;
  }
}

class KernelNetwork implements Network {
  readonly deviceMs = null;
  readonly #machine: NetworkMachine;
  readonly #stack: Stack;
  readonly #loss: Loss;
  readonly #optimizer: KernelOptimizer;
  readonly #train: HeldRows;
  readonly #validation: HeldRows;
  readonly #blockRows: number;
  readonly #order: Address;
  readonly #batch: TargetRows;
  readonly #clipNorm: number;

  constructor(own: NetworkMachine, start: NetworkStart, roundMs: number) {
    const { plan, settings, first, train, validation } = start;
    const { memory } = own;
    const batchRows = Math.min(settings.batchRows, train.features.rows);
    this.#blockRows = Math.max(batchRows, rowsAtOnce(plan, BLOCK_ROWS));
    this.#stack = new Stack(own, plan, this.#blockRows, start.seed, roundMs);
    const { machine } = this.#stack;
    this.#machine = machine;
    this.#stack.arena.load(first);
    this.#loss = new Loss(this.#stack, plan, settings.labelSmoothing);
    this.#optimizer = kernelOptimizer({ machine, arena: this.#stack.arena, settings });
    this.#order = memory.take(4 * train.features.rows);
    this.#train = holdRows(this.#stack, train, plan);
    this.#validation = holdRows(this.#stack, validation, plan);
    this.#batch = {
      targets: memory.take(this.#train.targetBytes * batchRows),
      weights: this.#train.weights === 0 ? 0 : memory.take(4 * batchRows),
    };
    this.#clipNorm = settings.clipNorm;
  }

  async trainBatches(batches: Batches, breather: Breather): Promise<Float64Array> {
    const { order, rates, step } = batches;
    this.#machine.memory.int32(this.#order, order.length).set(order);
    const losses = new Float64Array(rates.length);
    for (const [i, rate] of rates.entries()) {
      await breather.breathe();
      const [from, to] = rowsOfBatch(batches, i);
      const augmented = batches.augmented?.(i);
      this.#gather(this.#order + 4 * from, to - from, augmented);
      losses[i] = this.#forwardAndBack(to - from, step + i, augmented?.targets);
      clipGradients(this.#machine, this.#stack.arena, this.#clipNorm);
      this.#optimizer.step(rate);
    }
    return losses;
  }

  /** Brings the rows of a batch to where they are worked on, as they are or changed by chance. */
  #gather(order: Address, rows: number, augmented: AugmentedBatch | undefined): void {
    const { kernels, memory } = this.#machine;
    const { features, targets, weights, targetBytes } = this.#train;
    const { input } = this.#stack;
    if (augmented === undefined) {
      kernels.gatherRows(features, order, rows, 4 * input.width, input.at);
    } else {
      const { features: values } = augmented;
      this.#stack.place({ values, width: values.length / rows }, 0, rows, input.at);
    }
    if (targetBytes === 4) kernels.gatherWords(targets, order, rows, this.#batch.targets);
    else kernels.gatherRows(targets, order, rows, targetBytes, this.#batch.targets);
    if (augmented?.weights !== undefined) {
      memory.float32(this.#batch.weights, rows).set(augmented.weights);
    } else if (weights !== 0) kernels.gatherWords(weights, order, rows, this.#batch.weights);
  }

  /** Gradients of the batch; gives the sum of its losses. */
  #forwardAndBack(rows: number, step: number, mixed: Float32Array | undefined): number {
    const pass = { rows, step };
    this.#stack.forward(pass);
    const loss =
      mixed === undefined
        ? this.#loss.differentiate(this.#batch, rows)
        : this.#loss.differentiateMixed(mixed, this.#batch, rows);
    this.#stack.back(pass);
    return loss;
  }

  validate(): Promise<Validation> {
    const { rows, features, targets, targetBytes } = this.#validation;
    const { at, width } = this.#stack.input;
    const { octets } = this.#machine.memory;
    let loss = 0;
    let hits = 0;
    for (let from = 0; from < rows; from += this.#blockRows) {
      const count = Math.min(this.#blockRows, rows - from);
      const start = features + 4 * from * width;
      octets.copyWithin(at, start, start + 4 * count * width);
      this.#stack.forward({ rows: count, step: null });
      const wanted = targets + targetBytes * from;
      loss += this.#loss.measure(wanted, count);
      hits += this.#loss.hits(wanted, count) ?? NaN;
    }
    return Promise.resolve({ loss: loss / rows, hits: Number.isNaN(hits) ? null : hits });
  }

  /** Never given back while it trains. */
  get memory(): TrainingMemory {
    const bytes = this.#machine.memory.wasm.buffer.byteLength;
    return { of: 'kernels', bytes, peakBytes: bytes };
  }

  weights(): Promise<NetworkTensors> {
    return Promise.resolve(this.#stack.arena.read());
  }

  state(): Promise<NetworkTensors> {
    return Promise.resolve([...this.#stack.arena.read(), ...this.#optimizer.state()]);
  }

  restore(state: NetworkTensors, step: number): void {
    this.#stack.arena.load(state);
    this.#optimizer.restore(state, step);
  }

  free(): void {
    // The memory goes with the network.
    this.#machine.crew.end();
  }
}
