import { groupsOfSame } from '#core/data/same-rows.ts';
import { CONFLICT_TOLERANCE, spreadOf } from '#core/data/target-spread.ts';
import { standardDeviation, mean } from '#core/features/statistics.ts';
import type { AuditContext } from '../context.ts';
import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { firstOfSame, pairsByChance } from '../row-groups.ts';
import { counted, percent, shownRows } from '../wording.ts';
import { dropConflicts } from './drop-conflicts.ts';

const CHANCE_FACTOR = 10;
/** Where at least this share of repeated rows agrees with its like, the few that don't are exceptions. */
const AGREEMENT = 0.95;
/** Repeated inputs are the exception in a table up to this share of the rows. */
const REPEATED_SHARE = 0.2;

export const conflictingLabels: Detector = {
  codes: ['conflicting_labels'],
  async detect(context) {
    const { target, rows, breather, columns } = context;
    // Images are told apart by what they show.
    if (context.info.reading.images !== undefined) return [];
    const inputs = columns.filter(({ isInput, name }) => isInput && !context.identifiers.has(name));
    if (target === null || inputs.length === 0) return [];
    const first = await firstOfSame(inputs, rows, breather);
    return finding(context, groupsOfSame(first, target.rows), pairsByChance(inputs, first));
  },
};

function finding(
  { target, rows, spec }: AuditContext,
  groups: readonly (readonly number[])[],
  byChance: number,
): Finding[] {
  if (target === null) return [];
  const present = Float64Array.from(target.rows, (row) => target.values[row] ?? NaN);
  const tolerance =
    target.task === 'regression'
      ? CONFLICT_TOLERANCE * standardDeviation(present, mean(present))
      : 0;
  let repeated = 0;
  let pairs = 0;
  let minority = 0;
  const conflicting: number[] = [];
  for (const members of groups) {
    repeated += members.length;
    pairs += (members.length * (members.length - 1)) / 2;
    const strays = strayRows(members, target, tolerance);
    minority += strays;
    if (strays > 0) conflicting.push(...members);
  }
  if (conflicting.length === 0) return [];
  const isBeyondChance = pairs > CHANCE_FACTOR * byChance && repeated <= REPEATED_SHARE * rows;
  const areExceptions = minority <= (1 - AGREEMENT) * repeated;
  conflicting.sort((a, b) => a - b);
  const what = target.task === 'regression' ? 'values' : 'labels';
  return [
    {
      code: 'conflicting_labels',
      severity: isBeyondChance || areExceptions ? 'warning' : 'note',
      columns: [target.column.name],
      message: `${counted(conflicting.length, 'row')} (${percent(conflicting.length, rows)}) ${conflicting.length === 1 ? 'has' : 'have'} the same inputs as others and different ${what} of "${target.column.name}".`,
      why: 'No model can be right about both, so either a label is wrong or a column that tells them apart is absent.',
      count: conflicting.length,
      rows: shownRows(conflicting),
      remedies: isBeyondChance || areExceptions ? dropConflicts(spec) : [],
    },
  ];
}

/** Rows of one group that do not have its usual target. */
function strayRows(
  members: readonly number[],
  target: NonNullable<AuditContext['target']>,
  tolerance: number,
): number {
  if (target.task === 'regression') {
    return spreadOf(target.values, members) > tolerance ? members.length - 1 : 0;
  }
  const counts = new Map<number, number>();
  for (const row of members) {
    const code = target.codes[row] ?? -1;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return members.length - Math.max(...counts.values());
}
