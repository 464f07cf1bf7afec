import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  type TensorProto,
  type TensorProtoSchema,
  TensorProto_DataType as DataType,
  type ValueInfoProtoSchema,
} from 'onnx-buf';

export type ElementType = 'float32' | 'float64' | 'int64' | 'string';
/** Lists of numbers write integers, `Float32Array` floats. */
export type Attribute = number | string | readonly number[] | Float32Array | readonly string[];
/** `BigInt64Array` writes int64; text lists write strings. */
export type TensorData = Float32Array | Float64Array | BigInt64Array | readonly string[];

export const elementTypes = {
  float32: DataType.FLOAT,
  float64: DataType.DOUBLE,
  int64: DataType.INT64,
  string: DataType.STRING,
} as const;

/** A declared tensor; a text among the dimensions is a name for one that may vary. */
export function valueInfo(
  name: string,
  type: ElementType,
  dims: readonly (string | number)[],
): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = dims.map((size) =>
    typeof size === 'string'
      ? { value: { case: 'dimParam' as const, value: size } }
      : { value: { case: 'dimValue' as const, value: BigInt(size) } },
  );
  return {
    name,
    type: {
      value: { case: 'tensorType', value: { elemType: elementTypes[type], shape: { dim } } },
    },
  };
}

/** A constant's values. */
export function tensorProto(
  name: string,
  data: TensorData,
  dims: readonly number[],
): MessageInitShape<typeof TensorProtoSchema> {
  const shape = { name, dims: dims.map((size) => BigInt(size)) };
  if (data instanceof Float32Array) {
    return { ...shape, dataType: DataType.FLOAT, rawData: bytesOf(data) };
  }
  if (data instanceof Float64Array) {
    return { ...shape, dataType: DataType.DOUBLE, rawData: bytesOf(data) };
  }
  if (data instanceof BigInt64Array) {
    return { ...shape, dataType: DataType.INT64, rawData: bytesOf(data) };
  }
  return { ...shape, dataType: DataType.STRING, stringData: data.map(encode) };
}

/** The numbers of another file's tensor, under another name. */
export function renamedTensor(
  { dataType, dims, rawData, floatData, doubleData, int64Data, int32Data }: TensorProto,
  name: string,
): MessageInitShape<typeof TensorProtoSchema> {
  const lists = { floatData, doubleData, int64Data, int32Data };
  return { name, dataType, dims, ...(rawData.byteLength > 0 ? { rawData } : lists) };
}

/** A copy of a typed array's bytes; ONNX wants little-endian, which is what every browser's memory is. */
function bytesOf(data: Float32Array | Float64Array | BigInt64Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.byteLength);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return bytes;
}

const encoder = new TextEncoder();
function encode(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** A node's attribute: whole numbers are integers, others floats. */
export function attributeProto(
  name: string,
  value: Attribute,
): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: encode(value) };
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? { name, type: AttributeType.INT, i: BigInt(value) }
      : { name, type: AttributeType.FLOAT, f: value };
  }
  if (value instanceof Float32Array) {
    return { name, type: AttributeType.FLOATS, floats: Array.from(value) };
  }
  if (isTexts(value)) return { name, type: AttributeType.STRINGS, strings: encodeAll(value) };
  return { name, type: AttributeType.INTS, ints: value.map((item) => BigInt(item)) };
}

/** Equal texts share their bytes: a forest repeats one word a million times. */
function encodeAll(texts: readonly string[]): Uint8Array<ArrayBuffer>[] {
  const known = new Map<string, Uint8Array<ArrayBuffer>>();
  return texts.map((text) => {
    const bytes = known.get(text) ?? encode(text);
    known.set(text, bytes);
    return bytes;
  });
}

function isTexts(value: readonly number[] | readonly string[]): value is readonly string[] {
  return typeof value[0] === 'string';
}
