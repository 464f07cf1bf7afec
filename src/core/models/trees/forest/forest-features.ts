import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { BinnedFeatures } from '../binned-features.ts';

/** Binned features with the smallest and the largest value of each bin, between which thresholds are put. */
export interface ForestFeatures {
  readonly rows: number;
  readonly width: number;
  readonly columnOf: (feature: number) => Address;
  /** The bin of missing values. */
  readonly missingOf: (feature: number) => number;
  readonly limitsOf: (feature: number) => Address;
  readonly smallest: (feature: number, bin: number) => number;
  readonly largest: (feature: number, bin: number) => number;
}

export function forestFeatures(
  { memory }: TreeMachine,
  binned: BinnedFeatures,
  { values, width }: FeatureMatrix,
): ForestFeatures {
  const { rows, features, quads } = binned;
  const columnOf = (j: number): Address => quads + (j >> 2) * rows * 4 + (j & 3);
  const limits = memory.take(width * 256 * 8);
  const found = new Float32Array(width * 512);
  for (let at = 0; at < found.length; at += 2) found.set([Infinity, -Infinity], at);
  const bytes = memory.bytes(0, memory.wasm.buffer.byteLength);
  for (let j = 0; j < width; j += 1) {
    const column = columnOf(j);
    for (let i = 0; i < rows; i += 1) {
      const value = values[i * width + j] ?? 0;
      const at = j * 512 + (bytes[column + i * 4] ?? 0) * 2;
      if (value < (found[at] ?? 0)) found[at] = value;
      if (value > (found[at + 1] ?? 0)) found[at + 1] = value;
    }
  }
  memory.float32(limits, found.length).set(found);
  return {
    ...{ rows, width, columnOf },
    missingOf: (j) => features[j]?.bins ?? 0,
    limitsOf: (j) => limits + j * 2048,
    smallest: (j, bin) => found[j * 512 + bin * 2] ?? 0,
    largest: (j, bin) => found[j * 512 + bin * 2 + 1] ?? 0,
  };
}
