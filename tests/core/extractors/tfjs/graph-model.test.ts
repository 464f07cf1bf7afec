import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExtractor } from '#core/extractors/read-extractor.ts';
import { expectNear, featuresOf } from '../../../support/compare-features.ts';
import {
  answersOf,
  endTfjs,
  filesOf,
  flag,
  floatOf,
  graphArtifacts,
  ints,
  loadGraph,
  someImages,
  startTfjs,
  text,
  texts,
  tf,
  zipOf,
  type GraphConstant,
  type GraphPart,
} from '../../../support/tfjs-models.ts';

beforeAll(startTfjs);
afterAll(endTfjs);

const IMAGES = 2;
const [HEIGHT, WIDTH] = [11, 14];
const gliding = (stride: number, padding = 'SAME') => ({
  ...{ strides: ints(1, stride, stride, 1), padding: text(padding), data_format: text('NHWC') },
  dilations: ints(1, 1, 1, 1),
});

/** What each node gives here and in TensorFlow.js. */
async function compare(
  constants: readonly GraphConstant[],
  parts: readonly GraphPart[],
  sizes: readonly number[] = [-1, HEIGHT, WIDTH, 3],
): Promise<void> {
  const artifacts = graphArtifacts(sizes, constants, parts);
  const model = await loadGraph(artifacts);
  // Without a signature all that nothing reads is an output.
  const file = zipOf(filesOf({ ...artifacts, signature: {} }, 'graph-model'));
  const [, height = 0, width = 0] = sizes;
  const images = someImages(IMAGES, height, width);
  const input = tf.tensor4d(images, [IMAGES, height, width, 3]);
  for (const { name } of parts) {
    const wanted = model.execute({ image: input }, name) as tf.Tensor;
    const found = await featuresOf(file, name, images, [IMAGES, height, width]);
    expectNear(found, answersOf(wanted), name);
  }
}

describe('operators of a graph give what TensorFlow.js gives', () => {
  it('fused convolutions, as the converter writes MobileNet', async () => {
    await compare(
      [
        { name: 'w1', shape: [3, 3, 3, 4] },
        { name: 'b1', shape: [4] },
        { name: 'w2', shape: [3, 3, 4, 2] },
        { name: 'b2', shape: [8] },
        { name: 'w3', shape: [1, 1, 8, 5] },
        { name: 'b3', shape: [5] },
        { name: 'slopes', shape: [5] },
        { name: 'w4', shape: [5, 3] },
        { name: 'b4', shape: [3] },
        { name: 'axes', shape: [2], whole: [1, 2] },
        { name: 'flat', shape: [2], whole: [-1, 5] },
      ],
      [
        {
          ...{ name: 'conv', op: '_FusedConv2D', input: ['image', 'w1', 'b1'] },
          attr: { ...gliding(2), fused_ops: texts('BiasAdd', 'Relu6'), num_args: { i: '1' } },
        },
        {
          ...{ name: 'apart', op: 'FusedDepthwiseConv2dNative', input: ['conv', 'w2', 'b2'] },
          attr: { ...gliding(2), fused_ops: texts('BiasAdd', 'Relu'), num_args: { i: '1' } },
        },
        {
          ...{ name: 'slope', op: '_FusedConv2D', input: ['apart', 'w3', 'b3', 'slopes'] },
          attr: { ...gliding(1), fused_ops: texts('BiasAdd', 'Prelu'), num_args: { i: '2' } },
        },
        {
          ...{ name: 'leaky', op: '_FusedConv2D', input: ['apart', 'w3', 'b3'] },
          attr: {
            ...{ ...gliding(1, 'VALID'), fused_ops: texts('BiasAdd', 'LeakyRelu') },
            ...{ num_args: { i: '1' }, leakyrelu_alpha: floatOf(0.3) },
          },
        },
        { name: 'sum', op: 'AddV2', input: ['slope', 'leaky'] },
        { name: 'pooled', op: 'Mean', input: ['sum', 'axes'], attr: { keep_dims: flag(true) } },
        { name: 'squeezed', op: 'Squeeze', input: ['pooled'], attr: { squeeze_dims: ints(1, 2) } },
        { name: 'reshaped', op: 'Reshape', input: ['pooled', 'flat'] },
        {
          ...{ name: 'dense', op: '_FusedMatMul', input: ['squeezed', 'w4', 'b4'] },
          attr: {
            ...{ transpose_a: flag(false), transpose_b: flag(false), num_args: { i: '1' } },
            fused_ops: texts('BiasAdd', 'Elu'),
          },
        },
        { name: 'softmax', op: 'Softmax', input: ['dense'] },
      ],
    );
  });

  it('plain operators in every order: borders, normalization, hard swish, joins', async () => {
    const list = (name: string, from?: number): GraphConstant => ({
      ...{ name, shape: [4] },
      ...(from === undefined ? {} : { from }),
    });
    await compare(
      [
        { name: 'w', shape: [2, 3, 3, 4] },
        { name: 'd', shape: [3, 3, 4, 1] },
        ...[list('gamma'), list('beta'), list('mean'), list('variance', 0.5), list('bias')],
        { name: 'pads', shape: [4, 2], whole: [0, 0, 1, 2, 0, 3, 0, 0] },
        { name: 'three', shape: [], values: [3] },
        { name: 'sixth', shape: [], values: [1 / 6] },
        { name: 'low', shape: [], values: [-0.1] },
        { name: 'axis', shape: [], whole: [3] },
        { name: 'grid', shape: [1, 1, 1, 4] },
        { name: 'axes', shape: [2], whole: [2, 1] },
        { name: 'last', shape: [1], whole: [-1] },
        { name: 'perm', shape: [4], whole: [0, 3, 1, 2] },
        { name: 'places', shape: [4], whole: [-1, 1, 1, 4] },
        { name: 'heads', shape: [3, 4] },
      ],
      [
        { name: 'padded', op: 'Pad', input: ['image', 'pads'] },
        { name: 'filled', op: 'PadV2', input: ['image', 'pads', 'three'] },
        { name: 'conv', op: 'Conv2D', input: ['padded', 'w'], attr: gliding(2, 'VALID') },
        {
          ...{ name: 'explicit', op: 'Conv2D', input: ['image', 'w'] },
          attr: { ...gliding(2, 'EXPLICIT'), explicit_paddings: ints(0, 0, 1, 2, 0, 3, 0, 0) },
        },
        { name: 'added', op: 'BiasAdd', input: ['conv', 'bias'] },
        {
          ...{ name: 'norm', op: 'FusedBatchNormV3' },
          input: ['added', 'gamma', 'beta', 'mean', 'variance'],
          attr: { epsilon: floatOf(0.01), is_training: flag(false), data_format: text('NHWC') },
        },
        { name: 'plus', op: 'AddV2', input: ['norm', 'three'] },
        { name: 'six', op: 'Relu6', input: ['plus'] },
        { name: 'share', op: 'Mul', input: ['sixth', 'six'] },
        { name: 'swish', op: 'Mul', input: ['norm', 'share'] },
        {
          ...{ name: 'wide', op: 'DepthwiseConv2dNative', input: ['swish', 'd'] },
          attr: { ...gliding(1), dilations: ints(1, 2, 2, 1) },
        },
        { name: 'gridded', op: 'Mul', input: ['wide', 'grid'] },
        { name: 'joined', op: 'ConcatV2', input: ['gridded', 'swish', 'axis'] },
        {
          ...{ name: 'largest', op: 'MaxPool', input: ['joined'] },
          attr: { ...gliding(2), ksize: ints(1, 3, 2, 1) },
        },
        {
          ...{ name: 'average', op: 'AvgPool', input: ['joined'] },
          attr: { ...gliding(3), ksize: ints(1, 2, 3, 1) },
        },
        { name: 'difference', op: 'Sub', input: ['bias', 'wide'] },
        { name: 'ratio', op: 'RealDiv', input: ['difference', 'three'] },
        { name: 'clipped', op: 'ClipByValue', input: ['ratio', 'low', 'three'] },
        { name: 'leaky', op: 'LeakyRelu', input: ['clipped'], attr: { alpha: floatOf(0.4) } },
        { name: 'prelu', op: 'Prelu', input: ['leaky', 'bias'] },
        { name: 'same', op: 'Identity', input: ['prelu'] },
        { name: 'largests', op: 'Maximum', input: ['same', 'wide'] },
        { name: 'turned', op: 'Transpose', input: ['largests', 'perm'] },
        { name: 'peak', op: 'Max', input: ['largests', 'axes'], attr: { keep_dims: flag(false) } },
        {
          name: 'channels',
          op: 'Mean',
          input: ['largests', 'last'],
          attr: { keep_dims: flag(true) },
        },
        { name: 'cells', op: 'Reshape', input: ['peak', 'places'] },
        { name: 'gate', op: 'Sigmoid', input: ['cells'] },
        { name: 'gated', op: 'Mul', input: ['gate', 'largests'] },
        {
          ...{ name: 'product', op: 'MatMul', input: ['peak', 'heads'] },
          attr: { transpose_a: flag(false), transpose_b: flag(true) },
        },
      ],
    );
  });

  it('operators of each number by itself, and along sides', async () => {
    const one = (op: string, input: string): GraphPart => ({ name: `${op}_`, op, input: [input] });
    const along = (op: string): GraphPart => ({
      ...{ name: `${op}_`, op, input: ['conv', 'axes'], attr: { keep_dims: flag(op !== 'Min') } },
    });
    await compare(
      [
        { name: 'w', shape: [2, 2, 3, 4] },
        { name: 'half', shape: [], values: [0.5] },
        { name: 'axes', shape: [2], whole: [1, 2] },
      ],
      [
        { name: 'conv', op: 'Conv2D', input: ['image', 'w'], attr: gliding(2) },
        ...['Elu', 'Selu', 'Tanh', 'Softplus', 'Abs', 'Neg', 'Exp', 'Square'].map((op) =>
          one(op, 'conv'),
        ),
        ...['Sqrt', 'Rsqrt', 'Log'].map((op) => one(op, 'Exp_')),
        one('StopGradient', 'conv'),
        { name: 'ratio', op: 'Div', input: ['half', 'Exp_'] },
        { name: 'least', op: 'Minimum', input: ['conv', 'half'] },
        { name: 'plus', op: 'Add', input: ['least', 'ratio'] },
        ...['Sum', 'Min'].map(along),
        one('LogSoftmax', 'Min_'),
      ],
    );
  });

  it('a network that scales its pixels itself says which it wants', async () => {
    const begins = async (first: number, second: number) => {
      const artifacts = graphArtifacts(
        [-1, HEIGHT, WIDTH, 3],
        [
          { name: 'w', shape: [3, 3, 3, 4] },
          { name: 'first', shape: [], values: [first] },
          { name: 'second', shape: [], values: [second] },
        ],
        [
          { name: 'scaled', op: 'Mul', input: ['image', 'first'] },
          { name: 'centred', op: 'Sub', input: ['scaled', 'second'] },
          { name: 'conv', op: 'Conv2D', input: ['centred', 'w'], attr: gliding(2) },
        ],
      );
      const file = zipOf(filesOf(artifacts, 'graph-model'));
      return (await readExtractor(file, 'net.zip')).pixels;
    };
    expect((await begins(2, 1))?.scaling).toBe('unit');
    expect((await begins(1 / 127.5, 1))?.scaling).toBe('bytes');
    expect(await begins(1000, 1)).toBeNull();
  });
});
