import type { Attribute } from '#core/onnx/proto-parts.ts';
import { sidesOf, type Size, type Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';

/** Rows above and below, columns left and right. */
export type Borders = readonly [top: number, bottom: number, left: number, right: number];

/** How a window goes over an image, down and across. */
export interface Window {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: 'same' | 'valid' | Borders;
}

/**
 * A window as ONNX has it, and what becomes of the image's sides. TensorFlow's SAME has ⌈side ÷ stride⌉ places, and of the
 * borders that it needs the larger half comes last; it depends on the side, so that ONNX finds them where that may vary.
 */
export function windowOver(
  image: Tensor,
  { kernel, strides, dilations, padding }: Window,
): {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly height: Size;
  readonly width: Size;
} {
  const { height, width } = sidesOf(image);
  const down = alongSide(height, 0);
  const across = alongSide(width, 1);
  const isFound = down.borders === null || across.borders === null;
  if (isFound && Math.max(...dilations) > 1) {
    throw new TfjsFault(
      'goes over images of any size by windows with gaps and steps of more than one pixel',
      'Export the model for images of one size.',
    );
  }
  const [top, bottom] = down.borders ?? [0, 0];
  const [left, right] = across.borders ?? [0, 0];
  return {
    attributes: {
      ...{ kernel_shape: kernel, strides },
      ...(Math.max(...dilations) > 1 ? { dilations } : {}),
      ...(isFound ? { auto_pad: 'SAME_UPPER' } : { pads: [top, left, bottom, right] }),
    },
    height: down.size,
    width: across.size,
  };

  function alongSide(side: Size, axis: 0 | 1) {
    const stride = strides[axis];
    const reach = dilations[axis] * (kernel[axis] - 1) + 1;
    if (padding === 'same') {
      const size = side === null ? null : Math.ceil(side / stride);
      if (stride > 1 && (side === null || size === null)) return { size, borders: null };
      const whole = stride === 1 ? reach - 1 : ((size ?? 1) - 1) * stride + reach - (side ?? 0);
      const total = Math.max(whole, 0);
      return { size, borders: [total >> 1, total - (total >> 1)] as const };
    }
    const [before, after] =
      padding === 'valid' ? [0, 0] : axis === 0 ? padding.slice(0, 2) : padding.slice(2);
    const borders = [before ?? 0, after ?? 0] as const;
    if (side === null) return { size: null, borders };
    const size = Math.floor((side + borders[0] + borders[1] - reach) / stride) + 1;
    if (size >= 1) return { size, borders };
    throw new TfjsFault(
      `goes over a side of ${side} pixels by a window of ${reach}`,
      'Choose a network for larger images.',
    );
  }
}
