import {
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  type GraphProto,
  type TensorProto,
} from 'onnx-buf';
import { refuseExtractor, shown } from './refuse-extractor.ts';

/** Bytes of a number as `rawData` has it. */
const bytesEach: ReadonlyMap<number, number> = new Map([
  [DataType.FLOAT, 4],
  [DataType.DOUBLE, 8],
  [DataType.INT64, 8],
  [DataType.INT32, 4],
  [DataType.UINT8, 1],
  [DataType.INT8, 1],
  [DataType.BOOL, 1],
  [DataType.FLOAT16, 2],
]);

/**
 * Whether every constant of a network is in its file, whole and under a name of its own.
 * @throws TerrariumError `bad_extractor`
 */
export function checkTensors({ initializer, sparseInitializer, node }: GraphProto, file: string) {
  if (sparseInitializer.length > 0) {
    throw refuseExtractor(file, 'has sparse weights', 'Export it with dense ones.');
  }
  const names = new Set<string>();
  for (const tensor of initializer) {
    if (names.has(tensor.name)) {
      throw refuseExtractor(
        file,
        `has two constants called ${shown(tensor.name)}`,
        'Export it again.',
      );
    }
    names.add(tensor.name);
  }
  const inside = node.flatMap(({ attribute }) => attribute.flatMap(({ t }) => t ?? []));
  for (const tensor of [...initializer, ...inside]) checkTensor(tensor, file);
}

function checkTensor(tensor: TensorProto, file: string): void {
  const { dataLocation, externalData, dataType, dims, rawData } = tensor;
  if (dataLocation === DataLocation.EXTERNAL || externalData.length > 0) {
    throw refuseExtractor(
      file,
      'keeps its weights in another file',
      'Export it as one file, without external data.',
    );
  }
  const each = bytesEach.get(dataType);
  if (each === undefined) {
    throw refuseExtractor(
      file,
      `has constants of a type that is not taken (${DataType[dataType] ?? dataType})`,
      'Export the network in float32.',
    );
  }
  const count = dims.reduce((product, size) => product * size, 1n);
  const held = rawData.byteLength > 0 ? BigInt(rawData.byteLength) : BigInt(listed(tensor) * each);
  if (dims.some((size) => size < 0n) || count * BigInt(each) !== held) {
    throw refuseExtractor(
      file,
      `is damaged: its constant ${shown(tensor.name)} should have ${count} numbers, and has ${held / BigInt(each)}`,
      'Export or download it again.',
    );
  }
}

/** Numbers that stand one by one; small types share the list of 32-bit integers. */
function listed({ floatData, doubleData, int64Data, int32Data }: TensorProto): number {
  return floatData.length + doubleData.length + int64Data.length + int32Data.length;
}
