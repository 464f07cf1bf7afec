import type { NetworkWriter } from '../network-writer.ts';
import { shapeText, type Constant, type Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';

/**
 * A fully connected layer.
 * @param weights [features in, features out]
 * @param bias [features out]
 */
export function multiply(
  writer: NetworkWriter,
  tensor: Tensor,
  weights: Constant,
  bias?: Constant,
): Tensor {
  const { shape } = tensor;
  const [into = 0, out = 0] = weights.shape;
  const own = shape.at(-1);
  const fits = weights.shape.length === 2 && shape.length >= 2 && (own === into || own === null);
  if (!fits || (bias !== undefined && bias.values.length !== out)) {
    const lists = [weights, ...(bias === undefined ? [] : [bias])];
    const shapes = lists.map((one) => `[${shapeText(one.shape)}]`).join(' and ');
    throw new TfjsFault(`has weights ${shapes} for [${shapeText(shape)}], which do not fit`);
  }
  const constants = [writer.constant(Float32Array.from(weights.values), [into, out])];
  if (bias !== undefined) constants.push(writer.constant(Float32Array.from(bias.values), [out]));
  const made = [...shape.slice(0, -1), out];
  const name = writer.asPlain(tensor);
  if (shape.length === 2) return writer.plain(made, writer.node('Gemm', [name, ...constants]));
  const [matrix = '', offset] = constants;
  const product = writer.node('MatMul', [name, matrix]);
  return writer.plain(made, offset === undefined ? product : writer.node('Add', [product, offset]));
}
