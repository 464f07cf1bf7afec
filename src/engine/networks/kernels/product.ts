import type { Address } from '#core/kernels/kernel-memory.ts';
import type { KernelSite, TensorPlace } from './kernel-layer.ts';
import type { PlacedTensor } from '#core/networks/place-layers.ts';
import { filledUp } from './signal.ts';
import type { StoredTensor } from './stored-tensor.ts';

/** A tensor that lies row after row, its columns filled up: a bias, a scale, or a kernel between places. */
export function storePlain(plan: PlacedTensor): StoredTensor {
  const columns = plan.shape.at(-1) ?? 0;
  const rows = plan.shape.length === 1 ? 1 : (plan.shape[0] ?? 0);
  return { plan, rows, rowStep: rows, columns, columnStep: filledUp(columns), height: rows };
}

/** The same fully connected layer for many rows: [rows, inputs] · kernel + bias. Widths are multiples of 8, rows of 4. */
export class Product {
  readonly #site: KernelSite;
  readonly #inputs: number;
  readonly #units: number;
  readonly #kernel: TensorPlace;
  readonly #bias: TensorPlace | null;
  /** Eight columns of the matrix that is multiplied, in scratch; behind them a transposed kernel. */
  readonly #panelBytes: number;

  /** @param rows at most */
  constructor(
    site: KernelSite,
    names: { readonly kernel: string; readonly bias?: string },
    {
      rows,
      inputs,
      units,
    }: { readonly rows: number; readonly inputs: number; readonly units: number },
  ) {
    this.#site = site;
    this.#inputs = inputs;
    this.#units = filledUp(units);
    this.#kernel = site.tensor(names.kernel);
    this.#bias = names.bias === undefined ? null : site.tensor(names.bias);
    this.#panelBytes = 32 * Math.max(rows, inputs, this.#units);
    site.scratch.reserve(this.#panelBytes + (site.trains ? 4 * inputs * this.#units : 0));
  }

  forward(from: Address, rows: number, to: Address): void {
    const { machine, scratch } = this.#site;
    const [inputs, bias] = [this.#inputs, this.#bias?.at ?? 0];
    const { at } = this.#kernel;
    const { multiply } = machine.kernels;
    multiply(from, 4 * inputs, 4, at, bias, to, rows, this.#units, inputs, scratch.at);
  }

  /** The derivatives by kernel and bias, from those by what it gave. */
  backToTensors(from: Address, derivatives: Address, rows: number): void {
    const { machine, scratch } = this.#site;
    const { multiply, sumRows } = machine.kernels;
    const [inputs, units] = [this.#inputs, this.#units];
    const { gradient } = this.#kernel;
    multiply(from, 4, 4 * inputs, derivatives, 0, gradient, inputs, units, rows, scratch.at);
    if (this.#bias !== null) sumRows(derivatives, rows, units, this.#bias.gradient);
  }

  /** The derivatives by what it got. */
  backToInput(derivatives: Address, rows: number, to: Address): void {
    const { machine, scratch } = this.#site;
    const { multiply, transpose } = machine.kernels;
    const [inputs, units] = [this.#inputs, this.#units];
    const transposed = scratch.at + this.#panelBytes;
    transpose(this.#kernel.at, inputs, units, transposed);
    multiply(derivatives, 4 * units, 4, transposed, 0, to, rows, inputs, units, scratch.at);
  }
}
