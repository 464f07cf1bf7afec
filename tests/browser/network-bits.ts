import { weightsSha256 } from '#core/run/weights-hash.ts';
import { gpuBackend } from '#engine/wgsl/gpu-backend.ts';
import { trainHundred, type NetworkCase } from './network-case.ts';

/** The SHA-256 of a dense network's weights after a hundred steps on the GPU, with all that draws or adds up in them. */
export async function denseBits(): Promise<string> {
  const parameters = { hidden_units: [33, 18], batch_size: 50, dropout: 0.2, clip_norm: 0.5 };
  const one = { rows: 230, width: 11, classes: 5, parameters };
  return weightsSha256((await trainHundred(gpuBackend, one)).weights);
}

/** The same of a network whose layers are dispatched one by one. */
export async function layeredBits(): Promise<string> {
  const one: NetworkCase = {
    ...{ rows: 47, width: 63, classes: 3, image: { height: 7, width: 9, channels: 1 } },
    parameters: { batch_size: 10, clip_norm: 0.5 },
    layers: [
      { kind: 'convolution', filters: 6, size: 3, stride: 1, padding: 'same' },
      { kind: 'batch_norm' },
      { kind: 'max_pool' },
      { kind: 'activation', function: 'tanh' },
      { kind: 'dropout', share: 0.2 },
      { kind: 'convolution', filters: 5, size: 3, stride: 2, padding: 'valid' },
      { kind: 'activation', function: 'relu' },
    ],
  };
  return weightsSha256((await trainHundred(gpuBackend, one)).weights);
}
