import type { Address } from '#core/kernels/kernel-memory.ts';
import { placesOf, type TransformerBlockLayer } from '#core/networks/layer.ts';
import type { KernelSite } from './kernel-layer.ts';
import { Product } from './product.ts';
import type { Layout } from './signal.ts';

/** Numbers that attention keeps of a row. */
export function attentionKeeps({ heads }: TransformerBlockLayer, input: Layout): number {
  const places = placesOf(input.shape);
  return places * (heads * places + 3 * input.channelStep);
}

/** Causal attention of several heads over the places of texts. */
export class Attention {
  readonly #site: KernelSite;
  readonly #places: number;
  readonly #heads: number;
  readonly #size: number;
  readonly #parts: readonly Part[];
  readonly #shares: Address;
  readonly #sum: Address;

  /** @param rows places of all texts, at most */
  constructor({ heads }: TransformerBlockLayer, site: KernelSite, rows: number) {
    const { machine, input, trains } = site;
    this.#site = site;
    this.#places = placesOf(input.shape);
    this.#heads = heads;
    this.#size = input.channelStep;
    const sizes = { rows, inputs: this.#size, units: this.#size };
    const take = (): Address => machine.memory.take(4 * rows * this.#size);
    this.#parts = ['query', 'key', 'value'].map((kernel) => ({
      product: new Product(site, { kernel }, sizes),
      at: take(),
      derivatives: trains ? take() : 0,
    }));
    this.#shares = machine.memory.take(4 * rows * heads * this.#places);
    this.#sum = trains ? take() : 0;
    site.scratch.reserve(4 * this.#places);
  }

  forward(from: Address, texts: number, to: Address): void {
    const rows = texts * this.#places;
    for (const { product, at } of this.#parts) product.forward(from, rows, at);
    const [query = 0, key = 0, value = 0] = this.#parts.map(({ at }) => at);
    const { attendCausal } = this.#site.machine.kernels;
    const [heads, own] = [this.#heads, this.#size / this.#heads];
    attendCausal(query, key, value, this.#shares, to, texts, this.#places, heads, own);
  }

  /**
   * @param from what it got
   * @param derivatives by what it gave
   * @param to where those by what it got go
   */
  back(from: Address, derivatives: Address, texts: number, to: Address): void {
    const { machine, scratch } = this.#site;
    const { kernels, memory } = machine;
    const rows = texts * this.#places;
    const [query = 0, key = 0, value = 0] = this.#parts.map(({ at }) => at);
    const [byQuery = 0, byKey = 0, byValue = 0] = this.#parts.map((part) => part.derivatives);
    kernels.attendCausalBack(
      query,
      key,
      value,
      this.#shares,
      derivatives,
      byQuery,
      byKey,
      byValue,
      texts,
      this.#places,
      this.#heads,
      this.#size / this.#heads,
      scratch.at,
    );
    const bytes = 4 * rows * this.#size;
    memory.float32(to, rows * this.#size).fill(0);
    for (const part of this.#parts) {
      part.product.backToTensors(from, part.derivatives, rows);
      part.product.backToInput(part.derivatives, rows, this.#sum);
      kernels.add(to, this.#sum, bytes);
    }
  }
}

interface Part {
  readonly product: Product;
  readonly at: Address;
  readonly derivatives: Address;
}
