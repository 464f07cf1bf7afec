import type { TrainingInput } from '#core/models/estimator.ts';
import { Augmenter } from '#core/networks/augmentation/augmenter.ts';
import type { RandomStream } from '#core/random.ts';
import { rowsOfBatch, type Batches, type NetworkStart } from './network.ts';

/** The batches of a training, a function of its stream and the step: each epoch has an order of its own. */
export class TrainingBatches {
  /** How many an epoch has. */
  readonly perEpoch: number;
  readonly #rows: number;
  readonly #count: number;
  readonly #shuffling: RandomStream;
  readonly #augmenter: Augmenter | undefined;
  #order: { readonly epoch: number; readonly rows: Int32Array } | null = null;

  constructor(
    { plan: { augmentation }, settings, train }: NetworkStart,
    { random }: Pick<TrainingInput, 'random'>,
  ) {
    this.#count = train.features.rows;
    this.#rows = Math.min(settings.batchRows, this.#count);
    this.perEpoch = Math.ceil(this.#count / settings.batchRows);
    this.#shuffling = random.fork('batches');
    const { seed } = random.fork('augmentation');
    this.#augmenter = augmentation && new Augmenter(augmentation, train, seed);
  }

  /** Those from a step on, counted from 0, as many as there are rates, all of one epoch. */
  take(step: number, rates: Float64Array): Batches {
    const order = this.#orderOf(Math.floor(step / this.perEpoch) + 1);
    return this.#augmented({ order, rows: this.#rows, from: step % this.perEpoch, step, rates });
  }

  #orderOf(epoch: number): Int32Array {
    if (this.#order?.epoch !== epoch) {
      const rows = Int32Array.from({ length: this.#count }, (_, i) => i);
      this.#order = { epoch, rows: this.#shuffling.fork(`epoch ${epoch}`).shuffle(rows) };
    }
    return this.#order.rows;
  }

  /** The batches, changed by chance where the network wants them so: all that backends know of it. */
  #augmented(batches: Batches): Batches {
    const augmenter = this.#augmenter;
    if (augmenter === undefined) return batches;
    const augmented = (index: number) => {
      const [from, to] = rowsOfBatch(batches, index);
      return augmenter.batch(batches.order.subarray(from, to), batches.step + index);
    };
    return { ...batches, augmented };
  }
}
