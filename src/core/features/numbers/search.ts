import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';

/** How many of the knots, in rising order, are at most x; 0 for NaN. */
export function placeOf(x: number, knots: ArrayLike<number>): number {
  let low = 0;
  let high = knots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x >= (knots[middle] ?? NaN)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Numbers by place, one list per column, as one tensor. */
interface Shelves {
  readonly size: number;
  readonly offsets: TensorName;
}

/** Writes searches and look-ups in lists of numbers, each column in one of its own. */
export class ColumnSearch {
  readonly #graph: GraphBuilder;
  readonly #shelves: Shelves;

  /** @param longest most knots of a column */
  constructor(graph: GraphBuilder, columns: number, longest: number) {
    let size = 2;
    while (size < longest + 1) size *= 2;
    const starts = BigInt64Array.from({ length: columns }, (_, j) => BigInt(j * size));
    this.#graph = graph;
    this.#shelves = { size, offsets: graph.constant(starts, [1, columns]) };
  }

  /**
   * `placeOf` for float64 [N, columns], as int64 of the same shape: a binary search, all cells at once.
   * @param knots per column, rising
   */
  places(input: TensorName, knots: readonly (readonly number[])[]): TensorName {
    const graph = this.#graph;
    const { size } = this.#shelves;
    // Place p stands for "p knots are at most x", so shelf p holds knot p − 1; NaN is never at most x.
    const table = this.#table(knots.map((own) => [NaN, ...own]));
    let place: TensorName | null = null;
    for (let step = size / 2; step >= 1; step /= 2) {
      const width = graph.constant(BigInt64Array.of(BigInt(step)), []);
      const next = place === null ? width : graph.node('Add', [place, width]);
      const knot = this.#read(table, next);
      const reached = graph.cast(graph.node('GreaterOrEqual', [input, knot]), 'int64');
      const taken = graph.node('Mul', [reached, width]);
      place = place === null ? taken : graph.node('Add', [place, taken]);
    }
    return place ?? this.#shelves.offsets;
  }

  /** The numbers at these places, float64 [N, columns]. @param numbers per column, by place */
  lookUp(places: TensorName, numbers: readonly (readonly number[])[]): TensorName {
    return this.#read(this.#table(numbers), places);
  }

  #table(lists: readonly (readonly number[])[]): TensorName {
    const { size } = this.#shelves;
    const all = new Float64Array(size * lists.length).fill(NaN);
    for (const [j, own] of lists.entries()) all.set(own, j * size);
    return this.#graph.constant(all, [all.length]);
  }

  #read(table: TensorName, places: TensorName): TensorName {
    const index = this.#graph.node('Add', [places, this.#shelves.offsets]);
    return this.#graph.node('Gather', [table, index]);
  }
}
