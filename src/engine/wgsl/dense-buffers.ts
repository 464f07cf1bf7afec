import type { TrainingSettings } from '#core/networks/training.ts';
import type { NetworkStart } from '#engine/networks/network.ts';
import type { DenseNetworkPlan } from './dense-plan.ts';
import { CLOCK_BYTES } from './device-clock.ts';
import type { Gpu } from './gpu.ts';
import { packLayers } from './shaders/layer-table.ts';
import { optimizerShader } from './shaders/optimizers.ts';
import { WEIGHT_THREADS, weightGroups } from './shaders/weight-pass.ts';
import { quadsOf, STEP_STRIDE } from './steps.ts';
import { MOST_STEPS } from './submits.ts';

/** Validation rows that go through the network at once, where batches are smaller. */
const BLOCK_ROWS = 1024;

/** How much goes through a network. */
export interface RowCounts {
  readonly train: number;
  readonly validation: number;
  /** Rows of a step, and of a block of validation rows, at most. */
  readonly batch: number;
  readonly block: number;
}

export function rowCountsOf({ settings, train, validation }: NetworkStart): RowCounts {
  const batch = Math.min(settings.batchRows, train.features.rows);
  const block = Math.max(4 * quadsOf(batch), BLOCK_ROWS);
  return { train: train.features.rows, validation: validation.features.rows, batch, block };
}

/** What a network in training keeps on the GPU. */
export interface DenseBuffers {
  /** float32 [rows, features], the training rows and behind them the validation rows. */
  readonly features: GPUBuffer;
  /** float32 [rows]: classes, or values. */
  readonly targets: GPUBuffer;
  /** float32 [rows]: what each counts in training. */
  readonly counts: GPUBuffer;
  /** uint32: the training rows in the epoch's order, and behind them the validation rows in theirs. */
  readonly order: GPUBuffer;
  /** Kernels and biases, and behind them the kernels transposed. */
  readonly weights: GPUBuffer;
  /** What the optimizer remembers. */
  readonly moments: GPUBuffer;
  /** Where gradients are cut to a length: of each tile of weights, and the sum of squares of each workgroup's. */
  readonly gradients: GPUBuffer;
  readonly squares: GPUBuffer;
  /** What the rows are on their way through the network and back, a quad of rows behind the other. */
  readonly values: GPUBuffer;
  /**
   * float32, for each quad: how many of its rows' classes are found, of the validation rows; the sum of its rows' losses, of
   * the validation rows; and the same of batches.
   */
  readonly losses: GPUBuffer;
  /** What the shaders know of the layers. */
  readonly layers: GPUBuffer;
  /** The steps of a submit. */
  readonly steps: GPUBuffer;
  /** What passes took. */
  readonly times: GPUBuffer;
}

/** @throws TerrariumError where they are beyond the training's budget, or the GPU has no room for them */
export function allocateBuffers(
  gpu: Gpu,
  plan: DenseNetworkPlan,
  counts: RowCounts,
  settings: TrainingSettings,
): Promise<DenseBuffers> {
  const rows = counts.train + counts.validation;
  const { remembers } = optimizerShader(settings);
  const groups = settings.clipNorm === 0 ? 0 : weightGroups(plan);
  const inputs = plan.layers[0]?.inputs ?? 0;
  const batches = Math.ceil(counts.train / counts.batch);
  const quads = 2 * quadsOf(counts.validation) + batches * quadsOf(counts.batch);
  const bytes = {
    features: 4 * rows * inputs,
    targets: 4 * rows,
    counts: 4 * rows,
    order: 4 * rows,
    weights: 2 * 16 * plan.trainedLength,
    moments: remembers * 16 * plan.trainedLength,
    gradients: 64 * WEIGHT_THREADS * groups,
    squares: 4 * groups,
    values:
      16 *
      plan.quadLength *
      quadsOf(Math.min(counts.block, Math.max(counts.train, counts.validation))),
    losses: 4 * quads,
    layers: packLayers(plan).byteLength,
    steps: MOST_STEPS * STEP_STRIDE,
    times: CLOCK_BYTES,
  };
  return gpu.allocate(bytes, settings.maxMemoryBytes);
}

/** Puts the data where it stays. */
export function fillBuffers(
  gpu: Gpu,
  plan: DenseNetworkPlan,
  buffers: DenseBuffers,
  { train, validation }: NetworkStart,
): void {
  gpu.write(buffers.layers, 0, packLayers(plan));
  const behind = train.features.rows;
  for (const [data, from] of [
    [train, 0],
    [validation, behind],
  ] as const) {
    const { values, width } = data.features;
    gpu.write(buffers.features, 4 * from * width, values);
    gpu.write(buffers.targets, 4 * from, Float32Array.from(data.target));
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
