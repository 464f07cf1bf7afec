import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import { sizeOf, type EmbeddingLayer } from '#core/networks/layer.ts';
import {
  embedding as kind,
  otherOf,
  plainFeatures,
  vectorsOf,
} from '#core/networks/layers/embedding.ts';
import type {
  KernelLayer,
  KernelLayerKind,
  KernelSite,
  Pass,
  TensorPlace,
} from './kernel-layer.ts';
import { filledUp, heightOf, type Signal } from './signal.ts';

export const embedding: KernelLayerKind<EmbeddingLayer> = {
  outputLayout(layer, input) {
    const shape = kind.outputShape(layer, input.shape);
    return { shape, channelStep: sizeOf(shape), width: filledUp(sizeOf(shape)) };
  },

  store(plan) {
    const [rows = 0, columns = 0] = plan.shape;
    return { plan, rows, rowStep: rows, columns, columnStep: filledUp(columns), height: rows };
  },

  build: (layer, site) => new Embedding(layer, site),
};

/** A coded feature's vectors in memory. */
interface Table {
  readonly feature: number;
  readonly categories: number;
  readonly size: number;
  /** Where its vectors begin in a row of the output. */
  readonly first: number;
  readonly vectors: TensorPlace;
  readonly other: TensorPlace;
}

/** Looks vectors up. It stands first, so nothing is handed back but to the vectors, row after row. */
class Embedding implements KernelLayer {
  readonly output: Signal;
  readonly #machine: NetworkMachine;
  readonly #input: Signal;
  readonly #plain: readonly number[];
  readonly #tables: readonly Table[];

  constructor(layer: EmbeddingLayer, { machine, input, rows, trains, tensor }: KernelSite) {
    const layout = embedding.outputLayout(layer, input);
    const take = (): number => machine.memory.take(4 * heightOf(rows) * layout.width);
    this.output = { ...layout, at: take(), derivatives: trains ? take() : 0 };
    this.#machine = machine;
    this.#input = input;
    this.#plain = plainFeatures(layer, input.shape);
    let first = this.#plain.length;
    this.#tables = layer.codes.map((code, k) => {
      const table = { ...code, first, vectors: tensor(vectorsOf(k)), other: tensor(otherOf(k)) };
      first += code.size;
      return table;
    });
  }

  forward({ rows }: Pass): void {
    const { memory } = this.#machine;
    const { at, width } = this.#input;
    const given = memory.float32(at, rows * width);
    const gives = memory.float32(this.output.at, rows * this.output.width);
    for (let row = 0; row < rows; row += 1) {
      const [from, to] = [row * width, row * this.output.width];
      for (const [k, feature] of this.#plain.entries())
        gives[to + k] = given[from + feature] ?? NaN;
      for (const table of this.#tables) {
        const vector = vectorAt(table, given[from + table.feature] ?? NaN);
        gives.set(memory.float32(vector.at, table.size), to + table.first);
      }
    }
  }

  back({ rows }: Pass): void {
    const { memory } = this.#machine;
    const { at, width } = this.#input;
    const given = memory.float32(at, rows * width);
    const derivatives = memory.float32(this.output.derivatives, rows * this.output.width);
    for (const table of this.#tables) {
      const { feature, categories, size, first, vectors, other } = table;
      memory.float32(vectors.gradient, categories * filledUp(size)).fill(0);
      memory.float32(other.gradient, filledUp(size)).fill(0);
      for (let row = 0; row < rows; row += 1) {
        const vector = vectorAt(table, given[row * width + feature] ?? NaN);
        const gradient = memory.float32(vector.gradient, size);
        const start = row * this.output.width + first;
        for (let i = 0; i < size; i += 1)
          gradient[i] = (gradient[i] ?? 0) + (derivatives[start + i] ?? 0);
      }
    }
  }
}

/** Where the vector of a code stands; what is missing or unknown has the other one. */
function vectorAt({ categories, size, vectors, other }: Table, code: number): TensorPlace {
  if (!(code >= 0 && code < categories)) return other;
  const offset = 4 * code * filledUp(size);
  return { at: vectors.at + offset, gradient: vectors.gradient + offset };
}
