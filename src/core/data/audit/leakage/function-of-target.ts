import { counted } from '../wording.ts';
import { answerDetector } from './answer-detector.ts';
import { determination } from './determination.ts';
import { functionOf } from './function-of.ts';

/**
 * A column made from the target: a copy in another unit, its logarithm, its rank, its bins. Where the target follows from
 * it too, as from a copy, `determines_target` has said so.
 */
export const functionOfTarget = answerDetector(
  'function_of_target',
  'A column that was made from the answer is not there when the answer is to be found.',
  (column, target) => {
    const found = functionOf(column, target);
    if (found === null || determination(column, target) !== null) return null;
    const { rows, how } = found;
    const message = `"${column.name}" is a function of "${target.column.name}": ${how}, over ${counted(rows, 'row')}.`;
    return { rows, message };
  },
);
