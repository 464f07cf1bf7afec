import { describe, expect, it } from 'vitest';
import { TerrariumError } from '#core/errors.ts';
import { readExtractor } from '#core/extractors/read-extractor.ts';
import { oneFile } from '#core/extractors/tfjs/pack-model.ts';
import { expectSentence, refusalOf } from '../../../support/refusal.ts';
import {
  ints,
  text as text64,
  texts,
  zipOf,
  type ModelFiles,
} from '../../../support/tfjs-models.ts';

/** A network of one convolution and one dense layer, written by hand. */
const conv = {
  class_name: 'Conv2D',
  config: {
    ...{ name: 'conv', batch_input_shape: [null, 8, 8, 3], filters: 2, kernel_size: [3, 3] },
    ...{ strides: [2, 2], padding: 'same', activation: 'relu', use_bias: true },
  },
};
const pool = { class_name: 'GlobalAveragePooling2D', config: { name: 'pool' } };
const weights = [
  { name: 'conv/kernel', shape: [3, 3, 3, 2], dtype: 'float32' },
  { name: 'conv/bias', shape: [2], dtype: 'float32' },
];
const numbers = new Uint8Array(56 * 4);

type Json = Readonly<Record<string, unknown>>;

function modelOf(layers: unknown, manifest: unknown = weights): Json {
  return {
    format: 'layers-model',
    modelTopology: { class_name: 'Sequential', config: { name: 'net', layers } },
    weightsManifest: [{ paths: ['weights.bin'], weights: manifest }],
  };
}

function graphOf(node: unknown): Json {
  return {
    format: 'graph-model',
    modelTopology: { node },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
}

function functional(layers: unknown, output: unknown = [['b', 0, 0]]): Json {
  const config = { name: 'net', layers, input_layers: [['a', 0, 0]], output_layers: output };
  return { ...modelOf([]), modelTopology: { class_name: 'Model', config } };
}

const text = (words: string) => new TextEncoder().encode(words);
function files(json: unknown, more: ModelFiles = { 'weights.bin': numbers }): ModelFiles {
  return { 'model.json': text(JSON.stringify(json)), ...more };
}
const changed = (config: Json) =>
  modelOf([{ ...conv, config: { ...conv.config, ...config } }, pool]);
const input = {
  ...{ class_name: 'InputLayer', name: 'a', inbound_nodes: [] },
  config: { name: 'a', batch_input_shape: [null, 8, 8, 3] },
};
const relu = (name: string, from: string) => ({
  ...{ class_name: 'ReLU', name, config: { name } },
  inbound_nodes: [[[from, 0, 0, {}]]],
});
const image = {
  ...{ name: 'image', op: 'Placeholder' },
  attr: {
    shape: { shape: { dim: [{ size: '-1' }, { size: '8' }, { size: '8' }, { size: '3' }] } },
  },
};

/** Models in models, each used twice in the next. */
function doubled(depth: number): Json {
  const inner =
    depth === 0
      ? { class_name: 'Sequential', config: { name: 'm', layers: [pool] } }
      : { class_name: 'Sequential', config: { name: 'm', layers: [doubled(depth - 1)] } };
  return { ...inner, config: { ...inner.config, name: `m${depth}` } };
}

/** Where values stand in a JSON. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]))];
}

function withValue(value: unknown, [key, ...more]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) {
    return value.map((one: unknown, i) => (String(i) === key ? withValue(one, more, other) : one));
  }
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: withValue(record[key], more, other) };
}

it('the model that the others are damaged forms of is taken', async () => {
  const { layer, nodes } = await readExtractor(zipOf(files(modelOf([conv, pool]))), 'net.zip');
  expect(layer).toBe('pool');
  expect(nodes.map(({ opType }) => opType)).toContain('Conv');
});

describe('a model that cannot be taken is refused by a sentence', () => {
  const cases: readonly (readonly [string, ModelFiles, RegExp])[] = [
    ['no JSON', { 'weights.bin': numbers }, /holds no model.json/],
    ['half a JSON', { 'model.json': text('{"modelTopology": {') }, /no JSON, or not whole/],
    ['brackets without an end', { 'model.json': text('['.repeat(2e5)) }, /no JSON, or not whole/],
    ['a list', { 'model.json': text('[1]') }, /no object/],
    ['another JSON', files({ name: 'package' }), /no model of TensorFlow.js/],
    ['two models', { ...files(modelOf([])), 'b/model.json': text('{}') }, /could be 2 models/],
    ['no file of weights', files(modelOf([conv, pool]), {}), /names "weights.bin" .* not there/],
    [
      'files elsewhere',
      files({ ...modelOf([conv]), weightsManifest: [{ paths: ['../secrets'], weights: [] }] }),
      /no names of files beside it/,
    ],
    [
      'a short file',
      files(modelOf([conv, pool]), { 'weights.bin': numbers.slice(0, -1) }),
      /too short: "conv\/bias" ends at byte 224, and "weights.bin" have 223/,
    ],
    [
      'a long file',
      files(modelOf([conv, pool]), { 'weights.bin': new Uint8Array(300) }),
      /too long: its manifest says 224 bytes/,
    ],
    [
      'a shape beyond all measure',
      files(modelOf([conv, pool], [{ name: 'k', shape: [2e9, 2e9, 9], dtype: 'float32' }])),
      /weights of more than 128 MB/,
    ],
    [
      'a shape of texts',
      files(modelOf([conv, pool], [{ name: 'k', shape: ['3'], dtype: 'float32' }])),
      /the shape of its weight "k" is no list of sides/,
    ],
    [
      'a negative shape',
      files(modelOf([conv, pool], [{ name: 'k', shape: [-3], dtype: 'float32' }])),
      /is no list of sides/,
    ],
    [
      'weights of texts',
      files(modelOf([conv, pool], [{ name: 'k', shape: [3], dtype: 'string' }])),
      /weight "k" of the type "string"/,
    ],
    ['a text for a number', files(changed({ strides: '2' })), /layer "conv" has strides "2"/],
    ['a stride of nothing', files(changed({ strides: [0, 1] })), /has strides \[0, 1\]/],
    ['no number at all', files(changed({ strides: [1, 1, 1] })), /two whole numbers/],
    [
      'a hostile border',
      files(
        modelOf([
          { ...conv },
          {
            class_name: 'ZeroPadding2D',
            config: {
              name: 'edge',
              padding: [
                [0, 1e9],
                [0, 0],
              ],
            },
          },
        ]),
      ),
      /layer "edge" \(ZeroPadding2D\) that has a padding/,
    ],
    [
      'a border for each of 4,096 pixels, again and again',
      files(
        modelOf([
          conv,
          ...[1, 2, 3].map((i) => ({
            class_name: 'ZeroPadding2D',
            config: { name: `edge${i}`, padding: [4096, 4096] },
          })),
        ]),
      ),
      /is too large/,
    ],
    [
      'channels first',
      files(changed({ data_format: 'channels_first' })),
      /channels_first, and channels_last/,
    ],
    [
      'filters for other channels',
      files(changed({ batch_input_shape: [null, 8, 8, 4] })),
      /do not fit/,
    ],
    [
      'no weights of that name',
      files(changed({ name: 'other' })),
      /layer "other" .* no weight "kernel"/,
    ],
    [
      'an unknown layer',
      files(modelOf([conv, { class_name: 'Lambda', config: { name: 'l' } }])),
      /layer "l" of the class "Lambda"/,
    ],
    ['an unknown activation', files(changed({ activation: 'wobble' })), /activation "wobble"/],
    ['layers of one name', files(modelOf([conv, conv])), /two layers called "conv"/],
    [
      'a layer from a prototype',
      files(modelOf([{ class_name: 'constructor', config: conv.config }])),
      /class "constructor"/,
    ],
    ['layers in a circle', files(functional([input, relu('b', 'c'), relu('c', 'b')])), /a circle/],
    ['a layer that is nowhere', files(functional([input, relu('b', 'z')])), /reads the layer "z"/],
    ['an output that is nowhere', files(functional([input], [['z', 0, 0]])), /reads the layer "z"/],
    [
      'calls by texts',
      files(functional([input, { ...relu('b', 'a'), inbound_nodes: [[['a', '0', 0]]] }])),
      /no layer by name and number/,
    ],
    [
      'models in models without an end',
      files(modelOf([conv, doubled(40)])),
      /models in models, more than 16 deep/,
    ],
    [
      'an unknown operator',
      files(graphOf([image, { name: 'x', op: 'Wobble', input: ['image'] }])),
      /node "x" \(Wobble\) that is not taken/,
    ],
    [
      'nodes in a circle',
      files(
        graphOf([
          image,
          { name: 'x', op: 'Relu', input: ['y'] },
          { name: 'y', op: 'Relu', input: ['x'] },
          { name: 'z', op: 'Relu', input: ['x'] },
        ]),
      ),
      /a circle/,
    ],
    [
      'a node that is nowhere',
      files(graphOf([image, { name: 'x', op: 'Relu', input: ['w'] }])),
      /reads "w", which it has not/,
    ],
    ['nodes of one name', files(graphOf([image, image])), /two nodes called "image"/],
    [
      'a constant without values',
      files(
        graphOf([
          image,
          { name: 'k', op: 'Const' },
          { name: 'x', op: 'Add', input: ['image', 'k'] },
        ]),
      ),
      /node "k" \(Const\) that has no values/,
    ],
    [
      'a second result',
      files(graphOf([image, { name: 'x', op: 'Relu', input: ['image:1'] }])),
      /reads "image:1"/,
    ],
    ['no image', files(graphOf([{ name: 'x', op: 'Relu', input: [] }])), /reads 0 tensors/],
    ['nodes that are no objects', files(graphOf(['image'])), /its node is "image", and no object/],
  ];
  it.each(cases)('%s', async (_, model, wanted) => {
    const refusal = await refusalOf(() => readExtractor(zipOf(model), 'folder/net.zip'));
    expect(refusal.code).toBe('bad_extractor');
    expect(refusal.message).toMatch(/^The extractor "net.zip" /);
    expect(refusal.message).toMatch(wanted);
    expectSentence(refusal.hint ?? '');
  });

  it.each([
    [
      'cut',
      (zip: Uint8Array) => zip.slice(0, zip.length / 2),
      'zip_cut',
      /no directory at its end/,
    ],
    [
      'with a byte changed in a file',
      (zip: Uint8Array) => zip.with(60, (zip[60] ?? 0) ^ 255),
      'zip_damaged',
      /is damaged/,
    ],
  ])('a zip that is %s, by the name of its file', async (_, change, code, wanted) => {
    const zip = zipOf(files(graphOf([image])));
    const refusal = await refusalOf(() => readExtractor(change(zip), 'folder/net.zip'));
    expect(refusal).toMatchObject({ code, kind: 'input', details: { file: 'net.zip' } });
    expect(refusal.message).toMatch(/^The extractor "net.zip" cannot be read\. /);
    expect(refusal.message).toMatch(wanted);
    expectSentence(refusal.hint ?? '');
  });

  it('whatever stands at any one place', async () => {
    const graph = graphOf([
      image,
      { name: 'conv/kernel', op: 'Const' },
      { name: 'conv/bias', op: 'Const' },
      {
        ...{ name: 'conv', op: '_FusedConv2D', input: ['image', 'conv/kernel', 'conv/bias'] },
        attr: {
          ...{ strides: ints(1, 2, 2, 1), dilations: ints(1, 1, 1, 1), padding: text64('SAME') },
          ...{ data_format: text64('NHWC'), fused_ops: texts('BiasAdd', 'Relu') },
        },
      },
      { name: 'mean', op: 'Softmax', input: ['conv'] },
    ]);
    const nested = functional([input, relu('b', 'a')]);
    const strange = [null, '', 'x', -1, 0, 1e9, 0.5, true, [], {}, [[]], '__proto__', '^', ':'];
    let refused = 0;
    for (const model of [modelOf([conv, pool]), graph, nested]) {
      await readExtractor(zipOf(files(model)), 'net.zip');
      for (const [i, path] of placesIn(model).entries()) {
        const value = strange[i % strange.length];
        try {
          await readExtractor(zipOf(files(withValue(model, path, value))), 'net.zip');
        } catch (thrown) {
          refused += 1;
          const where = `${path.join('.')} = ${JSON.stringify(value)}: ${String(thrown)}`;
          expect(thrown instanceof TerrariumError && thrown.kind, where).toBe('input');
        }
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  it('a chain of ten thousand layers, in no order', async () => {
    const chain = Array.from({ length: 10_001 }, (_, i) =>
      relu(`r${i}`, i === 0 ? 'a' : `r${i - 1}`),
    );
    const long = functional([input, ...chain.toReversed()], [['r10000', 0, 0]]);
    const refusal = await refusalOf(() => readExtractor(zipOf(files(long)), 'net.zip'));
    expect(refusal.message).toMatch(/uses more than 5000 layers/);
  });
});

describe('the files of one model', () => {
  const named = (all: ModelFiles, folder = '') =>
    Object.entries(all).map(([name, bytes]) => ({
      name: folder + name,
      file: new Blob([Uint8Array.from(bytes)]),
    }));
  const bytesOf = async ({ file }: { readonly file: Blob }) =>
    new Uint8Array(await file.arrayBuffer());
  const whole = files(modelOf([conv, pool]));
  const beside = { ...whole, 'metadata.json': text('{"labels": []}'), 'notes.txt': text('hello') };

  it('are the same pack from a folder, in any order, and with other files beside', async () => {
    const pack = await bytesOf(await oneFile(named(whole)));
    expect(await bytesOf(await oneFile(named(beside).reverse()))).toEqual(pack);
    expect(await bytesOf(await oneFile(named(beside, 'my net/')))).toEqual(pack);
    expect((await readExtractor(pack, 'model.json')).layer).toBe('pool');
  });

  it('are asked for where one is missing', async () => {
    const [json] = named(whole);
    const refusal = await refusalOf(() => oneFile(json === undefined ? [] : [json]));
    expect(refusal.message).toBe(
      'The extractor "model.json" names "weights.bin" as a file of its weights, which is not there.',
    );
    expect(refusal.hint).toContain('all its files of weights at once');
  });

  it('an ONNX file or a zip stays as it is', async () => {
    const file = new Blob([Uint8Array.of(1, 2, 3)]);
    expect(await oneFile([{ name: 'net.onnx', file }])).toEqual({ name: 'net.onnx', file });
  });
});
