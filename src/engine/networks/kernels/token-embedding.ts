import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import { sizeOf, type TokenEmbeddingLayer } from '#core/networks/layer.ts';
import type {
  KernelLayer,
  KernelLayerKind,
  KernelSite,
  Pass,
  TensorPlace,
} from './kernel-layer.ts';
import { filledUp, heightOf, type Layout, type Signal } from './signal.ts';

export const tokenEmbedding: KernelLayerKind<TokenEmbeddingLayer> = {
  outputLayout,

  /** Behind the vectors lies a row of zeros, which places without a word look up. */
  store(plan) {
    const [rows = 0, columns = 0] = plan.shape;
    return { plan, rows, rowStep: rows, columns, columnStep: filledUp(columns), height: rows + 1 };
  },

  build: (layer, site) => new TokenEmbedding(layer, site),
};

function outputLayout({ size }: TokenEmbeddingLayer, input: Layout): Layout {
  const places = sizeOf(input.shape);
  const channelStep = filledUp(size);
  return { shape: [places, size], channelStep, width: places * channelStep };
}

/** It stands first, so nothing is handed back but to the vectors, place after place. */
class TokenEmbedding implements KernelLayer {
  readonly output: Signal;
  readonly #machine: NetworkMachine;
  readonly #input: Signal;
  readonly #places: number;
  readonly #vectors: TensorPlace;
  /** How many there are. */
  readonly #count: number;
  /** Bytes from one vector to the next. */
  readonly #bytes: number;
  /** Which vector each place has, of the rows that went through last. */
  readonly #order: Address;

  constructor(layer: TokenEmbeddingLayer, { machine, input, rows, trains, tensor }: KernelSite) {
    const layout = outputLayout(layer, input);
    const take = (): Address => machine.memory.take(4 * heightOf(rows) * layout.width);
    this.output = { ...layout, at: take(), derivatives: trains ? take() : 0 };
    this.#machine = machine;
    this.#input = input;
    this.#places = sizeOf(input.shape);
    this.#vectors = tensor('vectors');
    this.#count = layer.codes - 1;
    this.#bytes = 4 * layout.channelStep;
    this.#order = machine.memory.take(4 * rows * this.#places);
  }

  forward({ rows }: Pass): void {
    const { kernels, memory } = this.#machine;
    const { at, width } = this.#input;
    const [places, count] = [this.#places, this.#count];
    const codes = memory.float32(at, rows * width);
    const order = memory.uint32(this.#order, rows * places);
    for (let row = 0; row < rows; row += 1) {
      for (let k = 0; k < places; k += 1) {
        const code = codes[row * width + k] ?? 0;
        order[row * places + k] = code >= 1 && code <= count ? code - 1 : count;
      }
    }
    const vectors = this.#vectors.at;
    kernels.gatherRows(vectors, this.#order, rows * places, this.#bytes, this.output.at);
  }

  back({ rows }: Pass): void {
    const { kernels, memory } = this.#machine;
    const { gradient } = this.#vectors;
    const [bytes, count] = [this.#bytes, this.#count];
    memory.bytes(gradient, bytes * (count + 1)).fill(0);
    const given = this.output.derivatives;
    kernels.scatterRows(given, this.#order, rows * this.#places, bytes, gradient, count);
  }
}
