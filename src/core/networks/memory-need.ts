import { runError, type TerrariumError } from '#core/errors.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { sizeOf } from './layer.ts';
import type { NetworkPlan } from './network-plan.ts';
import { placeLayers } from './place-layers.ts';
import { kindOf } from './registry.ts';
import type { TrainingSettings } from './training.ts';

/** What a training takes at least on any backend, in bytes. */
export interface MemoryNeed {
  /** Features and targets of all training and validation rows. */
  readonly rows: number;
  /** Weights, their gradients, and what the optimizer remembers. */
  readonly weights: number;
  /** What a batch is on its way through the layers and back. */
  readonly batch: number;
}

/** A lower bound: what a backend needs for itself, as the windows of a convolution, comes on top. */
export function leastMemory(
  plan: NetworkPlan,
  settings: TrainingSettings,
  train: TrainingData,
  validation: TrainingData,
): MemoryNeed {
  const placed = placeLayers(plan);
  const tensors = placed.flatMap((one) => one.tensors);
  const sizes = (some: typeof tensors): number =>
    some.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const rows = train.features.rows + validation.features.rows;
  const batchRows = Math.min(settings.batchRows, train.features.rows);
  // Layers without tensors may work in the place of those before.
  const passing = placed
    .filter((one) => one.tensors.length > 0)
    .reduce(
      (sum, { layer, input, output }) =>
        sum + 2 * sizeOf(output) + (kindOf(layer).keeps?.(layer, input) ?? 0),
      sizeOf(plan.input),
    );
  return {
    rows: 4 * rows * (sizeOf(plan.input) + 1),
    weights:
      4 * (sizes(tensors) + (1 + rememberedBy(settings)) * sizes(tensors.filter((t) => t.trained))),
    batch: 4 * batchRows * passing,
  };
}

/** Numbers that the optimizer keeps for each weight. */
function rememberedBy({ optimizer, momentum }: TrainingSettings): number {
  if (optimizer !== 'sgd') return 2;
  return momentum > 0 ? 1 : 0;
}

/** @throws TerrariumError where a training would need more than it may take, with how much and of what */
export function refuseMemory(need: MemoryNeed, most: number): void {
  const { rows, weights, batch } = need;
  const all = rows + weights + batch;
  if (all <= most) return;
  const parts = `${inMegabytes(rows)} for its rows, ${inMegabytes(weights)} for its weights and what the optimizer remembers, and ${inMegabytes(batch)} for a batch on its way through the layers`;
  const what =
    Math.max(rows, weights, batch) === batch
      ? 'Lower batch_size, or the units or filters of its layers'
      : weights > rows
        ? 'Lower the units or filters of its layers'
        : 'Use fewer rows or columns';
  throw memoryError(
    `This network needs at least ${inMegabytes(all)} of memory (${parts}), and max_memory_mb allows ${inMegabytes(most)}.`,
    what,
    { bytes: all, most },
  );
}

/** @returns the error of a training that needs exactly so many bytes, more than it may take */
export function beyondMemory(bytes: number, most: number): TerrariumError {
  return memoryError(
    `This network needs ${inMegabytes(bytes)} of memory, and max_memory_mb allows ${inMegabytes(most)}.`,
    'Lower batch_size, or the units or filters of its layers; use fewer rows or columns',
    { bytes, most },
  );
}

/** @returns the error of a training that had taken so many bytes when it would have been too much */
export function pastMemory(bytes: number, most: number): TerrariumError {
  return memoryError(
    `This network needs more memory than max_memory_mb allows: ${inMegabytes(bytes)} so far, of ${inMegabytes(most)}.`,
    'Lower batch_size, or the units or filters of its layers; use fewer rows or columns',
    { bytes, most },
  );
}

function memoryError(
  message: string,
  what: string,
  details: Readonly<Record<string, number>>,
): TerrariumError {
  return runError(
    'memory_budget',
    message,
    `${what}; or raise max_memory_mb, where the machine has more.`,
    details,
  );
}

/** `2,000 MB`, `0.3 MB`, never less than it is. */
function inMegabytes(bytes: number): string {
  return `${(Math.ceil(bytes / 1e5) / 10).toLocaleString('en')} MB`;
}
