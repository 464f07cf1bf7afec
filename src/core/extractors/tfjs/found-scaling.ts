import { TensorProto_DataType as DataType, type GraphProto, type TensorProto } from 'onnx-buf';
import type { FoundScaling } from '../pixel-scaling.ts';

/** Layers of Keras's MobileNet and MobileNetV2, of which Teachable Machine's models are made too. */
const MOBILE_NET = /(^|\/)(conv_dw_1|expanded_conv_depthwise)(_bn|_BN|_relu|\/|$)/;
/** Networks begin with numbers around 0 whose size is about 1. */
const LARGEST = 4;
const SMALLEST = 0.25;
/** Pixels' operations that a network begins with: a few. */
const MOST_STEPS = 8;

/** What a network of TensorFlow.js, as it was converted, tells of its pixels; null where it tells nothing. */
export function foundScaling(graph: GraphProto): FoundScaling | null {
  const own = ownScaling(graph);
  if (own !== null) return own;
  const isMobileNet = graph.node.some(({ output }) => MOBILE_NET.test(output[0] ?? ''));
  if (!isMobileNet) return null;
  return { scaling: 'symmetric', why: 'has the layers of Keras’s MobileNet' };
}

/** What a network does to pixels before anything else: then they come as they are before that. */
function ownScaling({ node, input, initializer }: GraphProto): FoundScaling | null {
  const constants = new Map(initializer.map((tensor) => [tensor.name, tensor]));
  let name = input[0]?.name ?? '';
  let [black, white, one] = [[0], [255], [1]];
  let changes = 0;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const readers = node.filter((reader) => reader.input.includes(name));
    const [reader] = readers;
    if (reader === undefined || readers.length > 1) break;
    const { opType } = reader;
    if (opType !== 'Transpose' && opType !== 'Identity') {
      const [left = '', right = ''] = reader.input;
      const values = floatsOf(constants.get(left === name ? right : left));
      const apply = operations[opType];
      if (
        values === null ||
        apply === undefined ||
        (left !== name && opType !== 'Add' && opType !== 'Mul')
      )
        break;
      const through = (levels: readonly number[]) =>
        values.map((value, i) => apply(levels[i % levels.length] ?? NaN, value));
      [black, white, one] = [through(black), through(white), through(one)];
      changes += 1;
    }
    name = reader.output[0] ?? '';
  }
  const fits = (levels: readonly number[]) =>
    levels.every((level, i) => {
      const reach = Math.max(Math.abs(level), Math.abs(black[i % black.length] ?? NaN));
      return reach <= LARGEST && reach >= SMALLEST;
    });
  if (changes === 0) return null;
  if (fits(white)) return { scaling: 'bytes', why: 'scales levels from 0 to 255 itself' };
  return fits(one) ? { scaling: 'unit', why: 'scales numbers from 0 to 1 itself' } : null;
}

const operations: Readonly<Record<string, (level: number, value: number) => number>> = {
  Add: (level, value) => level + value,
  Sub: (level, value) => level - value,
  Mul: (level, value) => level * value,
  Div: (level, value) => level / value,
};

/** The values of a constant of one number, or of one for each colour. */
function floatsOf(tensor: TensorProto | undefined): readonly number[] | null {
  if (tensor?.dataType !== DataType.FLOAT) return null;
  const { rawData } = tensor;
  const count = rawData.byteLength >> 2;
  if (count !== 1 && count !== 3) return null;
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  return Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true));
}
