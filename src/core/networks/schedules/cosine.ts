import { halfWave } from './half-wave.ts';
import type { Schedule } from './schedule.ts';

/** Falls to 0 on half a cosine wave over all steps (Loshchilov and Hutter, 2017), as PyTorch's `CosineAnnealingLR`. */
export const cosine: Schedule = ({ step, steps }, { learningRate }) =>
  halfWave(learningRate, 0, step / steps);
