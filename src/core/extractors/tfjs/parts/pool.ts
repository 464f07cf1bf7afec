import type { NetworkWriter } from '../network-writer.ts';
import { sidesOf, type Tensor } from '../tensor.ts';
import { windowOver, type Window } from './windows.ts';

/** The largest or the mean number of each channel under a window; borders count for neither. */
export function pool(
  writer: NetworkWriter,
  opType: 'MaxPool' | 'AveragePool',
  images: Tensor,
  window: Window,
): Tensor {
  const { attributes, height, width } = windowOver(images, window);
  const made = writer.node(opType, [writer.asFirst(images)], attributes);
  return writer.first([images.shape[0] ?? null, height, width, sidesOf(images).channels], made);
}

/** One number of each channel, over all places. */
export function poolAll(
  writer: NetworkWriter,
  opType: 'GlobalMaxPool' | 'GlobalAveragePool',
  images: Tensor,
  keepsSides: boolean,
): Tensor {
  const [batch = null] = images.shape;
  const { channels } = sidesOf(images);
  const made = writer.node(opType, [writer.asFirst(images)]);
  if (keepsSides) return writer.first([batch, 1, 1, channels], made);
  return writer.plain([batch, channels], writer.node('Flatten', [made], { axis: 1 }));
}
