import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from 'onnx-buf';
import { attributeProto, tensorProto, type Attribute } from '#core/onnx/proto-parts.ts';
import { noise } from './experiment.ts';

/** Small networks for images, as a person might bring them. */
interface Network {
  readonly name?: string;
  readonly input?: readonly ValueInfoProto[];
  /** Name of the tensor that it gives. */
  readonly output?: string;
  readonly initializer?: readonly TensorProto[];
  readonly node?: readonly NodeProto[];
  readonly metadata?: Readonly<Record<string, string>>;
}

export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
  domain = '',
): NodeProto {
  const attribute = Object.entries(attributes).map(([name, value]) => attributeProto(name, value));
  return create(NodeProtoSchema, {
    ...{ opType, domain, attribute, input: [...input], output: [...output] },
  });
}

export function constantNode(name: string, t: TensorProto): NodeProto {
  const attribute = [{ name: 'value', type: AttributeType.TENSOR, t }];
  return create(NodeProtoSchema, { opType: 'Constant', output: [name], attribute });
}

export function integers(name: string, ...values: readonly number[]): TensorProto {
  const data = BigInt64Array.from(values, BigInt);
  return create(TensorProtoSchema, tensorProto(name, data, [values.length]));
}

/** Numbers between −0.5 and 0.5 that depend on the name alone. */
export function weights(name: string, ...dims: readonly number[]): TensorProto {
  const salt = new TextEncoder().encode(name).reduce((sum, byte) => sum + byte, 0);
  const size = dims.reduce((product, one) => product * one, 1);
  const data = Float32Array.from({ length: size }, (_, i) => noise(i, salt) - 0.5);
  return create(TensorProtoSchema, tensorProto(name, data, dims));
}

export function imagesOf(
  sizes: readonly (number | string)[] = ['N', 3, 'H', 'W'],
  name = 'image',
  elemType: DataType = DataType.FLOAT,
): ValueInfoProto {
  const dim = sizes.map((size) => ({
    value:
      typeof size === 'string'
        ? { case: 'dimParam' as const, value: size }
        : { case: 'dimValue' as const, value: BigInt(size) },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } },
  });
}

const steps = {
  conv: node('Conv', ['image', 'filters', 'bias'], ['conv'], {
    strides: [2, 2],
    pads: [1, 1, 1, 1],
  }),
  relu: node('Relu', ['conv'], ['label']),
  average: node('GlobalAveragePool', ['label'], ['probabilities']),
  flatten: node('Flatten', ['probabilities'], ['weights_0']),
  gemm: node('Gemm', ['weights_0', 'head'], ['logits']),
};

/**
 * A convolution, its average over the places, and a layer of five classes: features are the four averages. Its tensors
 * have names that our graphs give too.
 */
export const usual = {
  steps,
  node: Object.values(steps),
  filters: weights('filters', 4, 3, 3, 3),
  bias: weights('bias', 4),
  head: weights('head', 4, 5),
};

/** The usual network with some parts in another way, as the bytes of a file. */
export function extractorFile(change: Network = {}, opset = 13): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion: 7n,
    metadataProps: Object.entries(change.metadata ?? {}).map(([key, value]) => ({ key, value })),
    opsetImport: opset === 0 ? [] : [{ domain: '', version: BigInt(opset) }],
    graph: create(GraphProtoSchema, {
      name: change.name ?? 'usual',
      input: [...(change.input ?? [imagesOf()])],
      output: [{ name: change.output ?? 'logits' }],
      initializer: [...(change.initializer ?? [usual.filters, usual.bias, usual.head])],
      node: [...(change.node ?? usual.node)],
    }),
  });
  return toBinary(ModelProtoSchema, model);
}
