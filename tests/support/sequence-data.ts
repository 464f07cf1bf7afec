import type { TrainingData } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';

export interface SequenceOptions {
  readonly seed: number;
  readonly rows?: number;
  /** Shapes to tell apart, at most 3; 1 for a value. */
  readonly outputs?: number;
  readonly length?: number;
  readonly channels?: number;
  /** Deviation of what is added to each number. */
  readonly noise?: number;
}

/** Waves of one period over a phase from 0 to 1. */
const shapes: readonly ((phase: number) => number)[] = [
  (phase) => Math.SQRT2 * Math.sin(2 * Math.PI * phase),
  (phase) => (phase < 0.5 ? 1 : -1),
  (phase) => Math.sqrt(3) * (2 * phase - 1),
];

/**
 * Sequences [length, channels] with a wave in the last channel and noise in all. Where it begins is random, so that no
 * single position says anything: its shape tells the class, or how fast it swings the value.
 */
export function drawSequences({
  seed,
  rows = 60,
  outputs = 3,
  length = 12,
  channels = 2,
  noise = 0.25,
}: SequenceOptions): TrainingData {
  const random = new RandomStream(seed);
  const width = length * channels;
  const isClasses = outputs > 1;
  const values = Float32Array.from({ length: rows * width }, () => noise * random.normal());
  const target = Float64Array.from({ length: rows }, (_, i) => {
    const kind = isClasses ? i % outputs : 0;
    const swings = isClasses ? 1.5 : 1 + random.uniform();
    const start = random.uniform();
    for (let t = 0; t < length; t += 1) {
      const at = i * width + t * channels + channels - 1;
      const wave = shapes[kind]?.((start + (swings * t) / length) % 1) ?? 0;
      values[at] = (values[at] ?? 0) + wave;
    }
    return isClasses ? kind : 3 * (swings - 1.5);
  });
  const names = Array.from({ length: width }, (_, j) => `s${j}`);
  return {
    task: isClasses ? 'classification' : 'regression',
    features: { rows, width, values, names, sequence: { length, channels } },
    target,
    outputs,
    ...(!isClasses && { targetScale: { mean: 20, standardDeviation: 2 } }),
  };
}
