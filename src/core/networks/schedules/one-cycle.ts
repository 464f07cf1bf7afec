import { halfWave } from './half-wave.ts';
import type { Schedule } from './schedule.ts';

/** The first rate is the highest one ÷ 25, and the last one the first ÷ 10,000. */
const FIRST_PART = 25;
const LAST_PART = 1e4;

/**
 * Rises to the highest rate and falls far below where it began (Smith and Topin, 2019), both on half a cosine wave, as
 * PyTorch's `OneCycleLR`. Momentum stays as it is.
 */
export const oneCycle: Schedule = ({ step, steps }, { learningRate, warmup }) => {
  const first = learningRate / FIRST_PART;
  const peak = Math.max(0, warmup * steps - 1);
  if (step < peak) return halfWave(first, learningRate, step / peak);
  const rest = steps - 1 - peak;
  const share = rest > 0 ? (step - peak) / rest : 0;
  return halfWave(learningRate, first / LAST_PART, share);
};
