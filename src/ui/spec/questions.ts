import type { DatasetInfo } from '#core/data/table.ts';
import { holdsText } from '#core/spec/propose-language.ts';
import type { Task } from '#core/spec/spec.ts';

/** What can be asked of a table of which no column is to be predicted. */
export interface Question {
  readonly task: Task;
  readonly title: string;
  readonly text: string;
}

const ofAnyTable: readonly Question[] = [
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

const ofTexts: Question = {
  task: 'language',
  title: 'Learn to write',
  text: 'Learns from the text which character comes next, row after row, and goes on from any beginning.',
};

/** Those that a table can answer: only a text can be learned from as a text. */
export function questionsWithoutTarget(info: DatasetInfo): readonly Question[] {
  if (!holdsText(info)) return ofAnyTable;
  return hasOneColumn(info) ? [ofTexts, ...ofAnyTable] : [...ofAnyTable, ofTexts];
}

/** Of one column none can be told from the others. */
export function hasOneColumn({ columns }: DatasetInfo): boolean {
  return columns.filter(({ type }) => type !== 'empty').length === 1;
}
