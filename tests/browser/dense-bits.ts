import { weightsSha256 } from '#core/run/weights-hash.ts';
import { gpuBackend } from '#engine/wgsl/gpu-backend.ts';
import { trainHundred } from './dense-case.ts';

/** The SHA-256 of a network's weights after a hundred steps on the GPU, with all that draws or adds up in them. */
export async function denseBits(): Promise<string> {
  const parameters = { hidden_units: [33, 18], batch_size: 50, dropout: 0.2, clip_norm: 0.5 };
  const one = { rows: 230, width: 11, classes: 5, parameters };
  return weightsSha256((await trainHundred(gpuBackend, one)).weights);
}
