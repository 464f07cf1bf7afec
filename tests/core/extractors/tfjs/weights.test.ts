import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { halfFloats } from '#core/extractors/tfjs/half-floats.ts';
import { expectNear, featuresOf } from '../../../support/compare-features.ts';
import { noise } from '../../../support/experiment.ts';
import {
  answersOf,
  artifactsOf,
  endTfjs,
  filesOf,
  someImages,
  startTfjs,
  tf,
  zipOf,
} from '../../../support/tfjs-models.ts';

beforeAll(startTfjs);
afterAll(endTfjs);

describe('weights that were made smaller', () => {
  it.each([
    ['uint8', { dtype: 'uint8', scale: 0.0037, min: -0.47 }],
    ['uint16', { dtype: 'uint16', scale: 0.000015, min: -0.49 }],
    ['float16', { dtype: 'float16' }],
  ] as const)('%s are what TensorFlow.js makes of them', async (_, quantization) => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [9, 9, 3], filters: 4, kernelSize: 3, name: 'conv' }),
        tf.layers.globalAveragePooling2d({ name: 'mean' }),
      ],
    });
    const artifacts = await artifactsOf(model);
    const [kernel, bias] = artifacts.weightSpecs ?? [];
    if (kernel === undefined || bias === undefined) throw new Error('no weights');
    const levels = Float32Array.from({ length: 3 * 3 * 3 * 4 }, (_, i) => noise(i));
    const bytes =
      quantization.dtype === 'uint8'
        ? Uint8Array.from(levels, (level) => level * 255)
        : Uint16Array.from(
            levels,
            (level) => level * (quantization.dtype === 'uint16' ? 65535 : 15000),
          );
    const biases = Float32Array.of(0.1, -0.2, 0.3, 0.4);
    const whole = new Uint8Array(bytes.byteLength + 16);
    whole.set(new Uint8Array(bytes.buffer));
    whole.set(new Uint8Array(biases.buffer), bytes.byteLength);
    const smaller: tf.io.ModelArtifacts = {
      ...artifacts,
      weightSpecs: [
        { ...kernel, quantization: { original_dtype: 'float32', ...quantization } as never },
        bias,
      ],
      weightData: whole.buffer,
    };
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(smaller));
    const images = someImages(2, 9, 9);
    const wanted = loaded.predict(tf.tensor4d(images, [2, 9, 9, 3])) as tf.Tensor;
    const found = await featuresOf(zipOf(filesOf(smaller)), 'mean', images, [2, 9, 9]);
    expectNear(found, answersOf(wanted), quantization.dtype);
  });

  it('numbers of 16 bits, also the smallest and those that are none', () => {
    const bits = Uint16Array.of(
      0x3c00,
      0xc000,
      0x7bff,
      0x0001,
      0x03ff,
      0x8000,
      0x7c00,
      0xfc00,
      0x7e00,
    );
    expect([...halfFloats(new DataView(bits.buffer), bits.length)]).toEqual([
      ...[1, -2, 65504, 2 ** -24, 1023 * 2 ** -24, -0, Infinity, -Infinity, NaN],
    ]);
  });
});
