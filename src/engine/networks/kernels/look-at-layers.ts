import { toFailure } from '#core/errors.ts';
import { histogramOfValues } from '#core/networks/histogram-of-values.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { startNetworkMachine } from '#core/kernels/network-kernels.ts';
import type { LayerLook, LayersSeen } from '#core/models/layer-look.ts';
import { pastMemory } from '#core/networks/memory-need.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { placeLayers, type PlacedLayer } from '#core/networks/place-layers.ts';
import { sizeOf } from '#core/networks/layer.ts';
import type { NetworkTensors } from '#engine/networks/network.ts';
import type { Signal } from './signal.ts';
import { rowsAtOnce, Stack } from './stack.ts';

/** Rows of the sample, at most. */
const SAMPLE_ROWS = 256;

/** Fewer take as much memory: the kernels fill batches up to four rows. */
const LEAST_ROWS = 4;

/**
 * What a network's layers hold, whatever it trains on: its weights go through the kernels once, in a memory of their own,
 * with a sample of rows from all over the features. Training knows nothing of it.
 * @param most bytes that it may take: where they are few so are the rows, and there is nothing to see where they are too few
 */
export async function lookAtLayers(
  plan: NetworkPlan,
  weights: NetworkTensors,
  features: FeatureMatrix,
  most = Infinity,
): Promise<Pick<LayersSeen, 'rows' | 'layers'>> {
  let rows = Math.min(features.rows, rowsAtOnce(plan, SAMPLE_ROWS));
  for (;;) {
    try {
      return { rows, layers: await layersOver(rows, plan, weights, features, most) };
    } catch (thrown) {
      if (toFailure(thrown).code !== 'memory_budget') throw thrown;
      if (rows <= LEAST_ROWS) return { rows: 0, layers: [] };
      rows = Math.ceil(rows / 4);
    }
  }
}

/** @throws TerrariumError `memory_budget` */
async function layersOver(
  rows: number,
  plan: NetworkPlan,
  weights: NetworkTensors,
  features: FeatureMatrix,
  most: number,
): Promise<readonly LayerLook[]> {
  const machine = await startNetworkMachine();
  machine.memory.limit({ bytes: most, refusal: (needed) => pastMemory(needed, most) });
  const stack = new Stack(machine, plan, rows, null);
  stack.arena.load(weights);
  const { at, width } = stack.input;
  for (let row = 0; row < rows; row += 1) {
    const from = Math.floor((row * features.rows) / rows);
    stack.place(features, from, 1, at + 4 * row * width);
  }
  const layers: LayerLook[] = [];
  const placed = placeLayers(plan);
  stack.forwardSeen({ rows, step: null }, (index, given) => {
    const layer = placed[index];
    // Dropping passes all on where a network only answers.
    if (layer === undefined || layer.layer.kind === 'dropout') return;
    layers.push({
      name: `${index + 1} ${layer.layer.kind.replaceAll('_', ' ')}`,
      weights: histogramOfValues(weightsOf(layer, weights)),
      activations: histogramOfValues(numbersOf(stack, given, rows)),
    });
  });
  return layers;
}

/** A layer's trained numbers: kernels and the like, and where it has none the others. */
function weightsOf({ tensors }: PlacedLayer, weights: NetworkTensors): Float32Array {
  const trained = tensors.filter((one) => one.trained);
  const penalized = trained.filter((one) => one.penalized);
  const names = new Set((penalized.length > 0 ? penalized : trained).map(({ name }) => name));
  return joined(weights.filter(({ name }) => names.has(name)).map(({ values }) => values));
}

/** Of rows in the kernels' memory, without what fills them up. */
function numbersOf({ machine }: Stack, given: Signal, rows: number): Float32Array {
  const { at, width, shape, channelStep } = given;
  const channels = shape.at(-1) ?? 0;
  const places = sizeOf(shape) / channels;
  const all = new Float32Array(rows * places * channels);
  for (let i = 0; i < rows * places; i += 1) {
    const [row, place] = [Math.floor(i / places), i % places];
    const from = at + 4 * (row * width + place * channelStep);
    all.set(machine.memory.float32(from, channels), i * channels);
  }
  return all;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
