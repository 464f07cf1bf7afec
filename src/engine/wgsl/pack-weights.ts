import { tensorOf, type NetworkTensors } from '#engine/networks/network.ts';
import type { DenseNetworkPlan } from './dense-plan.ts';

/**
 * Kernels and biases as they stand on the GPU, filled up with zeros.
 * @param tensors a kernel and a bias for each layer
 * @param prefix what their names begin with
 * @returns float32 [4 · trainedLength]
 * @throws RangeError where a tensor is missing
 */
export function packWeights(
  { layers, trainedLength }: DenseNetworkPlan,
  tensors: NetworkTensors,
  prefix = '',
): Float32Array<ArrayBuffer> {
  const packed = new Float32Array(4 * trainedLength);
  for (const { names, inputs, outputs, outputWidth, kernel, bias } of layers) {
    const values = tensorOf(tensors, prefix + names.kernel, inputs * outputs);
    for (let row = 0; row < inputs; row += 1) {
      const numbers = values.subarray(row * outputs, (row + 1) * outputs);
      packed.set(numbers, 4 * kernel + row * outputWidth);
    }
    packed.set(tensorOf(tensors, prefix + names.bias, outputs), 4 * bias);
  }
  return packed;
}

/** The same kernels transposed, as the way back reads them: each where it stands, its rows now the outputs. */
export function transposeKernels(
  { layers, trainedLength }: DenseNetworkPlan,
  packed: Float32Array,
): Float32Array<ArrayBuffer> {
  const turned = new Float32Array(4 * trainedLength);
  for (const { inputWidth, outputWidth, kernel } of layers) {
    for (let row = 0; row < inputWidth; row += 1) {
      for (let column = 0; column < outputWidth; column += 1) {
        turned[4 * kernel + column * inputWidth + row] =
          packed[4 * kernel + row * outputWidth + column] ?? 0;
      }
    }
  }
  return turned;
}

/** The tensors that `packWeights` packed, with their prefix. */
export function unpackWeights(
  { layers }: DenseNetworkPlan,
  packed: Float32Array,
  prefix = '',
): NetworkTensors {
  return layers.flatMap(({ names, inputs, outputs, outputWidth, kernel, bias }) => {
    const values = new Float32Array(inputs * outputs);
    for (let row = 0; row < inputs; row += 1) {
      const from = 4 * kernel + row * outputWidth;
      values.set(packed.subarray(from, from + outputs), row * outputs);
    }
    const biases = packed.slice(4 * bias, 4 * bias + outputs);
    return [
      { name: prefix + names.kernel, shape: [inputs, outputs], values },
      { name: prefix + names.bias, shape: [outputs], values: biases },
    ];
  });
}
