import type { Task } from '#core/spec/spec.ts';

/** What can be asked of a table of which no column is to be predicted. */
export interface Question {
  readonly task: Task;
  readonly title: string;
  readonly text: string;
}

export const questionsWithoutTarget: readonly Question[] = [
  {
    task: 'clustering',
    title: 'Find groups',
    text: 'Puts rows that are alike into groups, and says of a new row which it belongs to.',
  },
  {
    task: 'anomaly_detection',
    title: 'Find unusual rows',
    text: 'Gives each row a score: the higher, the more it is unlike the others.',
  },
  {
    task: 'reduction',
    title: 'Describe rows by fewer numbers',
    text: 'Finds the directions in which rows differ most, and draws a map of the rows along them.',
  },
];
