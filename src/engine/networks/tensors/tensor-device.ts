import * as tf from '@tensorflow/tfjs-core';
import { runError } from '#core/errors.ts';
import type { TrainingMemory } from '#core/models/training-pulse.ts';
import { pastMemory } from '#core/networks/memory-need.ts';
import { CLOCK_BYTES, DeviceClock } from '#engine/device-clock.ts';
import { DeviceWatch } from '#engine/device-watch.ts';
import type { Network, Predictor } from '#engine/networks/network.ts';

/** What tfjs's backend does not show of itself. */
interface Backend {
  readonly device: GPUDevice;
  readonly bufferManager: BufferManager;
  readonly commandEncoder: GPUCommandEncoder | null;
  endComputePassEncoder(): void;
  submitQueue(): void;
  runWebGPUProgram(program: Program, ...more: readonly unknown[]): unknown;
}

/** A shader of tfjs's. */
interface Program {
  /** Whether its threads add to the same numbers, in no fixed order. */
  readonly atomic?: boolean;
}

interface BufferManager {
  readonly freeBuffers: Map<string, GPUBuffer[]>;
  numFreeBuffers: number;
  readonly numBytesUsed: number;
  /** With those that wait to be used again. */
  numBytesAllocated: number;
  readonly usedBuffers: Map<string, GPUBuffer[]>;
  acquireBuffer(size: number, ...more: readonly unknown[]): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse: boolean): void;
}

/** Passes of a submit, at most: tfjs hands in its shaders by fifteens, and a pass holds one or more. */
const PASSES_OF_SUBMIT = 16;

const known = new WeakMap<Backend, TensorDevice>();

/**
 * The GPU device that tfjs trains on. tfjs neither hears that it is lost or out of memory, nor ever frees a buffer: freed
 * ones wait to be used again. Shaders that add atomically are refused: no layer needs one, and with it no training would have
 * the same bits again.
 */
export class TensorDevice {
  readonly #backend: Backend;
  readonly #watch: DeviceWatch;
  #most = Infinity;
  #peakBytes = 0;
  /** Of the training under way. */
  #clock: DeviceClock | null = null;

  private constructor(backend: Backend) {
    this.#backend = backend;
    this.#watch = new DeviceWatch(backend.device);
    this.#timePasses(backend.device);
    const run = backend.runWebGPUProgram.bind(backend);
    backend.runWebGPUProgram = (program, ...more) => {
      if (program.atomic === true) {
        throw new RangeError(`${program.constructor.name} adds in no fixed order`);
      }
      return run(program, ...more);
    };
    const { bufferManager } = backend;
    const acquire = bufferManager.acquireBuffer.bind(bufferManager);
    bufferManager.acquireBuffer = (size, ...more) => {
      this.#makeRoom(size);
      const buffer = acquire(size, ...more);
      this.#peakBytes = Math.max(this.#peakBytes, bufferManager.numBytesAllocated);
      return buffer;
    };
  }

  /** The current backend's; null where that is not webgpu. */
  static current(): TensorDevice | null {
    if (tf.getBackend() !== 'webgpu') return null;
    const backend = tf.backend() as unknown as Backend;
    const found = known.get(backend) ?? new TensorDevice(backend);
    known.set(backend, found);
    return found;
  }

  /** Times every pass while a training has a clock. tfjs begins an encoder once it has submitted the one before. */
  #timePasses(device: GPUDevice): void {
    const create = device.createCommandEncoder.bind(device);
    device.createCommandEncoder = (descriptor) => {
      this.#clock?.makeRoom(PASSES_OF_SUBMIT);
      const encoder = create(descriptor);
      const begin = encoder.beginComputePass.bind(encoder);
      encoder.beginComputePass = (pass) => begin({ ...pass, ...this.#clock?.writes });
      return encoder;
    };
  }

  /** A training begins, which may take so many bytes. */
  begin(most: number): void {
    this.#watch.forget();
    this.#most = most;
    this.#peakBytes = this.#backend.bufferManager.numBytesAllocated;
  }

  /** The network, whose work fails where the device does; with it goes all that tfjs keeps on the device. */
  watched(network: Network): Network {
    const memory = (): TrainingMemory => this.#memory;
    const wait = <Value>(work: Promise<Value>): Promise<Value> => this.#watch.wait(work);
    const { device } = this.#backend;
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    const times = device.createBuffer({ label: 'times', size: CLOCK_BYTES, usage });
    const clock = new DeviceClock(device, times);
    this.#clock = clock;
    const timed = async <Value>(work: Promise<Value>): Promise<Value> => {
      const value = await wait(work);
      this.#submit();
      await clock.read();
      return value;
    };
    return {
      trainBatches: (batches, breather) => timed(network.trainBatches(batches, breather)),
      validate: () => timed(network.validate()),
      weights: () => wait(network.weights()),
      state: () => wait(network.state()),
      restore: (state, step) => network.restore(state, step),
      get deviceMs() {
        return clock.ms;
      },
      get memory() {
        return memory();
      },
      free: () => {
        network.free();
        this.#drain();
        this.#clock = null;
        clock.free();
        times.destroy();
      },
    };
  }

  watchedPredictor(predictor: Predictor): Predictor {
    return {
      predict: (features) => this.#watch.wait(predictor.predict(features)),
      dispose: () => {
        predictor.dispose();
        this.#drain();
      },
    };
  }

  get #memory(): TrainingMemory {
    const { numBytesAllocated } = this.#backend.bufferManager;
    return { of: 'gpu', bytes: numBytesAllocated, peakBytes: this.#peakBytes };
  }

  #makeRoom(size: number): void {
    const { device, bufferManager } = this.#backend;
    const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
    if (size > Math.min(maxBufferSize, maxStorageBufferBindingSize)) throw tooLarge(size);
    if (bufferManager.numBytesAllocated + size > this.#most) this.#dropFree();
    const needed = bufferManager.numBytesUsed + size;
    if (needed > this.#most) throw pastMemory(needed, this.#most);
  }

  /** Gives back what waits to be used again; what work under way has freed comes after the work. */
  #drain(): void {
    this.#submit();
    if (tf.memory().numTensors === 0) this.#dropForgotten();
    this.#dropFree();
  }

  #submit(): void {
    if (this.#backend.commandEncoder === null) return;
    this.#backend.endComputePassEncoder();
    this.#backend.submitQueue();
  }

  /** Gives back what no tensor has, which is what an operation had taken that failed in its middle. */
  #dropForgotten(): void {
    const { bufferManager } = this.#backend;
    for (const buffer of [...bufferManager.usedBuffers.values()].flat()) {
      bufferManager.releaseBuffer(buffer, false);
    }
  }

  #dropFree(): void {
    const { bufferManager } = this.#backend;
    // The lists stay: tfjs puts freed buffers into the one that it took them from.
    for (const buffers of bufferManager.freeBuffers.values()) {
      for (const buffer of buffers.splice(0)) {
        buffer.destroy();
        bufferManager.numFreeBuffers -= 1;
        bufferManager.numBytesAllocated -= buffer.size;
      }
    }
  }
}

function tooLarge(bytes: number): Error {
  return runError(
    'gpu_memory',
    `A step of this network would take ${Math.ceil(bytes / 1e6)} MB of GPU memory in one piece, which is more than this GPU gives.`,
    'Lower batch_size, or the units or filters of its layers; or choose the backend wasm.',
  );
}
