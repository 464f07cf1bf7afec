import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  NodeProtoSchema,
  TensorProto_DataType as DataType,
  type AttributeProto,
  type NodeProto,
  type TensorProto,
} from 'onnx-buf';

export function attributeOf(node: NodeProto, name: string): AttributeProto | undefined {
  return node.attribute.find((one) => one.name === name);
}

export function integersOf(node: NodeProto, name: string): readonly bigint[] | undefined {
  return attributeOf(node, name)?.ints;
}

/** The same node with other inputs or outputs, and without some attributes. */
export function changedNode(
  node: NodeProto,
  change: {
    readonly opType?: string;
    readonly input?: readonly string[];
    readonly output?: readonly string[];
    readonly without?: readonly string[];
    readonly integers?: Readonly<Record<string, number>>;
  },
): NodeProto {
  const kept = node.attribute.filter(({ name }) => change.without?.includes(name) !== true);
  const added = Object.entries(change.integers ?? {}).map(([name, value]) => ({
    ...{ name, type: AttributeType.INT, i: BigInt(value) },
  }));
  return create(NodeProtoSchema, {
    opType: change.opType ?? node.opType,
    name: node.name,
    input: [...(change.input ?? node.input)],
    output: [...(change.output ?? node.output)],
    attribute: [...kept, ...added],
  });
}

/** The values of a tensor of int64; undefined for any other. */
export function int64ValuesOf(tensor: TensorProto | undefined): readonly bigint[] | undefined {
  if (tensor?.dataType !== DataType.INT64) return undefined;
  const { rawData, int64Data } = tensor;
  if (rawData.byteLength === 0) return int64Data;
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  return Array.from({ length: rawData.byteLength >> 3 }, (_, i) => view.getBigInt64(8 * i, true));
}
