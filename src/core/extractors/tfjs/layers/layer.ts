import type { Fields } from '../json-fields.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { Constant, Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';

/** A layer of Keras at one of the places where it is used. */
export interface LayerCall {
  readonly writer: NetworkWriter;
  readonly config: Fields;
  readonly inputs: readonly Tensor[];
  /** One of its weights. @throws TfjsFault where the file has none of that name */
  readonly weight: (name: string) => Constant;
}

/** Writes a layer. @throws TfjsFault completing "The extractor FILE …" or "has a layer NAME that …" */
export type Layer = (call: LayerCall) => Tensor;

/** The input of a layer that has one. */
export function onlyInput({ inputs }: LayerCall): Tensor {
  const [only] = inputs;
  if (only !== undefined && inputs.length === 1) return only;
  throw new TfjsFault(`reads ${inputs.length} tensors, and should read one`);
}

/** @throws TfjsFault where its images have their channels first: TensorFlow.js computes with them last */
export function checkChannelsLast(config: Fields): void {
  const format = config.text('data_format', 'channels_last');
  if (format === 'channels_last' || format === 'channelsLast') return;
  throw new TfjsFault(
    `takes images as ${format}, and channels_last are taken`,
    'Export the model with its channels last.',
  );
}
