import { sizeOf, type Shape } from '#core/networks/layer.ts';
import type { PlacedTensor } from '#core/networks/place-layers.ts';
import { tensorOf, type NetworkTensors } from '#engine/networks/network.ts';

/** How a tensor stands on the GPU: as a matrix whose rows are filled up with zeros to vectors of four numbers. */
export interface StoredTensor {
  /** Its name among the network's weights. */
  readonly name: string;
  readonly shape: Shape;
  /** Where it begins, in vectors. */
  readonly place: number;
  /** Rows of a group that are the tensor's, and rows from one group to the next. */
  readonly rows: number;
  readonly rowStep: number;
}

/** A matrix that stands at a place, its rows without gaps between them. */
export function storedAt({ name, shape }: PlacedTensor, place: number): StoredTensor {
  const rows = sizeOf(shape) / (shape.at(-1) ?? 1);
  return { name, shape, place, rows, rowStep: rows };
}

/** How many vectors of four hold so many numbers. */
export function vectorsOf(numbers: number): number {
  return Math.ceil(numbers / 4);
}

/**
 * Tensors as they stand on the GPU.
 * @param length of all, in vectors
 * @param prefix what their names begin with
 * @returns float32 [4 · length]
 * @throws RangeError where a tensor is missing
 */
export function packTensors(
  stored: readonly StoredTensor[],
  length: number,
  tensors: NetworkTensors,
  prefix = '',
): Float32Array<ArrayBuffer> {
  const packed = new Float32Array(4 * length);
  for (const one of stored) {
    const values = tensorOf(tensors, prefix + one.name, sizeOf(one.shape));
    forEachRow(one, (own, place, columns) => {
      packed.set(values.subarray(own, own + columns), place);
    });
  }
  return packed;
}

/** The tensors that `packTensors` packed, with their prefix. */
export function unpackTensors(
  stored: readonly StoredTensor[],
  packed: Float32Array,
  prefix = '',
): NetworkTensors {
  return stored.map((one) => {
    const values = new Float32Array(sizeOf(one.shape));
    forEachRow(one, (own, place, columns) => {
      values.set(packed.subarray(place, place + columns), own);
    });
    return { name: prefix + one.name, shape: one.shape, values };
  });
}

/** Visits a tensor's rows: where each begins in it, and where on the GPU, both in numbers. */
function forEachRow(
  { shape, place, rows, rowStep }: StoredTensor,
  see: (own: number, place: number, columns: number) => void,
): void {
  const columns = shape.at(-1) ?? 1;
  const count = sizeOf(shape) / columns;
  for (let row = 0; row < count; row += 1) {
    const stands = Math.floor(row / rows) * rowStep + (row % rows);
    see(row * columns, 4 * (place + stands * vectorsOf(columns)), columns);
  }
}
