import { cos } from '#core/math.ts';

/** On half a cosine wave from one number (share 0) to another (share 1). */
export function halfWave(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + cos(Math.PI * share))) / 2;
}
