import type { AuditColumn } from '../audit-column.ts';
import type { AuditSplit } from '../audit-split.ts';
import type { Detector } from '../detector.ts';
import type { Finding, Remedy } from '../finding.ts';
import { counted, percent, quoted, shownRows } from '../wording.ts';
import { entityColumns, isNamedEntity } from './entities.ts';

/** Entities on both sides in so few test rows do not move its figures. */
const SEVERE_SHARE = 0.05;

/** The same patient, customer or machine among the training rows and the test rows. */
export const sharedEntities: Detector = {
  codes: ['entity_in_train_and_test'],
  detect(context) {
    const { split } = context;
    if (split === null) return [];
    return entityColumns(context).flatMap((column) =>
      findingFor(column, split, isNamedEntity(column.name)),
    );
  },
};

function findingFor(
  column: AuditColumn,
  { parts, method }: AuditSplit,
  isNamed: boolean,
): Finding[] {
  const { codes, texts } = column.values;
  const trained = new Set<number>();
  for (const row of parts.train) trained.add(codes[row] ?? -1);
  trained.delete(-1);
  const shared = parts.test.filter((row) => trained.has(codes[row] ?? -1));
  if (shared.length === 0) return [];
  const entities = new Set(Array.from(shared, (row) => codes[row] ?? -1));
  const isLarge = shared.length >= SEVERE_SHARE * parts.test.length;
  // Of what is known of an entity up to a day its future is predicted: then it belongs on both sides.
  const severity = method === 'time' ? 'note' : isLarge && isNamed ? 'severe' : 'warning';
  const named = quoted(
    Array.from(entities, (code) => texts[code] ?? ''),
    3,
  );
  return [
    {
      code: 'entity_in_train_and_test',
      severity,
      columns: [column.name],
      message: `${counted(entities.size, 'value')} of "${column.name}" (${named}) ${entities.size === 1 ? 'stands' : 'stand'} on both sides of the split, in ${counted(shared.length, 'test row')} (${percent(shared.length, parts.test.length)}).`,
      why: 'A model can learn to recognize whom a row is about, and is then tested on the people it knows already.',
      count: shared.length,
      rows: shownRows(shared),
      remedies: method === 'time' ? [] : [splitByGroup(column.name)],
    },
  ];
}

function splitByGroup(name: string): Remedy {
  return {
    label: `Split by group, with all rows of one "${name}" on one side`,
    changes: [
      { path: 'split.method', value: 'group' },
      { path: 'split.by', value: name },
      { path: 'split.gap', value: 0 },
    ],
  };
}
