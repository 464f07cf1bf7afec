import type { ImageShape } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { Augmentation } from './augmentation.ts';
import { Chance } from './chance.ts';
import { drawChange, placementOf } from './placement.ts';
import { sampleImage } from './sample-image.ts';

/** The rows of one batch, changed by chance. */
export interface AugmentedBatch {
  /** [rows, width] */
  readonly features: Float32Array;
  /** Where rows are mixed: each class's share of a row [rows, outputs], or its value [rows, 1]. */
  readonly targets?: Float32Array;
  /** Where rows are mixed and have weights: what each counts. */
  readonly weights?: Float32Array;
}

/** The part of a row's random numbers that belongs to the whole batch: no row has this number. */
const BATCH = -1;

/**
 * Changes the images of batches by chance: a pure function of the seed, the step and the rows, so that every backend and a
 * training that goes on see the same bits.
 */
export class Augmenter {
  readonly #augmentation: Augmentation;
  readonly #data: TrainingData;
  readonly #image: ImageShape;
  readonly #seed: number;

  /** @throws RangeError where features are no images */
  constructor(augmentation: Augmentation, data: TrainingData, seed: number) {
    const { image } = data.features;
    if (image === undefined) throw new RangeError('only images can be changed by chance');
    this.#augmentation = augmentation;
    this.#data = data;
    this.#image = image;
    this.#seed = seed;
  }

  /** @param rows of the data, in the batch's order */
  batch(rows: Int32Array, step: number): AugmentedBatch {
    const features = this.#changed(rows, step);
    const { mixUp } = this.#augmentation;
    if (mixUp === 0) return { features };
    // Rows come in a random order: it is all one which of two images has the larger part.
    const drawn = new Chance(this.#seed, step, BATCH).beta(0, mixUp);
    const share = Math.max(drawn, 1 - drawn);
    mixRows(features, rows.length, share);
    return { features, ...this.#mixedTargets(rows, share) };
  }

  #changed(rows: Int32Array, step: number): Float32Array {
    const { values, width } = this.#data.features;
    const features = new Float32Array(rows.length * width);
    for (const [i, row] of rows.entries()) {
      const change = drawChange(this.#augmentation, this.#image, new Chance(this.#seed, step, row));
      const placement = placementOf(change, this.#image);
      const [from, to] = [row * width, i * width];
      sampleImage({ values, at: from }, this.#image, placement, { values: features, at: to });
    }
    return features;
  }

  /**
   * The targets for which the loss's derivatives are the mean of both rows' in these shares, each with its own weight: where
   * rows have weights, a target's share is by them too.
   */
  #mixedTargets(rows: Int32Array, share: number): Omit<AugmentedBatch, 'features'> {
    const { task, target, outputs, weights } = this.#data;
    const isClasses = task === 'classification';
    const targets = new Float32Array(rows.length * outputs);
    const counts = new Float32Array(rows.length);
    for (const [i, row] of rows.entries()) {
      const other = rows[(i + 1) % rows.length] ?? row;
      const own = share * (weights?.[row] ?? 1);
      const counted = own + (1 - share) * (weights?.[other] ?? 1);
      const part = counted > 0 ? own / counted : share;
      counts[i] = counted;
      for (const [one, by] of [
        [row, part],
        [other, 1 - part],
      ] as const) {
        const value = target[one] ?? NaN;
        const at = isClasses ? i * outputs + value : i;
        targets[at] = (targets[at] ?? 0) + (isClasses ? by : by * value);
      }
    }
    return weights === undefined ? { targets } : { targets, weights: counts };
  }
}

/**
 * Mix-up (Zhang and others, 2018): of each row a share, and the rest of the next row of the batch, whose order is random;
 * behind the last row comes the first.
 */
function mixRows(features: Float32Array, rows: number, share: number): void {
  const width = features.length / rows;
  const first = features.slice(0, width);
  for (let from = 0; from < features.length; from += width) {
    const own = features.subarray(from, from + width);
    const isLast = from + width === features.length;
    const next = isLast ? first : features.subarray(from + width);
    for (let j = 0; j < width; j += 1) {
      const other = next[j] ?? 0;
      own[j] = other + ((own[j] ?? 0) - other) * share;
    }
  }
}
