import { byCodeUnit } from './key-order.ts';
import { partNames } from './parts.ts';
import {
  columnOf,
  complementaryFolds,
  presentTexts,
  rowOf,
  splitRefused,
  type SplitMethod,
} from './split-method.ts';

export const columnSplit: SplitMethod = {
  name: 'column',
  title: 'By a column of the data',
  summary: 'The data says which part each row belongs to. For a split that others use too.',
  reads: ['by'],
  by: {
    title: 'Column of parts',
    help: 'It holds train, validation or test in every row.',
  },
  foldsBy: { title: 'Column of folds', help: 'Rows with the same value in it are one fold.' },

  holdOut(input) {
    const { name } = columnOf(input, 'by');
    const names: readonly string[] = partNames;
    const texts = presentTexts(input, 'by');
    const partOf = Int8Array.from(texts, (text) => names.indexOf(text));
    const stray = partOf.indexOf(-1);
    if (stray >= 0) {
      const row = rowOf(input, stray);
      throw splitRefused(
        'unknown_part',
        'split.by',
        `row ${row}, column "${name}": "${(texts[stray] ?? '').slice(0, 40)}" is no part of a split.`,
        'The column must hold train, validation or test in every row.',
        { row, column: name },
      );
    }
    const absent = partNames.find((_, part) => !partOf.includes(part));
    if (absent !== undefined) {
      throw splitRefused(
        'empty_part',
        'split.by',
        `column "${name}" says ${absent} in no row with a target, so that part is empty.`,
        'A run needs training, validation and test rows.',
        { column: name },
      );
    }
    return partOf;
  },

  /** Every distinct value is a fold, in the order of the texts, as in scikit-learn's PredefinedSplit. */
  folds(input, count) {
    const texts = presentTexts(input, 'foldsBy');
    const values = [...new Set(texts)].sort(byCodeUnit);
    if (values.length !== count) {
      const { name } = columnOf(input, 'foldsBy');
      throw splitRefused(
        'folds_of_column',
        'split.foldsBy',
        `column "${name}" has ${values.length} distinct ${values.length === 1 ? 'value' : 'values'}, each of which is a fold, and ${count} folds are wanted.`,
        values.length < 2
          ? 'Choose another column.'
          : `Ask for ${values.length} folds, or choose another column.`,
        { column: name },
      );
    }
    const foldNamed = new Map(values.map((value, fold) => [value, fold]));
    const foldOf = Int32Array.from(texts, (text) => foldNamed.get(text) ?? 0);
    return complementaryFolds(input.rows, foldOf, count);
  },
};
