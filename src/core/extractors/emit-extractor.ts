import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { Extractor } from './extractor.ts';
import type { Scaling } from './pixel-scaling.ts';

export const channelOrders = ['rgb', 'bgr'] as const;
export const poolings = ['average', 'flatten'] as const;

/** What an extractor wants of the pixels, and what is made of its features. */
export interface ExtractorSettings {
  readonly scaling: Scaling;
  readonly order: (typeof channelOrders)[number];
  readonly pool: (typeof poolings)[number];
}

/** Mean and deviation of ImageNet's reds, greens and blues, as torchvision's models were trained with. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

/**
 * Writes an extractor behind an input of images.
 * @param images float32 [N, height, width, 3], red, green and blue from 0 to 1
 * @returns float32 [N, features]
 */
export function emitExtractor(
  graph: GraphBuilder,
  images: TensorName,
  extractor: Extractor,
  settings: ExtractorSettings,
): TensorName {
  const ordered = inOrder(graph, scaled(graph, images, settings), settings);
  const taken =
    extractor.input.layout === 'channels_first'
      ? graph.node('Transpose', [ordered], { perm: [0, 3, 1, 2] })
      : ordered;
  const names = graph.inline(extractor, new Map([[extractor.input.name, taken]]));
  const made = names.get(extractor.layer) ?? extractor.layer;
  if (settings.pool === 'flatten') return graph.node('Flatten', [made], { axis: 1 });
  // Of a list of numbers each is its own mean.
  const places = graph.node('Reshape', [made, graph.constant(BigInt64Array.of(0n, 0n, -1n), [3])]);
  return graph.node('ReduceMean', [places, graph.constant(BigInt64Array.of(2n), [1])], {
    keepdims: 0,
  });
}

function scaled(
  graph: GraphBuilder,
  images: TensorName,
  { scaling }: Pick<ExtractorSettings, 'scaling'>,
): TensorName {
  const constant = (...values: readonly number[]) =>
    graph.constant(Float32Array.from(values), [values.length]);
  switch (scaling) {
    case 'unit':
      return images;
    case 'bytes':
      return graph.node('Mul', [images, constant(255)]);
    case 'symmetric':
      return graph.node('Sub', [graph.node('Mul', [images, constant(2)]), constant(1)]);
    case 'imagenet': {
      const centred = graph.node('Sub', [images, constant(...IMAGENET.mean)]);
      return graph.node('Div', [centred, constant(...IMAGENET.deviation)]);
    }
  }
}

function inOrder(
  graph: GraphBuilder,
  images: TensorName,
  { order }: Pick<ExtractorSettings, 'order'>,
): TensorName {
  if (order === 'rgb') return images;
  const places = graph.constant(BigInt64Array.of(2n, 1n, 0n), [3]);
  return graph.node('Gather', [images, places], { axis: 3 });
}
