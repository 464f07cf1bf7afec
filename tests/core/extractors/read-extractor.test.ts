import { create } from '@bufbuild/protobuf';
import {
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
} from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { MOST_BYTES, readExtractor } from '#core/extractors/read-extractor.ts';
import { openExtractor } from '#core/extractors/open-extractor.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import {
  constantNode,
  extractorFile,
  imagesOf,
  integers,
  node,
  usual,
  weights,
} from '../../support/extractors.ts';
import { expectSentence, refusalOf } from '../../support/refusal.ts';

const settings = { scaling: 'unit', order: 'rgb', pool: 'average' } as const;

async function opened(bytes: Uint8Array, layer = '', side = 8, more: object = {}) {
  const extractor = await readExtractor(bytes, 'folder/net.onnx', layer);
  const all = { ...settings, ...more };
  return openExtractor(extractor, { height: side, width: side }, all, openModelOnNode);
}

async function widthOf(...args: Parameters<typeof opened>): Promise<number> {
  const extractor = await opened(...args);
  await extractor.release();
  return extractor.width;
}

const text = (words: string) => new TextEncoder().encode(words);
const { filters, bias, head } = usual;
const { conv, relu, average, flatten, gemm } = usual.steps;
const like = { name: 'bias', dataType: DataType.FLOAT };
const external = create(TensorProtoSchema, {
  ...{ ...like, dims: [4n], dataLocation: DataLocation.EXTERNAL },
});
const huge = create(TensorProtoSchema, {
  ...{ ...like, dims: [4_000_000_000n], rawData: new Uint8Array(16) },
});

describe('a file that is no extractor is refused by a sentence', () => {
  it.each([
    ['nothing', new Uint8Array(0), /is no readable ONNX model/],
    ['a text', text('weights: 1, 2, 3\n'.repeat(30)), /is no readable ONNX model/],
    ['half a file', extractorFile().subarray(0, 200), /is no readable ONNX model/],
    ['all but its last bytes', extractorFile().slice(0, -9), /is no readable ONNX model/],
    ['another opset', extractorFile({}, 25), /version 25.*and 7 to 21 are taken/],
    ['an old opset', extractorFile({}, 6), /version 6 of ONNX/],
    ['no opset', extractorFile({}, 0), /does not say which version/],
    [
      'two inputs',
      extractorFile({ input: [imagesOf(), imagesOf([1], 'mask')] }),
      /has 2 inputs, "image", "mask"/,
    ],
    ['no input', extractorFile({ input: [] }), /has no input/],
    [
      'integers',
      extractorFile({ input: [imagesOf(['N', 3, 8, 8], 'image', DataType.INT64)] }),
      /numbers of the type int64/,
    ],
    ['one channel', extractorFile({ input: [imagesOf(['N', 1, 8, 8])] }), /takes \[any, 1, 8, 8\]/],
    ['a table', extractorFile({ input: [imagesOf(['N', 3])] }), /takes \[any, 3\]/],
    [
      'a fixed batch',
      extractorFile({ input: [imagesOf([8, 3, 8, 8])] }),
      /just 8 images at a time/,
    ],
    ['large images', extractorFile({ input: [imagesOf([1, 3, 512, 512])] }), /512 × 512 pixels/],
    [
      'weights elsewhere',
      extractorFile({ initializer: [filters, external, head] }),
      /keeps its weights in another file/,
    ],
    [
      'a constant of another size than it says',
      extractorFile({ initializer: [filters, huge, head] }),
      /constant "bias" should have 4000000000 numbers, and has 4/,
    ],
    [
      'an unknown operator',
      extractorFile({ node: [conv, node('Wobble', ['conv'], ['label']), average, flatten, gemm] }),
      /has the operator "Wobble"/,
    ],
    [
      'an operator of somebody else',
      extractorFile({
        node: [conv, node('Relu', ['conv'], ['label'], {}, 'com.acme'), average, flatten, gemm],
      }),
      /has the operator "com.acme.Relu"/,
    ],
    [
      'an operator that meant something else',
      extractorFile(
        { node: [conv, node('Softmax', ['conv'], ['label']), average, flatten, gemm] },
        9,
      ),
      /Softmax as version 9 of ONNX’s operators means it/,
    ],
    [
      'two tensors of one name',
      extractorFile({ node: [conv, relu, node('Relu', ['conv'], ['label']), average] }),
      /has two tensors called "label"/,
    ],
    [
      'nodes in no order',
      extractorFile({ node: [relu, conv, average, flatten, gemm] }),
      /reads "conv" before anything has made it/,
    ],
    [
      'features of no image',
      extractorFile({
        node: [constantNode('x', weights('x', 2, 2))],
        output: 'x',
      }),
      /does not depend on the image/,
    ],
  ])('%s', async (_, bytes, wanted) => {
    const refusal = await refusalOf(() => readExtractor(bytes, 'folder/net.onnx'));
    expect(refusal).toMatchObject({ code: 'bad_extractor', kind: 'input' });
    expectSentence(refusal.message);
    expect(refusal.message).toMatch(/^The extractor "net.onnx" /);
    expect(refusal.message).toMatch(wanted);
  });

  it('one that is too large, before it is read', async () => {
    const vast = { byteLength: MOST_BYTES + 1 } as Uint8Array;
    const refusal = await refusalOf(() => readExtractor(vast, 'vast.onnx'));
    expect(refusal.message).toContain('has 129 MB, and at most 128 are taken');
  });

  it('a layer that it has not, and one that gives other features beside other images', async () => {
    const stray = await refusalOf(() => readExtractor(extractorFile(), 'net.onnx', 'embedding'));
    expect(stray.message).toBe('The extractor "net.onnx" has no layer "embedding".');
    expect(stray.hint).toContain('"logits", "weights_0"');
    const mixing = extractorFile({
      node: [...usual.node, node('ReduceMean', ['weights_0'], ['mixed'], { axes: [0] })],
    });
    expect((await refusalOf(() => opened(mixing, 'mixed'))).message).toMatch(
      /other features|does not run/,
    );
  });

  it('one that does not run on images of that size, and one with too many features', async () => {
    const fixed = [
      node('Reshape', ['conv', 'shape'], ['long']),
      node('Gemm', ['long', 'head'], ['y']),
    ];
    const narrow = extractorFile({
      initializer: [filters, bias, head, integers('shape', -1, 64)],
      node: [conv, ...fixed],
      output: 'y',
    });
    expect(await widthOf(narrow)).toBe(64);
    expect((await refusalOf(() => opened(narrow, '', 10))).message).toMatch(
      /does not run on images of 10 × 10 pixels/,
    );
    expect(
      (await refusalOf(() => opened(extractorFile(), 'conv', 128, { pool: 'flatten' }))).message,
    ).toMatch(/gives 16,384 features of an image at its layer "conv", and 1 to 8,192/);
  });
});

describe('what features are read from', () => {
  it('is what goes into the last fully connected layer', async () => {
    expect((await readExtractor(extractorFile(), 'net.onnx')).layer).toBe('weights_0');
    const softmax = extractorFile({
      node: [
        ...usual.node.slice(0, 4),
        node('Dropout', ['weights_0'], ['dropped']),
        node('MatMul', ['dropped', 'head'], ['product']),
        node('Add', ['product', 'five'], ['sum']),
        node('Softmax', ['sum'], ['logits'], { axis: 1 }),
      ],
      initializer: [filters, bias, head, weights('five', 5)],
    });
    expect((await readExtractor(softmax, 'net.onnx')).layer).toBe('dropped');
    expect(await widthOf(softmax)).toBe(4);
  });

  it('is the output of a network without a head, averaged where it still has places; or a layer by name', async () => {
    const headless = extractorFile({ node: usual.node.slice(0, 2), output: 'label' });
    expect(await widthOf(headless)).toBe(4);
    expect(await widthOf(headless, '', 8, { pool: 'flatten' })).toBe(64);
    expect(await widthOf(extractorFile(), 'logits')).toBe(5);
  });
});

it('an image is scaled and ordered before the network sees it', async () => {
  // The network is the mean of each channel.
  const means = extractorFile({
    node: [node('GlobalAveragePool', ['image'], ['y'])],
    output: 'y',
  });
  const grey = [0, 0.2, 1];
  const image = Float32Array.from({ length: 8 * 8 * 3 }, (_, at) => grey[at % 3] ?? 0);
  const wanted = {
    unit: [0, 0.2, 1],
    symmetric: [-1, -0.6, 1],
    bytes: [0, 51, 255],
    imagenet: [-0.485 / 0.229, (0.2 - 0.456) / 0.224, (1 - 0.406) / 0.225],
  };
  for (const [scaling, values] of Object.entries(wanted)) {
    for (const order of ['rgb', 'bgr']) {
      const extractor = await opened(means, '', 8, { scaling, order });
      const found = await extractor.run(image, 1);
      await extractor.release();
      // The colours are scaled where they lie, and ordered afterwards.
      const ordered = order === 'rgb' ? values : values.toReversed();
      expect([...found].map((one) => Number(one.toFixed(4)))).toEqual(
        ordered.map((one) => Number(one.toFixed(4))),
      );
    }
  }
});

describe('how a file wants pixels', () => {
  it.each([
    ['NominalRange_0_255', 'bytes'],
    ['Normalized_0_1', 'unit'],
    ['Normalized_1_1', 'symmetric'],
    ['NominalRange_16_235', 'imagenet'],
    ['', 'imagenet'],
  ])('is read from its metadata: %s', async (range, scaling) => {
    const metadata = { author: 'Normalized_1_1', 'Image.NominalPixelRange': range };
    const { pixels } = await readExtractor(extractorFile({ metadata }), 'net.onnx');
    expect(pixels?.scaling).toBe(scaling);
    expect(pixels?.why).toContain(scaling === 'imagenet' ? 'most of those do' : 'says so');
  });
});
