import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkKernels } from '#core/kernels/network-kernels.ts';
import { heightOf } from './signal.ts';

/** Rows that are multiplied at once, so that they stay in near memory. */
export const CHUNK = 256;

/** Rows of a product: what was multiplied, and the derivatives by what came of it. */
export interface ProductRows {
  readonly rows: number;
  /** [rows, factorStep], of which the first `factorSize` numbers count. */
  readonly factor: Address;
  readonly factorStep: number;
  readonly factorSize: number;
  /** [rows, width] */
  readonly given: Address;
  readonly width: number;
}

/** Where gradients are added to. */
export interface Gradients {
  readonly kernel: Address;
  /** 0 where there is none. */
  readonly bias: Address;
}

/** Room that `addGradients` needs in scratch: eight columns of a factor, then sums. */
export const PANEL_BYTES = 32 * CHUNK;
export function sumsBytes({
  factorStep,
  width,
}: Pick<ProductRows, 'factorStep' | 'width'>): number {
  return 4 * factorStep * width;
}

/** Adds factorᵀ · given to the gradient of a kernel [factorStep, width], and the sums of `given` to that of a bias [width]. */
export function addGradients(
  kernels: Pick<NetworkKernels, 'multiply' | 'add' | 'sumRows'>,
  { rows, factor, factorStep, factorSize, given, width }: ProductRows,
  gradients: Gradients,
  { panel, sums }: { readonly panel: Address; readonly sums: Address },
): void {
  const height = heightOf(factorSize);
  for (let from = 0; from < rows; from += CHUNK) {
    const count = Math.min(CHUNK, rows - from);
    const [left, right] = [factor + 4 * from * factorStep, given + 4 * from * width];
    kernels.multiply(left, 4, 4 * factorStep, right, 0, sums, height, width, count, panel);
    kernels.add(gradients.kernel, sums, 4 * height * width);
    if (gradients.bias === 0) continue;
    kernels.sumRows(right, count, width, sums);
    kernels.add(gradients.bias, sums, 4 * width);
  }
}
