import { sizeOf, type Layer } from '#core/networks/layer.ts';
import { placeLayers, type PlacedLayer } from '#core/networks/place-layers.ts';
import { ONE_THREAD, type Threads } from '#core/parallel/threads.ts';
import type { NetworkStart } from '#engine/networks/network.ts';
import { PRODUCT_NS } from './cuts.ts';

/**
 * What one thread does in less time is not worth a round of several: by two threads, layers of 96 units trained as fast as
 * by one where rounds of 0.04 ms were shared, and layers of 128 by a fifth faster.
 */
const ROUND_MS = 0.08;

/** An image of which a convolution needs less is not worth being handed to another thread; measured alike. */
const IMAGE_NS = 2000;

/** Which work of a training is not worth a round of these threads. */
export function roundMsFor({ worthMs }: Threads): number {
  return Math.min(ROUND_MS, worthMs);
}

/**
 * The threads that were lent to a training, or this one alone: where the training is too short, or where none of its
 * layers has work for two in a step, as in small networks for tables. The sizes alone decide.
 */
export function threadsWorth({
  plan,
  settings,
  train,
  threads = ONE_THREAD,
}: NetworkStart): Threads {
  const { rows } = train.features;
  const batchRows = Math.min(settings.batchRows, rows);
  const productMs = (products: number): number => products * PRODUCT_NS * 1e-6;
  const placed = placeLayers(plan);
  const ofRow = placed.map(productsOfRow);
  const shared = placed.map((layer, i) => (isShared(layer, ofRow[i] ?? 0) ? (ofRow[i] ?? 0) : 0));
  const largestMs = productMs(batchRows * Math.max(0, ...shared));
  const { epochs, maxSteps } = settings;
  const steps = Math.min(epochs * Math.ceil(rows / batchRows), maxSteps || Infinity);
  // Forward once, and twice on the way back.
  const allMs = productMs(3 * steps * batchRows * ofRow.reduce((sum, one) => sum + one, 0));
  return largestMs >= roundMsFor(threads) && allMs >= threads.worthMs ? threads : ONE_THREAD;
}

/** Whether a layer does enough for each row: images are handed out one by one. */
function isShared({ layer }: PlacedLayer, products: number): boolean {
  return layer.kind !== 'convolution' || products * PRODUCT_NS >= IMAGE_NS;
}

/** How often each weight of a kind of layer is multiplied for a row; not at all where it is looked up. */
const uses: Readonly<Partial<Record<Layer['kind'], (layer: PlacedLayer) => number>>> = {
  dense: () => 1,
  convolution: ({ output }) => positionsOf(output),
  convolution_1d: ({ output }) => positionsOf(output),
  place_dense: ({ output }) => positionsOf(output),
  transformer_block: ({ output }) => positionsOf(output),
  gru: ({ input }) => positionsOf(input),
};

function productsOfRow(placed: PlacedLayer): number {
  const weights = placed.tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return weights * (uses[placed.layer.kind]?.(placed) ?? 0);
}

function positionsOf(shape: readonly number[]): number {
  return sizeOf(shape) / (shape.at(-1) ?? 1);
}
