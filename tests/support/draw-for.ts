import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import type { Task } from '#core/spec/spec.ts';
import { drawImages } from './image-data.ts';
import { drawSequences } from './sequence-data.ts';
import { drawTokens } from './token-data.ts';
import { drawTraining } from './training-data.ts';

/** Data that an estimator can learn from: images, words or sequences where it reads these alone, else a table. */
export function drawFor(
  { readsImages, readsTokens, readsSequences }: Estimator,
  task: Task,
  options: { readonly seed: number; readonly rows?: number; readonly outputs?: number },
): TrainingData {
  const outputs = options.outputs ?? (task === 'classification' ? 3 : 1);
  const given = { ...options, outputs };
  if (readsImages === true) return drawImages(given);
  if (readsTokens === true) return drawTokens(given);
  if (readsSequences === true) return drawSequences(given);
  return drawTraining(task, given);
}
