import { counted } from '../wording.ts';
import { answerDetector } from './answer-detector.ts';
import { determination } from './determination.ts';

/** A column whose every value goes with one value of the target: a re-coded label, or a name for whoever has it. */
export const determinesTarget = answerDetector(
  'determines_target',
  'A column that holds the answer makes every test look perfect, and is not there when the answer is to be found.',
  (column, target) => {
    const found = determination(column, target);
    if (found === null) return null;
    const { rows, values } = found;
    const message = `"${column.name}" determines "${target.column.name}": each of its ${counted(values, 'value')} goes with one value of the target, in ${counted(rows, 'row')} without exception.`;
    return { rows, message };
  },
);
