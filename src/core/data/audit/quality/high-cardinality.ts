import type { Detector } from '../detector.ts';
import { grouped, figure, leaveOut } from '../wording.ts';

/** As many as the proposed one-hot step keeps; the others fall into one. */
const MANY = 50;
/** Under this many rows per category on average, its mean target is mostly noise. */
const ROWS_PER_CATEGORY = 10;
/** So many inputs that a table becomes a different problem. */
const VERY_MANY = 1000;

export const highCardinality: Detector = {
  codes: ['high_cardinality'],
  detect: ({ columns, identifiers }) =>
    columns.flatMap((column) => {
      const { type } = column.schema;
      if (column.kind !== 'texts' || type === 'text' || type === 'image') return [];
      if (column.isTarget || column.isDropped) return [];
      const distinct = column.values.texts.length;
      const perValue = column.present / distinct;
      const isName = identifiers.get(column.name)?.kind === 'unique';
      if (distinct <= MANY || isName) return [];
      const isRare = perValue < ROWS_PER_CATEGORY || distinct > VERY_MANY;
      return [
        {
          code: 'high_cardinality' as const,
          severity: column.isInput && isRare ? ('warning' as const) : ('note' as const),
          columns: [column.name],
          message: `Column "${column.name}" has ${grouped(distinct)} categories, each in ${figure(perValue)} rows on average${column.isInput ? '' : '; it is left out of the model'}.`,
          why: 'Each category becomes an input of its own, and of most there are too few rows to learn from.',
          count: distinct,
          rows: [],
          remedies: column.isInput ? leaveOut(column.name) : [],
        },
      ];
    }),
};
