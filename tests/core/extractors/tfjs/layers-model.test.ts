import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExtractor } from '#core/extractors/read-extractor.ts';
import { expectNear, featuresOf } from '../../../support/compare-features.ts';
import {
  answersOf,
  artifactsOf,
  endTfjs,
  fill,
  filesOf,
  someImages,
  startTfjs,
  tf,
  zipOf,
} from '../../../support/tfjs-models.ts';

beforeAll(startTfjs);
afterAll(endTfjs);

const IMAGES = 3;

/** What a model's layers give here and in TensorFlow.js. */
async function compare(
  model: tf.LayersModel,
  height: number,
  width: number,
  layers: readonly string[] = model.layers.slice(1).map(({ name }) => name),
): Promise<void> {
  fill(model);
  const file = zipOf(filesOf(await artifactsOf(model)));
  const images = someImages(IMAGES, height, width);
  for (const name of layers) {
    const part = tf.model({ inputs: model.inputs, outputs: model.getLayer(name).output });
    const shape: [number, number, number, number] = [IMAGES, height, width, 3];
    const wanted = part.predict(tf.tensor4d(images, shape)) as tf.Tensor;
    const found = await featuresOf(file, name, images, [IMAGES, height, width]);
    expectNear(found, answersOf(wanted), name);
  }
}

const { layers } = tf;
const bias = { biasInitializer: 'zeros' } as const;

describe('layers of Keras give what TensorFlow.js gives', () => {
  it('one after the other, on images of odd sides', async () => {
    const model = tf.sequential({
      layers: [
        layers.conv2d({
          ...{ inputShape: [15, 13, 3], filters: 4, kernelSize: 3, strides: 2, name: 'first' },
          padding: 'same',
        }),
        layers.batchNormalization({ name: 'norm', epsilon: 0.01 }),
        layers.reLU({ name: 'six', maxValue: 6 }),
        layers.depthwiseConv2d({
          ...{ kernelSize: [3, 2], depthMultiplier: 2, padding: 'same', name: 'apart' },
          ...{ strides: 2, activation: 'swish' },
        }),
        layers.zeroPadding2d({
          padding: [
            [0, 1],
            [2, 1],
          ],
          name: 'edge',
        }),
        layers.separableConv2d({
          ...{ filters: 6, kernelSize: 2, depthMultiplier: 2, name: 'separable' },
          activation: 'hardSigmoid',
        }),
        layers.leakyReLU({ alpha: 0.2, name: 'leaky' }),
        layers.prelu({ sharedAxes: [1, 2], name: 'slopes' }),
        layers.maxPooling2d({ poolSize: 2, strides: 1, padding: 'same', name: 'largest' }),
        layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same', name: 'mean' }),
        layers.dropout({ rate: 0.5, name: 'dropped' }),
        layers.flatten({ name: 'row' }),
        layers.dense({ units: 7, activation: 'tanh', name: 'hidden' }),
        layers.batchNormalization({ name: 'again', scale: false, center: false }),
        layers.dense({ units: 3, activation: 'softmax', useBias: false, name: 'classes' }),
      ],
    });
    await compare(
      model,
      15,
      13,
      model.layers.map(({ name }) => name),
    );
  });

  it('in branches, as MobileNetV3 and EfficientNet have them', async () => {
    const input = tf.input({ shape: [12, 17, 3], name: 'image' });
    const apply = (layer: tf.layers.Layer, ...given: tf.SymbolicTensor[]) =>
      layer.apply(
        given.length === 1 ? (given[0] as tf.SymbolicTensor) : given,
      ) as tf.SymbolicTensor;
    const stem = apply(
      layers.conv2d({
        ...bias,
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        name: 'stem',
      }),
      input,
    );
    const squeezed = apply(layers.globalAveragePooling2d({ name: 'squeeze' }), stem);
    const places = apply(layers.reshape({ targetShape: [1, 1, 4], name: 'places' }), squeezed);
    const gate = apply(
      layers.conv2d({ filters: 4, kernelSize: 1, activation: 'sigmoid', name: 'gate' }),
      places,
    );
    const excited = apply(layers.multiply({ name: 'excite' }), stem, gate);
    const added = apply(layers.add({ name: 'add' }), excited, stem);
    const least = apply(layers.minimum({ name: 'least' }), added, excited);
    const mean = apply(layers.average({ name: 'average' }), least, added, stem);
    const shared = layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', name: 'shared' });
    const twice = apply(shared, apply(shared, mean));
    const joined = apply(layers.concatenate({ name: 'joined' }), twice, mean);
    const wide = apply(
      layers.conv2d({ filters: 5, kernelSize: 3, dilationRate: 2, padding: 'same', name: 'wide' }),
      joined,
    );
    const rows = apply(layers.concatenate({ name: 'rows', axis: 1 }), wide, wide);
    const inRow = apply(layers.reshape({ targetShape: [-1, 10], name: 'reshaped' }), rows);
    const mixed = apply(layers.dense({ units: 2, name: 'mixed' }), inRow);
    const output = apply(layers.globalMaxPooling2d({ name: 'peak' }), rows);
    const model = tf.model({ inputs: input, outputs: [output, mixed] });
    const named = ['excite', 'add', 'least', 'average', 'joined', 'wide', 'rows', 'reshaped'];
    await compare(model, 12, 17, [...named, 'mixed', 'peak', 'gate']);
  });

  it('models in models, as Teachable Machine saves them', async () => {
    const input = tf.input({ shape: [16, 16, 3] });
    const conv = layers.conv2d({
      ...{ filters: 4, kernelSize: 3, strides: 2, padding: 'same', name: 'Conv1', useBias: false },
    });
    const norm = layers.batchNormalization({ name: 'bn_Conv1' });
    const depthwise = layers.depthwiseConv2d({
      ...{ kernelSize: 3, padding: 'same', name: 'expanded_conv_depthwise', useBias: false },
    });
    const inner = tf.model({
      inputs: input,
      outputs: depthwise.apply(norm.apply(conv.apply(input))) as tf.SymbolicTensor,
    });
    const features = tf.sequential();
    features.add(inner);
    features.add(layers.globalAveragePooling2d({ name: 'pooled' }));
    const head = tf.sequential();
    head.add(layers.dense({ inputShape: [4], units: 6, activation: 'relu', name: 'hidden' }));
    head.add(layers.dense({ units: 2, activation: 'softmax', useBias: false, name: 'classes' }));
    const model = tf.sequential();
    model.add(features);
    model.add(head);
    fill(model);
    const file = zipOf(filesOf(await artifactsOf(model)));
    const images = someImages(IMAGES, 16, 16);
    const wanted = model.predict(tf.tensor4d(images, [IMAGES, 16, 16, 3])) as tf.Tensor;
    const found = await featuresOf(file, 'classes', images, [IMAGES, 16, 16]);
    expectNear(found, answersOf(wanted), 'classes');
    const pooled = features.predict(tf.tensor4d(images, [IMAGES, 16, 16, 3])) as tf.Tensor;
    expectNear(
      await featuresOf(file, 'pooled', images, [IMAGES, 16, 16]),
      answersOf(pooled),
      'pooled',
    );
    // What goes into the last layer is what the network knows; its layers tell whose it is.
    const extractor = await readExtractor(file, 'net.zip');
    expect(extractor.layer).toBe('hidden');
    expect(extractor.pixels?.scaling).toBe('symmetric');
  });

  it('a model that is used in branches of another', async () => {
    const inside = tf.input({ shape: [8, 8, 3] });
    const inner = tf.model({
      inputs: inside,
      outputs: layers
        .conv2d({ filters: 3, kernelSize: 3, padding: 'same', name: 'deep' })
        .apply(inside) as tf.SymbolicTensor,
      name: 'inner',
    });
    const outside = tf.input({ shape: [8, 8, 3] });
    const once = inner.apply(outside) as tf.SymbolicTensor;
    const twice = inner.apply(once) as tf.SymbolicTensor;
    const output = layers.add({ name: 'sum' }).apply([once, twice]) as tf.SymbolicTensor;
    await compare(tf.model({ inputs: outside, outputs: output }), 8, 8, ['sum']);
  });

  it('windows of every kind, on sides of every rest', async () => {
    for (const side of [7, 8, 9, 10]) {
      for (const kernelSize of [1, 2, 3, 4] as const) {
        const input = tf.input({ shape: [side, side + 1, 3] });
        const outputs = [1, 2, 3].flatMap((strides) =>
          (['same', 'valid'] as const).flatMap((padding) => {
            const name = `k${kernelSize}s${strides}${padding}`;
            const given = { strides, padding };
            return [
              layers.conv2d({ ...given, kernelSize, filters: 2, name: `c${name}` }),
              layers.depthwiseConv2d({ ...given, kernelSize, name: `d${name}` }),
              layers.maxPooling2d({ ...given, poolSize: kernelSize, name: `m${name}` }),
              layers.averagePooling2d({ ...given, poolSize: kernelSize, name: `a${name}` }),
            ].map((layer) => layers.flatten().apply(layer.apply(input)) as tf.SymbolicTensor);
          }),
        );
        const all = layers.concatenate({ name: 'all' }).apply(outputs) as tf.SymbolicTensor;
        await compare(tf.model({ inputs: input, outputs: all }), side, side + 1, ['all']);
      }
    }
  });

  it('every activation, on images and on lists', async () => {
    const names = [
      ...['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'hardSigmoid', 'softplus'],
      ...['softsign', 'tanh', 'softmax', 'logSoftmax', 'swish', 'mish', 'gelu'],
    ] as const;
    const input = tf.input({ shape: [5, 4, 3] });
    const conv = layers.conv2d({ filters: 6, kernelSize: 2, name: 'conv' });
    const places = conv.apply(input) as tf.SymbolicTensor;
    const row = layers.flatten().apply(places) as tf.SymbolicTensor;
    const outputs = [places, row].flatMap((from, i) =>
      [
        ...names.map((activation) =>
          layers.activation({ activation: activation as 'relu', name: `${activation}${i}` }),
        ),
        layers.elu({ name: `elu-layer${i}` }),
        layers.softmax({ axis: -1, name: `softmax-layer${i}` }),
        layers.rescaling({ scale: 3, offset: -0.5, name: `rescaled${i}` }),
        layers.gaussianNoise({ stddev: 1, name: `noisy${i}` }),
      ].map((layer) => layer.apply(from) as tf.SymbolicTensor),
    );
    const flat = outputs.map((one) =>
      one.rank === 2 ? one : (layers.flatten().apply(one) as tf.SymbolicTensor),
    );
    const most = layers.maximum({ name: 'most' }).apply(flat.slice(0, 5)) as tf.SymbolicTensor;
    const all = layers.concatenate({ name: 'all' }).apply([...flat, most]) as tf.SymbolicTensor;
    await compare(tf.model({ inputs: input, outputs: all }), 5, 4, ['all', 'softmax0', 'swish0']);
  });

  it('images of any size', async () => {
    const model = tf.sequential({
      layers: [
        layers.conv2d({
          ...{ inputShape: [null, null, 3], filters: 3, kernelSize: 3, strides: 2 },
          ...{ padding: 'same', name: 'conv' },
        }),
        layers.maxPooling2d({ poolSize: 2, padding: 'same', name: 'pool' }),
        layers.globalAveragePooling2d({ name: 'mean' }),
      ],
    });
    const named = ['conv', 'pool', 'mean'];
    await compare(model, 9, 12, named);
    await compare(model, 10, 7, named);
  });
});
