import { afterAll, beforeAll, expect, it } from 'vitest';
import { emitExtractor } from '#core/extractors/emit-extractor.ts';
import { readExtractor } from '#core/extractors/read-extractor.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';
import { everyNumber, expectNear } from '../support/compare-features.ts';
import {
  answersOf,
  artifactsOf,
  endTfjs,
  fill,
  filesOf,
  graphArtifacts,
  ints,
  loadGraph,
  someImages,
  startTfjs,
  text,
  texts,
  tf,
  zipOf,
} from '../support/tfjs-models.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

beforeAll(startTfjs);
afterAll(endTfjs);

const IMAGES = 3;
const [HEIGHT, WIDTH] = [15, 18];
const images = someImages(IMAGES, HEIGHT, WIDTH);
const input = () => tf.tensor4d(images, [IMAGES, HEIGHT, WIDTH, 3]);

/** Holds what three runtimes read by a converted network against what TensorFlow.js gives. */
async function expectSame(file: Uint8Array, layer: string, wanted: tf.Tensor): Promise<void> {
  const extractor = await readExtractor(file, 'net.zip', layer);
  const graph = new GraphBuilder(['images', 'features']);
  const pixels = graph.input('images', 'float32', HEIGHT, WIDTH, 3);
  graph.output('features', 'float32', emitExtractor(graph, pixels, extractor, everyNumber), 'D');
  const onnx = graph.finish({
    ...{ graphName: 'extractor', producerVersion: '0', docString: '', metadata: {} },
  });
  const feeds = {
    images: { dtype: 'float32' as const, values: images, sizes: [HEIGHT, WIDTH, 3] },
  };
  const answers = await inThreeRuntimes(onnx, feeds, IMAGES, 'features');
  for (const runtime of ['web', 'node', 'python'] as const) {
    expectNear(answers[runtime], answersOf(wanted), `${layer}, ${runtime}`);
  }
}

it('a layers-model answers in three runtimes as in TensorFlow.js, and onnx.checker finds nothing', async () => {
  const { layers } = tf;
  const image = tf.input({ shape: [HEIGHT, WIDTH, 3] });
  const apply = (layer: tf.layers.Layer, given: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(given) as tf.SymbolicTensor;
  const stem = apply(
    layers.conv2d({ filters: 6, kernelSize: 3, strides: 2, padding: 'same', name: 'stem' }),
    image,
  );
  const norm = apply(layers.batchNormalization({ name: 'norm' }), stem);
  const six = apply(layers.reLU({ maxValue: 6, name: 'six' }), norm);
  const edge = apply(
    layers.zeroPadding2d({
      padding: [
        [0, 1],
        [0, 1],
      ],
      name: 'edge',
    }),
    six,
  );
  const apart = apply(
    layers.depthwiseConv2d({ kernelSize: 3, strides: 2, name: 'apart', depthMultiplier: 2 }),
    edge,
  );
  const leaky = apply(layers.leakyReLU({ alpha: 0.1, name: 'leaky' }), apart);
  const slopes = apply(layers.prelu({ name: 'slopes' }), leaky);
  const mean = apply(
    layers.averagePooling2d({ poolSize: 2, padding: 'same', name: 'mean' }),
    slopes,
  );
  const both = apply(layers.concatenate({ name: 'both' }), [mean, mean]);
  const row = apply(layers.flatten({ name: 'row' }), both);
  const gelu = apply(layers.dense({ units: 5, activation: 'selu', name: 'hidden' }), row);
  const output = apply(layers.dense({ units: 3, activation: 'softmax', name: 'classes' }), gelu);
  const model = tf.model({ inputs: image, outputs: output });
  fill(model);
  const file = zipOf(filesOf(await artifactsOf(model)));
  for (const name of ['both', 'classes']) {
    const part = tf.model({ inputs: image, outputs: model.getLayer(name).output });
    await expectSame(file, name, part.predict(input()) as tf.Tensor);
  }
});

it('a graph-model answers in three runtimes as in TensorFlow.js, and onnx.checker finds nothing', async () => {
  const gliding = {
    ...{ strides: ints(1, 2, 2, 1), dilations: ints(1, 1, 1, 1) },
    ...{ padding: text('SAME'), data_format: text('NHWC') },
  };
  const artifacts = graphArtifacts(
    [-1, HEIGHT, WIDTH, 3],
    [
      { name: 'two', shape: [], values: [2] },
      { name: 'one', shape: [], values: [1] },
      { name: 'filters', shape: [3, 3, 3, 5] },
      { name: 'bias', shape: [5] },
      { name: 'each', shape: [3, 3, 5, 1] },
      { name: 'axes', shape: [2], whole: [1, 2] },
    ],
    [
      { name: 'doubled', op: 'Mul', input: ['image', 'two'] },
      { name: 'centred', op: 'Sub', input: ['doubled', 'one'] },
      {
        ...{ name: 'conv', op: '_FusedConv2D', input: ['centred', 'filters', 'bias'] },
        attr: { ...gliding, fused_ops: texts('BiasAdd', 'Relu6'), num_args: { i: '1' } },
      },
      { name: 'apart', op: 'DepthwiseConv2dNative', input: ['conv', 'each'], attr: gliding },
      {
        ...{ name: 'peak', op: 'MaxPool', input: ['apart'] },
        attr: { ...gliding, ksize: ints(1, 3, 3, 1) },
      },
      { name: 'mean', op: 'Mean', input: ['peak', 'axes'] },
    ],
  );
  const model = await loadGraph(artifacts);
  const file = zipOf(filesOf(artifacts, 'graph-model'));
  expect((await readExtractor(file, 'net.zip')).pixels?.scaling).toBe('unit');
  await expectSame(file, 'peak', model.execute({ image: input() }, 'peak') as tf.Tensor);
});
