import type { Detector } from '../detector.ts';
import { leaveOut, someRows } from '../wording.ts';

export const identifierColumns: Detector = {
  codes: ['identifier_column'],
  detect: ({ columns, identifiers, rows }) =>
    columns.flatMap((column) => {
      const evidence = identifiers.get(column.name);
      if (evidence === undefined || column.isTarget || column.isDropped) return [];
      const isRead = column.isInput;
      return [
        {
          code: 'identifier_column' as const,
          severity: isRead && evidence.kind === 'unique' ? ('warning' as const) : ('note' as const),
          columns: [column.name],
          message: `Column "${column.name}" ${evidence.because}: it seems to name ${evidence.kind === 'unique' ? 'rows' : 'things'} and not to describe them${isRead ? '' : ', and is left out of the model'}.`,
          why: 'What a model learns of a name by heart is of no use for a new one.',
          count: column.present,
          rows: someRows(column, rows),
          remedies: isRead ? leaveOut(column.name) : [],
        },
      ];
    }),
};
