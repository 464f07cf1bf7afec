import type { Gpu } from './gpu.ts';
import { STEP_BYTES } from './steps.ts';

/** A compiled entry point of a shader, and its buffers. */
export interface Pass {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
}

/** The buffers of a shader in the order of their bindings. */
export interface PassBuffers {
  /** Of the steps in it a dispatch sees one. */
  readonly steps: GPUBuffer;
  readonly layers: GPUBuffer;
  readonly read: readonly GPUBuffer[];
  readonly written: readonly GPUBuffer[];
}

/** Compiles entry points of a shader. @throws TerrariumError where the device refuses it */
export async function compilePasses<Entry extends string>(
  gpu: Gpu,
  code: string,
  entries: readonly Entry[],
  buffers: PassBuffers,
): Promise<Record<Entry, Pass>> {
  const { device } = gpu;
  const { layout, group } = bind(device, buffers);
  const module = device.createShaderModule({ code });
  const passes = entries.map(async (entryPoint) => {
    const pipeline = device.createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint },
    });
    return [entryPoint, { pipeline: await gpu.wait(pipeline), group }] as const;
  });
  return Object.fromEntries(await Promise.all(passes)) as Record<Entry, Pass>;
}

function bind(device: GPUDevice, { steps, layers, read, written }: PassBuffers) {
  const buffers = [
    { buffer: layers, type: 'uniform' as const },
    ...read.map((buffer) => ({ buffer, type: 'read-only-storage' as const })),
    ...written.map((buffer) => ({ buffer, type: 'storage' as const })),
  ];
  const visibility = GPUShaderStage.COMPUTE;
  const layout = device.createBindGroupLayout({
    entries: [
      { binding: 0, visibility, buffer: { type: 'uniform', hasDynamicOffset: true } },
      ...buffers.map(({ type }, i) => ({ binding: i + 1, visibility, buffer: { type } })),
    ],
  });
  const group = device.createBindGroup({
    layout,
    entries: [
      { binding: 0, resource: { buffer: steps, size: STEP_BYTES } },
      ...buffers.map(({ buffer }, i) => ({ binding: i + 1, resource: { buffer } })),
    ],
  });
  return { layout, group };
}
