import type { Address, KernelMemory } from '#core/kernels/kernel-memory.ts';
import { sizeOf } from '#core/networks/layer.ts';
import type { PlacedTensor } from '#core/networks/place-layers.ts';

/** How a tensor lies in the kernels' memory: as a matrix that is filled up with zeros. */
export interface StoredTensor {
  readonly plan: PlacedTensor;
  /** Rows of a group that are the tensor's, and rows from one group to the next. */
  readonly rows: number;
  readonly rowStep: number;
  readonly columns: number;
  readonly columnStep: number;
  /** All rows, the filling ones too. */
  readonly height: number;
}

/** Numbers that it takes. */
export function storedSize({ height, columnStep }: StoredTensor): number {
  return height * columnStep;
}

export function loadTensor(
  memory: KernelMemory,
  at: Address,
  stored: StoredTensor,
  values: Float32Array,
): void {
  const target = memory.float32(at, storedSize(stored));
  forEachRow(stored, (own, place) => {
    target.set(values.subarray(own, own + stored.columns), place);
  });
}

export function readTensor(
  memory: KernelMemory,
  at: Address,
  stored: StoredTensor,
): Float32Array<ArrayBuffer> {
  const source = memory.float32(at, storedSize(stored));
  const values = new Float32Array(sizeOf(stored.plan.shape));
  forEachRow(stored, (own, place) => {
    values.set(source.subarray(place, place + stored.columns), own);
  });
  return values;
}

/** Visits the tensor's rows: where each begins in the tensor, and where in memory. */
function forEachRow(stored: StoredTensor, see: (own: number, place: number) => void): void {
  const { plan, rows, rowStep, columns, columnStep } = stored;
  const count = sizeOf(plan.shape) / columns;
  for (let row = 0; row < count; row += 1) {
    const place = Math.floor(row / rows) * rowStep + (row % rows);
    see(row * columns, place * columnStep);
  }
}
