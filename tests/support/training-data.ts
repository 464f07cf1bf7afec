import type { Trainer, TrainingData } from '#core/models/estimator.ts';
import { ONE_THREAD, type Threads } from '#core/parallel/threads.ts';
import { RandomStream } from '#core/random.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import type { Task } from '#core/spec/spec.ts';
import { hasTarget } from '#core/spec/tasks.ts';
import { drawImages } from './image-data.ts';
import { runToEnd, type Trained } from './run-to-end.ts';
import { drawSequences } from './sequence-data.ts';
import { drawTokens } from './token-data.ts';

/** Features and a target with something to learn: [rows, width], `outputs` classes or 1 value or grade; zeros without a target. */
export function drawTraining(
  task: Task,
  options: { readonly seed: number; readonly rows?: number; readonly outputs?: number },
): TrainingData {
  if (task === 'language') return drawTexts(options);
  const { seed, rows = 60 } = options;
  const width = 5;
  const outputs = task === 'classification' ? (options.outputs ?? 3) : 1;
  const random = new RandomStream(seed);
  const values = Float32Array.from({ length: rows * width }, (_, i) =>
    i % width === width - 1 ? Number(random.uniform() > 0.5) : random.normal(),
  );
  const target = Float64Array.from({ length: rows }, (_, i) => {
    if (!hasTarget(task)) return 0;
    const score = (values[i * width] ?? 0) - (values[i * width + 1] ?? 0) + random.normal() / 2;
    if (task === 'regression') return score;
    if (task === 'ranking') return Math.min(4, Math.max(0, Math.round(score + 1)));
    // Every class is there: the first rows have one each.
    return i < outputs ? i : Math.min(outputs - 1, Math.max(0, Math.floor(score + outputs / 2)));
  });
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  const features = { rows, width, values, names };
  // Before it was standardized the target was above 0.
  const targetScale = { mean: 20, standardDeviation: 2 };
  return {
    ...{ task, features, target, outputs },
    ...(task === 'regression' && { targetScale }),
    // Queries of six rows, one after the other.
    ...(task === 'ranking' && { queries: Int32Array.from(target, (_, i) => Math.floor(i / 6)) }),
  };
}

/** Whole windows of 16 codes, of which each mostly follows on one other. */
export function drawTexts({
  seed,
  rows = 60,
  width = 16,
  characters = 7,
}: {
  readonly seed: number;
  readonly rows?: number;
  readonly width?: number;
  readonly characters?: number;
}): TrainingData {
  const random = new RandomStream(seed);
  const values = new Float32Array(rows * width);
  let code = 0;
  for (const at of values.keys()) {
    code = random.uniform() < 0.8 ? (3 * code + 1) % characters : random.integer(characters);
    values[at] = code;
  }
  const names = Array.from({ length: width }, (_, j) => `text[${j + 1}]`);
  const categories = new Int32Array(width).fill(characters);
  const features = { rows, width, values, names, categories };
  return { task: 'language', features, target: new Float64Array(rows), outputs: 1 };
}

/** Others of the same kind. */
export function drawLike(
  { task, outputs, features: { image, tokens, sequence } }: TrainingData,
  options: { readonly seed: number; readonly rows?: number },
): TrainingData {
  if (tokens !== undefined) return drawTokens({ ...options, outputs, ...tokens });
  if (sequence !== undefined) return drawSequences({ ...options, outputs, ...sequence });
  return image === undefined
    ? drawTraining(task, { ...options, outputs })
    : drawImages({ ...options, outputs, image });
}

/** Trains to the end, on data of its own for validation unless others are given. */
export function trainToEnd(
  trainer: Trainer,
  train: TrainingData,
  parameters: ParameterValues,
  seed = 1,
  validation = drawLike(train, { seed: 99, rows: 30 }),
  threads: Threads = ONE_THREAD,
): Promise<Trained> {
  const { signal } = new AbortController();
  const random = new RandomStream(seed);
  return runToEnd(trainer({ train, validation, parameters, random, signal, threads }));
}
