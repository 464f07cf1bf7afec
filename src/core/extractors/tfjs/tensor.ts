import { TfjsFault } from './tfjs-fault.ts';

/** A side of a tensor; null where it may vary. */
export type Size = number | null;

/**
 * A tensor of the network under construction. Its shape is TensorFlow.js's: of images [N, height, width, channels]. It is
 * there as such (`plain`), or with its channels first, as ONNX's convolutions want them (`first`), or both.
 */
export interface Tensor {
  readonly kind: 'tensor';
  readonly shape: readonly Size[];
  /** Names of ONNX's tensors that hold it. */
  readonly forms: { plain?: string; first?: string };
}

/** Numbers that are known before any image is. */
export interface Constant {
  readonly kind: 'constant';
  readonly shape: readonly number[];
  /** Whole numbers are the sides, axes and borders that other operators ask for. */
  readonly values: Float32Array | Int32Array;
}

export type Value = Tensor | Constant;

/** Numbers of one image that a tensor may hold: 256 MB. */
const MOST_NUMBERS = 1 << 26;

/** The shape itself. @throws TfjsFault where a tensor of one image were too large for memory */
export function checkedShape(shape: readonly Size[]): readonly Size[] {
  const count = shape.slice(1).reduce<number>((product, size) => product * (size ?? 1), 1);
  if (count <= MOST_NUMBERS) return shape;
  throw new TfjsFault(
    `makes a tensor [${shapeText(shape)}] of one image, which is too large`,
    'Choose a network for smaller images.',
  );
}

/** The shape of two tensors that are combined number by number, as NumPy broadcasts. */
export function broadcast(a: readonly Size[], b: readonly Size[]): readonly Size[] {
  const rank = Math.max(a.length, b.length);
  const at = (shape: readonly Size[], i: number): Size => {
    const place = i - rank + shape.length;
    return place < 0 ? 1 : (shape[place] ?? null);
  };
  return Array.from({ length: rank }, (_, i) => {
    const [one, other] = [at(a, i), at(b, i)];
    if (one === 1) return other;
    if (other === 1 || one === other) return one;
    if (one === null || other === null) return i === 0 ? null : (one ?? other);
    throw new TfjsFault(`combines [${shapeText(a)}] with [${shapeText(b)}], which do not fit`);
  });
}

export function shapeText(shape: readonly Size[]): string {
  return shape.map((size) => size ?? 'any').join(', ');
}

/** Height, width and channels of images. @throws TfjsFault where they are none */
export function sidesOf({ shape }: Tensor): {
  readonly height: Size;
  readonly width: Size;
  readonly channels: number;
} {
  const [, height = null, width = null, channels = null] = shape;
  if (shape.length === 4 && channels !== null) return { height, width, channels };
  throw new TfjsFault(`has [${shapeText(shape)}] where images with channels are wanted`);
}
