import type { Address } from '#core/kernels/kernel-memory.ts';
import { VARIANCE_FLOOR } from '#core/networks/layers/layer-norm.ts';
import type { KernelSite, TensorPlace } from './kernel-layer.ts';

/** Layer normalization of many rows, [rows, width]. */
export class Norm {
  readonly #site: KernelSite;
  readonly #width: number;
  readonly #scale: TensorPlace;
  readonly #offset: TensorPlace;
  readonly #normalized: Address;
  readonly #inverses: Address;

  /** @param prefix of its tensors' names */
  constructor(site: KernelSite, prefix: string, rows: number, width: number) {
    this.#site = site;
    this.#width = width;
    this.#scale = site.tensor(`${prefix}scale`);
    this.#offset = site.tensor(`${prefix}offset`);
    this.#normalized = site.machine.memory.take(4 * rows * width);
    this.#inverses = site.machine.memory.take(4 * rows);
  }

  forward(from: Address, rows: number, to: Address): void {
    const [scale, offset] = [this.#scale.at, this.#offset.at];
    this.#site.machine.kernels.normRows(
      from,
      rows,
      this.#width,
      VARIANCE_FLOOR,
      scale,
      offset,
      this.#normalized,
      this.#inverses,
      to,
    );
  }

  /** Derivatives by what it gave become those by what it got, in place. */
  back(derivatives: Address, rows: number): void {
    const { sumProducts, sumRows, normRowsBack } = this.#site.machine.kernels;
    const width = this.#width;
    const normalized = this.#normalized;
    sumProducts(derivatives, normalized, rows, width, this.#scale.gradient);
    sumRows(derivatives, rows, width, this.#offset.gradient);
    normRowsBack(derivatives, rows, width, this.#scale.at, normalized, this.#inverses);
  }
}
