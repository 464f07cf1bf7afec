import { expect, it, onTestFinished } from 'vitest';
import { cdp } from 'vitest/browser';
import type { BackendName } from '#core/engine.ts';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawCoded } from '../support/coded-data.ts';
import { drawImages } from '../support/image-data.ts';
import { drawTraining, trainToEnd } from '../support/training-data.ts';

interface Session {
  send(method: 'HeapProfiler.collectGarbage'): Promise<void>;
  send(method: 'Runtime.getHeapUsage'): Promise<{ readonly usedSize: number }>;
}

/** What is held at this moment, once garbage is gone. */
interface Held {
  readonly tensors: number;
  readonly tensorBytes: number;
  readonly buffers: number;
  /** Of the kernels. */
  readonly memories: number;
  readonly heapBytes: number;
}

type MakeBuffer = GPUDevice['createBuffer'];

/** Counts what takes memory outside of the heap; unlike a spy it keeps nothing alive. */
function countHeld(): () => Promise<Held> {
  const buffers = new Set<string>();
  const memories: WeakRef<WebAssembly.Memory>[] = [];
  const createBuffer: MakeBuffer = Reflect.get(GPUDevice.prototype, 'createBuffer');
  const destroy: GPUBuffer['destroy'] = Reflect.get(GPUBuffer.prototype, 'destroy');
  const { Memory } = WebAssembly;
  const numbers = new WeakMap<GPUBuffer, string>();
  let made = 0;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    made += 1;
    numbers.set(buffer, String(made));
    buffers.add(String(made));
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    buffers.delete(numbers.get(this) ?? '');
    return destroy.call(this);
  };
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.push(new WeakRef(this));
    }
  };
  onTestFinished(() => {
    GPUDevice.prototype.createBuffer = createBuffer;
    GPUBuffer.prototype.destroy = destroy;
    WebAssembly.Memory = Memory;
  });
  // Which commands there are depends on the browser, so its type names none.
  const session = cdp() as unknown as Session;
  return async () => {
    // What a weak reference was asked for lives until the task is over.
    await new Promise((resolve) => setTimeout(resolve, 0));
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { tensors, bytes } = tensorMemory();
    return {
      tensors,
      tensorBytes: bytes,
      buffers: buffers.size,
      memories: memories.filter((one) => one.deref() !== undefined).length,
      heapBytes: usedSize,
    };
  };
}

interface Case {
  readonly name: string;
  readonly estimator: Estimator;
  readonly data: TrainingData;
  readonly parameters: object;
}

const networks: readonly Case[] = [
  {
    name: 'an MLP',
    estimator: mlp,
    data: drawTraining('classification', { seed: 1, rows: 24 }),
    parameters: { batch_norm: true },
  },
  {
    name: 'an MLP of dense layers alone',
    estimator: mlp,
    data: drawTraining('regression', { seed: 1, rows: 24 }),
    parameters: {},
  },
  {
    name: 'a CNN',
    estimator: cnn,
    data: drawImages({ seed: 1, rows: 24 }),
    parameters: { filters: [4], hidden_units: [5] },
  },
  { name: 'embeddings', estimator: mlp, data: drawCoded(1, 24), parameters: {} },
];
const backends: readonly BackendName[] = ['wasm', 'cpu', 'webgpu'];
const cases = networks.flatMap((one) => backends.map((backend) => ({ ...one, backend })));

it.each(cases)(
  'twenty trainings end at the memory of the first: $name on $backend',
  async ({ backend, estimator, data, parameters: changes }) => {
    await createBrowserEngine(backend);
    const held = countHeld();
    const given = { epochs: 2, batch_size: 8, ...changes };
    const parameters = resolveParameters(estimator.parameters, given, 'test');
    const before = await held();
    const ends: Held[] = [];
    for (let run = 0; run < 20; run += 1) {
      const trainer = trainNetworkOn(backend, estimator);
      const { model } = await trainToEnd(trainer, data, parameters, 1, data);
      await model.predict(data.features);
      model.dispose();
      ends.push(await held());
    }
    for (const { tensors, tensorBytes, buffers } of ends) {
      expect({ tensors, tensorBytes, buffers }).toEqual({ tensors: 0, tensorBytes: 0, buffers: 0 });
    }
    const [first, last] = [ends[0], ends.at(-1)];
    expect(first?.memories).toBeLessThanOrEqual(before.memories + 1);
    expect(last?.memories).toBe(first?.memories);
    // Within what compiled code and the test's own notes take.
    expect((last?.heapBytes ?? NaN) - (first?.heapBytes ?? NaN)).toBeLessThan(1_000_000);
  },
  120_000,
);
