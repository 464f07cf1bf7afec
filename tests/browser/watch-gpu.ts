import { onTestFinished, vi } from 'vitest';

/** What the code under test does with the GPU, until the test is over. */
export interface GpuWatch {
  /** Every device that was asked for. */
  readonly devices: () => Promise<readonly GPUDevice[]>;
  readonly made: () => number;
  /** Buffers that were made and not yet destroyed. */
  readonly live: () => readonly GPUBuffer[];
  readonly dispatches: () => number;
  /** How many command buffers were handed in. */
  readonly submits: () => number;
}

export function watchGpu(): GpuWatch {
  const requests = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
  const makings = vi.spyOn(GPUDevice.prototype, 'createBuffer');
  const endings = vi.spyOn(GPUBuffer.prototype, 'destroy');
  const dispatches = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
  const submits = vi.spyOn(GPUQueue.prototype, 'submit');
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const buffers = (): GPUBuffer[] =>
    makings.mock.results.flatMap(({ type, value }) => (type === 'return' ? [value] : []));
  return {
    devices: () =>
      Promise.all(
        requests.mock.results.flatMap(({ type, value }) => (type === 'return' ? [value] : [])),
      ),
    made: () => buffers().length,
    live: () => {
      const ended = new Set<unknown>(endings.mock.contexts);
      return buffers().filter((buffer) => !ended.has(buffer));
    },
    dispatches: () => dispatches.mock.calls.length,
    submits: () => submits.mock.calls.length,
  };
}
