import { sizeOf, type Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { placeLayers } from '#core/networks/place-layers.ts';
import type { PlannedLayer, Signal } from './layers/gpu-layer.ts';
import { LayerRooms } from './layers/layer-rooms.ts';
import { gpuKindOf } from './layers/registry.ts';
import { MOST_TABLES } from './shaders/embedding.ts';

/** A network whose layers each have dispatches of their own. */
export interface LayeredPlan {
  readonly layers: readonly PlannedLayer[];
  readonly output: Signal;
  readonly rooms: LayerRooms;
}

/**
 * Whether every layer has shaders. The first one makes numbers whose channels are filled up to fours, which those behind it
 * count on, and the last one makes numbers that a loss can be taken of.
 */
export function hasShaders({ layers }: NetworkPlan): boolean {
  const [first, last] = [layers.at(0)?.kind, layers.at(-1)?.kind];
  const begins = first === 'dense' || first === 'convolution' || first === 'embedding';
  return begins && last === 'dense' && layers.every(hasShader);
}

function hasShader(layer: Layer): boolean {
  if (layer.kind === 'embedding' && layer.codes.length > MOST_TABLES) return false;
  return gpuKindOf(layer) !== undefined;
}

/**
 * Places a network's layers.
 * @param quads of a step, at most
 * @param seed what the training draws its random numbers from
 */
export function planLayers(network: NetworkPlan, quads: number, seed: number): LayeredPlan {
  const rooms = new LayerRooms();
  let signal: Signal = {
    shape: network.input,
    channelStep: network.input.at(-1) ?? 0,
    at: rooms.take(sizeOf(network.input)),
    derivatives: null,
  };
  const layers = placeLayers(network).map((placed) => {
    const kind = gpuKindOf(placed.layer);
    if (kind === undefined) throw new RangeError(`${placed.layer.kind} has no shaders`);
    const planned = kind.plan(placed.layer, {
      placed,
      input: signal,
      quads,
      seed,
      take: (numbers) => rooms.take(numbers),
      store: (tensors, parts) => rooms.store(placed, tensors, parts),
      keep: (role, numbers) => rooms.keep(placed, role, numbers),
    });
    signal = planned.output;
    return planned;
  });
  return { layers, output: signal, rooms };
}
