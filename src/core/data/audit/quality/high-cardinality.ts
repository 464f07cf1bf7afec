import type { Detector } from '../detector.ts';
import { figure, firstRows, grouped, leaveOut } from '../wording.ts';

/** As many as the proposed one-hot step keeps; the others fall into one. */
const MANY = 50;
/** Under this many rows per category on average, its mean target is mostly noise. */
const ROWS_PER_CATEGORY = 10;
/** So many inputs that a table becomes a different problem. */
const VERY_MANY = 1000;
/** Fewer categories are many all the same, where each has hardly a row. */
const SOME = 20;
const HARDLY_ANY_ROWS = 5;

export const highCardinality: Detector = {
  codes: ['high_cardinality'],
  detect: ({ columns, identifiers, rows }) =>
    columns.flatMap((column) => {
      const { type } = column.schema;
      if (column.kind !== 'texts' || type === 'text' || type === 'image') return [];
      if (column.isTarget || column.isDropped) return [];
      const { codes, counts } = column.values;
      const distinct = counts.length;
      const perValue = column.present / distinct;
      const name = identifiers.get(column.name)?.kind;
      const isMany = distinct > MANY || (distinct >= SOME && perValue < HARDLY_ANY_ROWS);
      if (!isMany || name === 'unique') return [];
      const fewest = counts.reduce((least, count) => Math.min(least, count));
      const isRare = perValue < ROWS_PER_CATEGORY || distinct > VERY_MANY;
      return [
        {
          code: 'high_cardinality' as const,
          // What names things gets a finding of that kind; this one need not weigh as much again.
          severity:
            column.isInput && isRare && name === undefined && distinct > MANY
              ? ('warning' as const)
              : ('note' as const),
          columns: [column.name],
          message: `Column "${column.name}" has ${grouped(distinct)} categories, each in ${figure(perValue)} rows on average${column.isInput ? '' : '; it is left out of the model'}.`,
          why: 'Each category becomes an input of its own, and of most there are too few rows to learn from.',
          count: distinct,
          rows: firstRows(rows, (row) => counts[codes[row] ?? -1] === fewest),
          remedies: column.isInput ? leaveOut(column.name) : [],
        },
      ];
    }),
};
