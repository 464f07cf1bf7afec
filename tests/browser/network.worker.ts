import { expose } from 'comlink';
import type { BackendName } from '#core/engine.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import type { TrainingMemory } from '#core/models/training-pulse.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import {
  forHundredSteps,
  networkTitled,
  trainSmall,
  type Sitting,
  type SmallNetwork,
  type TrainedSmall,
} from '../support/small-networks.ts';

/** What a training in this worker came to. */
export interface Ended extends Omit<TrainedSmall, 'model'> {
  /** SHA-256 of the weights. */
  readonly bits: string;
  readonly memory: Omit<TrainingMemory, 'bytes'> | undefined;
}

/** One that failed, and the last that it kept. */
export interface Failed {
  readonly failure: FailureData;
  readonly kept: Checkpoint | null;
  /** What it left behind. */
  readonly tensors: number;
  readonly buffers: number;
}

export interface Fault {
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** What happens once something is kept. */
  readonly breaks?: 'cancelled' | 'unkept' | 'lost' | 'memory';
  /** What it goes on from. */
  readonly last?: Checkpoint | null;
}

/** What the GPU was asked for since this worker began. */
const asked = { buffers: 0, atomics: [] as string[] };
/** Buffers that were made and not yet destroyed. */
const live = new Set<GPUBuffer>();
/** Those that are not lost; a training that has one of its own made the last. */
const devices: GPUDevice[] = [];

type Method<Owner, Name extends keyof Owner> = Owner[Name] extends (
  ...given: infer Given
) => infer Answer
  ? (this: Owner, ...given: Given) => Answer
  : never;

const requestDevice: Method<GPUAdapter, 'requestDevice'> = Reflect.get(
  GPUAdapter.prototype,
  'requestDevice',
);
GPUAdapter.prototype.requestDevice = async function (...given) {
  const device = await requestDevice.apply(this, given);
  devices.push(device);
  void device.lost.then(() => devices.splice(devices.indexOf(device), 1));
  return device;
};
const createBuffer: Method<GPUDevice, 'createBuffer'> = Reflect.get(
  GPUDevice.prototype,
  'createBuffer',
);
GPUDevice.prototype.createBuffer = function (...given) {
  asked.buffers += 1;
  const buffer = createBuffer.apply(this, given);
  live.add(buffer);
  return buffer;
};
const destroyBuffer: Method<GPUBuffer, 'destroy'> = Reflect.get(GPUBuffer.prototype, 'destroy');
GPUBuffer.prototype.destroy = function () {
  live.delete(this);
  return destroyBuffer.apply(this);
};
const createShaderModule: Method<GPUDevice, 'createShaderModule'> = Reflect.get(
  GPUDevice.prototype,
  'createShaderModule',
);
GPUDevice.prototype.createShaderModule = function (...given) {
  const [{ code }] = given;
  if (/\batomic\w*/.test(code)) asked.atomics.push(code);
  return createShaderModule.apply(this, given);
};

const faults: Readonly<Record<NonNullable<Fault['breaks']>, (stop: AbortController) => void>> = {
  /** As a person who cancels. */
  cancelled: (stop) => stop.abort(),
  /** As storage that is full. */
  unkept: () => {
    throw new Error('There is no room for it.');
  },
  /** As a driver that is reset, or a GPU that is taken away. */
  lost: () => devices.at(-1)?.destroy(),
  /** As tfjs leaves an allocation that came to nothing: the tensor reads as zeros, and only this event says so. */
  memory: () => {
    const error = new GPUOutOfMemoryError('There is none left.');
    devices.at(-1)?.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
  },
};

const trainOn = async (
  backend: BackendName,
  one: SmallNetwork,
  sitting: Pick<Sitting, 'last' | 'onKeep'>,
): Promise<Ended> => {
  await createBrowserEngine(backend);
  const { model, ...others } = await trainSmall(backend, one, sitting);
  const { weights, cost } = model;
  model.dispose();
  return { ...others, bits: await weightsSha256(weights), memory: cost?.memory };
};

const api = {
  train: (backend: BackendName, title: string, last: Checkpoint | null = null): Promise<Ended> =>
    trainOn(backend, networkTitled(title), { last }),

  /** The same; each checkpoint is handed over, since this worker may end at any moment. */
  trainOver: (
    backend: BackendName,
    title: string,
    last: Checkpoint | null,
    onKeep: (checkpoint: Checkpoint) => void | Promise<void>,
  ): Promise<Ended> => trainOn(backend, networkTitled(title), { last, onKeep }),

  trainHundred: (backend: BackendName, title: string): Promise<Ended> =>
    trainOn(backend, forHundredSteps(networkTitled(title)), {}),

  /** Trains what cannot come to its end: with other parameters, from other weights, or with a fault once something is kept. */
  async fail(backend: BackendName, title: string, fault: Fault): Promise<Failed> {
    await createBrowserEngine(backend);
    const { parameters, breaks, last = null } = fault;
    const one = networkTitled(title);
    const changed = { ...one, parameters: { ...one.parameters, ...parameters } };
    const stop = new AbortController();
    let kept: Checkpoint | null = null;
    try {
      await trainSmall(backend, changed, {
        last,
        signal: stop.signal,
        onKeep: (checkpoint) => {
          const isFirst = kept === null;
          kept ??= structuredClone(checkpoint);
          if (isFirst && breaks !== undefined) faults[breaks](stop);
        },
      });
    } catch (thrown) {
      const { tensors } = tensorMemory();
      return { failure: toFailure(thrown), kept, tensors, buffers: live.size };
    }
    throw new Error(`${title} did not fail`);
  },

  /** Buffers that were made, and shaders that add or store atomically, since this worker began. */
  asked: () => ({ buffers: asked.buffers, atomics: asked.atomics }),
};
export type NetworkWorkerApi = typeof api;

expose(api);
