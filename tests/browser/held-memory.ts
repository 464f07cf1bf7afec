import { onTestFinished } from 'vitest';
import { cdp } from 'vitest/browser';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';

interface Session {
  send(method: 'HeapProfiler.collectGarbage'): Promise<void>;
  send(method: 'Runtime.getHeapUsage'): Promise<{ readonly usedSize: number }>;
}

/** What is held at this moment, once garbage is gone. */
export interface Held {
  readonly tensors: number;
  readonly tensorBytes: number;
  readonly buffers: number;
  /** Of the kernels and of onnxruntime, from the call of `countHeld` on. */
  readonly memories: number;
  readonly memoryBytes: number;
  readonly heapBytes: number;
}

type MakeBuffer = GPUDevice['createBuffer'];

/** Counts what takes memory outside of the heap; unlike a spy it keeps nothing alive. */
export function countHeld(): () => Promise<Held> {
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
    const there = memories.flatMap((one) => one.deref() ?? []);
    return {
      tensors,
      tensorBytes: bytes,
      buffers: buffers.size,
      memories: there.length,
      memoryBytes: there.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
      heapBytes: usedSize,
    };
  };
}
