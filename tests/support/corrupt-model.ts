import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';

/** Bytes of a stored float: ONNX keeps tensors as little-endian raw data. */
const readers = {
  1: { size: 4, read: 'getFloat32', write: 'setFloat32' },
  11: { size: 8, read: 'getFloat64', write: 'setFloat64' },
} as const;

/**
 * An ONNX file with one number of one stored tensor changed: the largest of the first tensor whose name
 * begins so.
 * @throws Error where the file has no such tensor of floats
 */
export function corruptWeight(
  bytes: Uint8Array,
  tensor: string,
  change: (value: number) => number,
): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  const found = model.graph?.initializer.find(({ name }) => name.startsWith(tensor));
  const reader = readers[(found?.dataType ?? 0) as keyof typeof readers] as
    (typeof readers)[keyof typeof readers] | undefined;
  if (found === undefined || reader === undefined) {
    const names = model.graph?.initializer.map(({ name }) => name).join(', ') ?? '';
    throw new Error(`no tensor of floats named ${tensor} among ${names}`);
  }
  const raw = found.rawData.slice();
  const view = new DataView(raw.buffer);
  const values = Array.from({ length: raw.byteLength / reader.size }, (_, i) =>
    view[reader.read](i * reader.size, true),
  );
  const largest = Math.max(...values.map(Math.abs));
  const at = values.findIndex((value) => Math.abs(value) === largest);
  view[reader.write](at * reader.size, change(values[at] ?? 0), true);
  found.rawData = raw;
  return toBinary(ModelProtoSchema, model);
}

/** An ONNX file with the texts of one stored tensor in reverse order. */
export function reverseTexts(bytes: Uint8Array, tensor: string): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  const found = model.graph?.initializer.find(({ name }) => name.startsWith(tensor));
  if (found === undefined || found.stringData.length < 2) throw new Error(`no texts in ${tensor}`);
  found.stringData.reverse();
  return toBinary(ModelProtoSchema, model);
}
