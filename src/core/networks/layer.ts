/** What a row is between two layers: [features], or [height, width, channels] of an image. */
export type Shape = readonly number[];

/** Fully connected: output = input · kernel + bias. */
export interface DenseLayer {
  readonly kind: 'dense';
  readonly units: number;
}

/** A non-linearity, number by number. */
export interface ActivationLayer {
  readonly kind: 'activation';
  readonly function: 'relu' | 'tanh';
}

/** One layer of a network, as plain data; `registry.ts` has what there is to know of each kind. */
export type Layer = DenseLayer | ActivationLayer;

/** How many numbers a row of a shape has. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, one) => product * one, 1);
}
