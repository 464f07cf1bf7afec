import type { WeightTensor } from '#core/models/weight-tensor.ts';

/** All that a training needs to go on as if it had never stopped: the same bits at its end. */
export interface Checkpoint {
  /** Where it stands, in the trainer's own words; survives JSON. */
  readonly position: unknown;
  /** Weights and what the optimizer remembers. */
  readonly tensors: readonly WeightTensor<Float32Array>[];
}

/** What a training has just done. */
export type CheckpointMoment = 'step' | 'epoch';

/** The checkpoints of one training: one candidate on one part of the rows. */
export interface Checkpoints {
  /**
   * The latest that was kept before the training was interrupted. A training that goes on yields the points of its curve
   * again, from the first.
   */
  readonly last: Checkpoint | null;
  /**
   * Whether one should be kept now: an epoch has ended, some seconds have passed since the one before, or a person wants a
   * pause. Cheap; asked after each step and each epoch, before `mayGoOn`; where the answer is yes, `keep` follows at once.
   */
  due(after: CheckpointMoment): boolean;
  /** Keeps one in the place of the one before; resolves once it is stored. */
  keep(checkpoint: Checkpoint): Promise<void>;
}
