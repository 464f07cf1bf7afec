import { CLOCK_BYTES } from '#engine/device-clock.ts';
import type { NetworkStart } from '#engine/networks/network.ts';
import type { Gpu } from './gpu.ts';
import type { NetworkBuffers, Program } from './program.ts';
import { settledCodes } from './settled-codes.ts';
import { optimizerShader } from './shaders/optimizers.ts';
import { quadsOf, STEP_STRIDE } from './steps.ts';
import { MOST_STEPS } from './submits.ts';
import { sharesClasses, targetRows } from './target-rows.ts';

/** Validation rows that go through the network at once, where batches are smaller. */
const BLOCK_ROWS = 1024;
/** What they may take on their way, where batches take less. */
const BLOCK_BYTES = 64e6;

/** How much goes through a network. */
export interface RowCounts {
  readonly train: number;
  readonly validation: number;
  /** Rows of a step, and of a block of validation rows, at most. */
  readonly batch: number;
  readonly block: number;
}

export function rowCountsOf(
  { settings, train, validation }: NetworkStart,
  { quadLength }: Pick<Program, 'quadLength'>,
): RowCounts {
  const batch = Math.min(settings.batchRows, train.features.rows);
  const fitting = 4 * Math.floor(BLOCK_BYTES / (16 * quadLength));
  const block = Math.max(4 * quadsOf(batch), Math.min(BLOCK_ROWS, fitting));
  return { train: train.features.rows, validation: validation.features.rows, batch, block };
}

/** @throws TerrariumError where they are beyond the training's budget, or the GPU has no room for them */
export function allocateBuffers(
  gpu: Gpu,
  program: Program,
  counts: RowCounts,
  { plan, settings, train }: NetworkStart,
): Promise<NetworkBuffers> {
  const rows = counts.train + counts.validation;
  const { remembers } = optimizerShader(settings);
  const { lengths, trainedLength, quadLength } = program;
  const batches = Math.ceil(counts.train / counts.batch);
  const quads = 2 * quadsOf(counts.validation) + batches * quadsOf(counts.batch);
  const atOnce = Math.min(counts.block, Math.max(counts.train, counts.validation));
  const bytes = {
    features: 4 * rows * train.features.width,
    targets: 4 * rows * (sharesClasses(plan) ? plan.outputs : 1),
    counts: 4 * rows,
    order: 4 * rows,
    weights: 16 * lengths.weights,
    kept: 16 * lengths.kept,
    moments: remembers * 16 * trainedLength,
    gradients: 16 * lengths.gradients,
    squares: 4 * lengths.squares,
    values: 16 * quadLength * quadsOf(atOnce),
    losses: 4 * quads,
    layers: program.table.byteLength,
    steps: MOST_STEPS * STEP_STRIDE,
    times: CLOCK_BYTES,
  };
  return gpu.allocate(bytes, settings.maxMemoryBytes);
}

/** Puts the data where it stays. */
export function fillBuffers(
  gpu: Gpu,
  program: Program,
  buffers: NetworkBuffers,
  { plan, train, validation }: NetworkStart,
): void {
  gpu.write(buffers.layers, 0, program.table);
  const behind = train.features.rows;
  for (const [data, from] of [
    [train, 0],
    [validation, behind],
  ] as const) {
    const { features } = data;
    gpu.write(buffers.features, 4 * from * features.width, settledCodes(features, plan));
    const aims = targetRows(data, plan);
    gpu.write(buffers.targets, 4 * from * (sharesClasses(plan) ? plan.outputs : 1), aims);
    const counts = data.weights ?? new Float32Array(data.target.length).fill(1);
    gpu.write(buffers.counts, 4 * from, Float32Array.from(counts));
  }
  const { rows } = validation.features;
  gpu.write(
    buffers.order,
    4 * behind,
    Uint32Array.from({ length: rows }, (_, i) => behind + i),
  );
}
