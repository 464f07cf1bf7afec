import type { NetworkWriter } from '../network-writer.ts';
import { shapeText, type Constant, type Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';

export interface Norm {
  readonly scale?: Constant | undefined;
  readonly offset?: Constant | undefined;
  readonly mean: Constant;
  readonly variance: Constant;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** Normalizes each channel by what training found; channels stand last. */
export function normalize(
  writer: NetworkWriter,
  tensor: Tensor,
  { scale, offset, mean, variance, epsilon }: Norm,
): Tensor {
  const { shape } = tensor;
  const channels = shape.at(-1) ?? null;
  const lists = [scale, offset, mean, variance].flatMap((one) => one ?? []);
  if (channels === null || lists.some(({ values }) => values.length !== channels)) {
    const sizes = lists.map(({ values }) => values.length).join(', ');
    throw new TfjsFault(`normalizes [${shapeText(shape)}] by lists of ${sizes} numbers`);
  }
  if (!(epsilon > 0 && epsilon < 1)) {
    throw new TfjsFault(`normalizes with epsilon ${epsilon}, which should lie between 0 and 1`);
  }
  if (shape.length !== 2 && shape.length !== 4) {
    throw new TfjsFault(`normalizes [${shapeText(shape)}], which are no images and no features`);
  }
  const isImages = shape.length === 4;
  const list = (given: Constant | undefined, otherwise: number): string => {
    const values = given?.values ?? new Float32Array(channels).fill(otherwise);
    return writer.constant(Float32Array.from(values), [channels]);
  };
  const made = writer.node(
    'BatchNormalization',
    [
      isImages ? writer.asFirst(tensor) : writer.asPlain(tensor),
      ...[list(scale, 1), list(offset, 0), list(mean, 0), list(variance, 1)],
    ],
    { epsilon },
  );
  return isImages ? writer.first(shape, made) : writer.plain(shape, made);
}
