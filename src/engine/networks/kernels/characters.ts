import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import { placesOf, type CharactersLayer } from '#core/networks/layer.ts';
import type {
  KernelLayer,
  KernelLayerKind,
  KernelSite,
  Pass,
  TensorPlace,
} from './kernel-layer.ts';
import { storePlain } from './product.ts';
import { heightOf, type Layout, type Signal } from './signal.ts';

export const characters: KernelLayerKind<CharactersLayer> = {
  outputLayout,
  store: storePlain,
  build: (layer, site) => new Characters(layer, site),
};

function outputLayout({ size }: CharactersLayer, input: Layout): Layout {
  const places = placesOf(input.shape);
  return { shape: [places, size], channelStep: size, width: places * size };
}

/** Looks up the character before each place. It stands first, so nothing is handed back but to its tensors, row after row. */
class Characters implements KernelLayer {
  readonly output: Signal;
  readonly #machine: NetworkMachine;
  readonly #input: Signal;
  readonly #layer: CharactersLayer;
  readonly #places: number;
  readonly #tensors: Readonly<Record<'vectors' | 'beginning' | 'places', TensorPlace>>;

  constructor(layer: CharactersLayer, { machine, input, rows, trains, tensor }: KernelSite) {
    const layout = outputLayout(layer, input);
    const take = (): number => machine.memory.take(4 * heightOf(rows) * layout.width);
    this.output = { ...layout, at: take(), derivatives: trains ? take() : 0 };
    this.#machine = machine;
    this.#input = input;
    this.#layer = layer;
    this.#places = placesOf(input.shape);
    this.#tensors = {
      vectors: tensor('vectors'),
      beginning: tensor('beginning'),
      places: tensor('places'),
    };
  }

  forward({ rows }: Pass): void {
    const { memory, kernels } = this.#machine;
    const bytes = 4 * this.#layer.size;
    const { at, width } = this.output;
    this.#forEachPlace(rows, (vector, place) => {
      memory.octets.copyWithin(at + place * bytes, vector.at, vector.at + bytes);
    });
    for (let row = 0; row < rows; row += 1) {
      kernels.add(at + 4 * row * width, this.#tensors.places.at, 4 * width);
    }
  }

  back({ rows }: Pass): void {
    const { memory, kernels } = this.#machine;
    const { size, characters: count } = this.#layer;
    const { vectors, beginning, places } = this.#tensors;
    memory.float32(vectors.gradient, count * size).fill(0);
    memory.float32(beginning.gradient, size).fill(0);
    const { derivatives, width } = this.output;
    this.#forEachPlace(rows, (vector, place) => {
      kernels.add(vector.gradient, derivatives + 4 * place * size, 4 * size);
    });
    kernels.sumRows(derivatives, rows, width, places.gradient);
  }

  /** Visits the places of all rows: which vector is theirs. */
  #forEachPlace(rows: number, see: (vector: TensorPlace, place: number) => void): void {
    const { memory } = this.#machine;
    const { width, at } = this.#input;
    const codes = memory.float32(at, rows * width);
    const { vectors, beginning } = this.#tensors;
    const { size, characters: count } = this.#layer;
    for (let row = 0; row < rows; row += 1) {
      for (let place = 0; place < this.#places; place += 1) {
        const code = place === 0 ? NaN : (codes[row * width + place - 1] ?? NaN);
        const isKnown = code >= 0 && code < count;
        const offset = 4 * size * code;
        const vector = isKnown
          ? { at: vectors.at + offset, gradient: vectors.gradient + offset }
          : beginning;
        see(vector, row * this.#places + place);
      }
    }
  }
}
