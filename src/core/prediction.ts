/** What a model says of one record. */
export type Prediction =
  | {
      readonly task: 'classification';
      readonly label: string;
      /** In the order of the contract's classes. */
      readonly probabilities: readonly number[];
    }
  | {
      readonly task: 'regression';
      readonly value: number;
      /** Of a forecast from a table of rows: which, and for when. */
      readonly moment?: ForecastMoment;
    }
  | {
      readonly task: 'ranking';
      /** Higher ranks first; it means nothing beside the scores of other rows. */
      readonly score: number;
      /** Of a row in a table: its query, and its place there from 1; rows of one score share a place. */
      readonly query?: string;
      readonly rank?: number;
    }
  | {
      readonly task: 'clustering';
      readonly label: string;
      /** Of the row to each group's centre, in their order; of a model that has probabilities there are none. */
      readonly distances?: readonly number[];
      readonly probabilities?: readonly number[];
    }
  | {
      readonly task: 'anomaly_detection';
      readonly label: 'ordinary' | 'anomaly';
      /** An anomaly's is above the threshold. */
      readonly score: number;
      readonly threshold: number;
    }
  | {
      readonly task: 'reduction';
      readonly components: readonly number[];
      /** How far the row lies from what its components say, in the features' unit after the steps. */
      readonly reconstructionError: number;
    }
  | {
      readonly task: 'language';
      /** The character that most likely comes after the text. */
      readonly next: string;
      /** Of each character to come next, in the order of the contract's classes. */
      readonly probabilities: readonly number[];
      /** How surprising the text is: the mean of −ln(probability) of its characters, each from those before it. */
      readonly nats: number;
    };

/** Texts as the column of times writes them. */
export interface ForecastMoment {
  readonly series?: string;
  /** The last known time, and the predicted one. */
  readonly last: string;
  readonly time: string;
}
