/** What a schedule is asked: the learning rate of one step among all that there can be. */
export interface Place {
  /** Counted from 0. */
  readonly step: number;
  /** All steps that there can be: epochs × batches. */
  readonly steps: number;
  /** Batches of an epoch. */
  readonly batches: number;
}

export interface ScheduleSettings {
  /** The highest rate. */
  readonly learningRate: number;
  /** `step`: epochs between two drops. */
  readonly dropEpochs: number;
  /** `step`: what a drop leaves of the rate. */
  readonly dropFactor: number;
  /** `one_cycle`: the share of the steps in which the rate rises. */
  readonly warmup: number;
}

/** The learning rate of a step: a pure function, so that a training goes on from anywhere as if it had never stopped. */
export type Schedule = (place: Place, settings: ScheduleSettings) => number;
