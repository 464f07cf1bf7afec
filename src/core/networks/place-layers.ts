import type { WeightTensor } from '#core/models/weight-tensor.ts';
import type { RandomStream } from '#core/random.ts';
import { sizeOf, type Layer, type Shape } from './layer.ts';
import type { TensorPlan } from './layer-kind.ts';
import type { NetworkPlan } from './network-plan.ts';
import { kindOf } from './registry.ts';

/** A layer in its place. */
export interface PlacedLayer {
  readonly layer: Layer;
  /** Its place among the layers, from 0. */
  readonly index: number;
  readonly input: Shape;
  readonly output: Shape;
  /** Under the names that they have among the network's weights. */
  readonly tensors: readonly PlacedTensor[];
}

export interface PlacedTensor extends TensorPlan {
  /** The name that its kind of layer gives it. */
  readonly role: string;
}

/** The layers with their shapes and tensors. Tensors are numbered by the layers that have any, from 0. */
export function placeLayers({ input, layers }: NetworkPlan): PlacedLayer[] {
  let shape = input;
  let number = 0;
  return layers.map((layer, index) => {
    const kind = kindOf(layer);
    const own = kind.tensors(layer, shape);
    const tensors = own.map((tensor) => ({
      ...tensor,
      role: tensor.name,
      name: `${tensor.name}_${number}`,
    }));
    if (own.length > 0) number += 1;
    const placed = { layer, index, input: shape, output: kind.outputShape(layer, shape), tensors };
    shape = placed.output;
    return placed;
  });
}

/** The tensors that training starts from. The numbers come from the run's own stream, so every backend starts from the same bits. */
export function firstWeights(
  plan: NetworkPlan,
  random: RandomStream,
): WeightTensor<Float32Array>[] {
  return placeLayers(plan).flatMap(({ tensors }) =>
    tensors.map(({ name, shape, first }) => {
      const length = sizeOf(shape);
      const values =
        'fill' in first
          ? new Float32Array(length).fill(first.fill)
          : Float32Array.from({ length }, () => first.limit * (2 * random.uniform() - 1));
      return { name, shape, values };
    }),
  );
}
