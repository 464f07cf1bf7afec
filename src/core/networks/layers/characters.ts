import { emitCodesBefore } from '#core/language/emit-codes-before.ts';
import type { CharactersLayer } from '#core/networks/layer.ts';
import { placesOf } from '#core/networks/layer.ts';
import type { LayerKind, TensorPlan } from '#core/networks/layer-kind.ts';

/** Vectors start near 0, as Keras has them. */
const FIRST_LIMIT = 0.05;

/**
 * Vectors of characters, [characters, size], of what begins a text, [1, size], and of places, [places, size]. What is
 * missing has the vector of the beginning: nobody asks what comes behind it.
 */
export const characters: LayerKind<CharactersLayer> = {
  gives: 'places',
  outputShape: ({ size }, input) => [placesOf(input), size],

  tensors({ characters: count, size }, input) {
    const plan = (name: string, rows: number): TensorPlan => ({
      ...{ name, shape: [rows, size], first: { limit: FIRST_LIMIT } },
      ...{ trained: true, penalized: true },
    });
    return [plan('vectors', count), plan('beginning', 1), plan('places', placesOf(input))];
  },

  emit(graph, texts, { characters: count, size }, { input, tensor }) {
    const [known, beginning, places] = [tensor('vectors'), tensor('beginning'), tensor('places')];
    const values = new Float32Array((count + 1) * size);
    values.set(known.values);
    values.set(beginning.values, count * size);
    const table = graph.constant(values, [count + 1, size], known.name);
    const codes = emitCodesBefore(graph, texts, placesOf(input), count);
    const vectors = graph.node('Gather', [table, codes], { axis: 0 });
    return graph.node('Add', [vectors, graph.constant(places.values, places.shape, places.name)]);
  },
};
