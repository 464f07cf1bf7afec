import type * as tf from '@tensorflow/tfjs-core';
import type { Layer } from '#core/networks/layer.ts';
import type { PlacedLayer } from '#core/networks/place-layers.ts';

/** What is known of a pass of rows through the network. */
export interface TensorPass {
  /** Training, in the step of this number; null where the network only answers. */
  readonly step: number | null;
}

/** How tfjs does one kind of layer; the way back is tfjs's own. */
export interface TensorLayerKind<Own extends Layer = Layer> {
  /** @returns [rows, …the output's shape]. Called inside a tidy. */
  forward(input: tf.Tensor, layer: Own, site: TensorSite): tf.Tensor;
}

export interface TensorSite {
  readonly placed: PlacedLayer;
  readonly tensor: (role: string) => tf.Variable;
  readonly pass: TensorPass;
  /** What the training draws its random numbers from; 0 where there is none. */
  readonly seed: number;
}
