import type { AuditContext } from '../context.ts';
import type { Detector } from '../detector.ts';
import type { Finding, Remedy } from '../finding.ts';
import { firstOfSame, pairsByChance } from '../row-groups.ts';
import { counted, percent, quoted, shownRows } from '../wording.ts';

/** Columns go together, so that rows agree several times as often as by chance of independent columns. */
const CHANCE_FACTOR = 10;

export const duplicateRows: Detector = {
  codes: ['duplicate_rows'],
  async detect(context) {
    const columns = context.columns.filter(({ kind }) => kind !== 'empty');
    const plain = columns.filter(({ name }) => !context.identifiers.has(name));
    const exact = await repeatsOf(context, columns);
    const findings = finding(context, exact, null);
    if (plain.length < columns.length && plain.length > 1) {
      const aside = await repeatsOf(context, plain);
      if (aside.rows.length > exact.rows.length) {
        const names = columns.filter((one) => !plain.includes(one)).map(({ name }) => name);
        findings.push(...finding(context, aside, names));
      }
    }
    return findings;
  },
};

interface Repeats {
  /** Rows that repeat an earlier one. */
  readonly rows: readonly number[];
  readonly pairs: number;
  readonly byChance: number;
}

async function repeatsOf(
  { rows, breather }: AuditContext,
  columns: AuditContext['columns'],
): Promise<Repeats> {
  const first = await firstOfSame(columns, rows, breather);
  const repeats: number[] = [];
  const sizes = new Map<number, number>();
  let pairs = 0;
  for (let row = 0; row < rows; row += 1) {
    const origin = first[row] ?? row;
    if (origin === row) continue;
    const earlier = sizes.get(origin) ?? 1;
    sizes.set(origin, earlier + 1);
    pairs += earlier;
    repeats.push(row);
  }
  const byChance = repeats.length === 0 ? 0 : pairsByChance(columns, first);
  return { rows: repeats, pairs, byChance };
}

function finding(
  context: AuditContext,
  { rows, pairs, byChance }: Repeats,
  aside: readonly string[] | null,
): Finding[] {
  if (rows.length === 0) return [];
  const isChance = pairs <= CHANCE_FACTOR * byChance;
  const said = context.spec?.rows.duplicates ?? 'keep';
  const isSettled = said === 'drop_used' || (said === 'drop' && aside === null);
  const expected = Math.ceil(byChance);
  const extent = `${counted(rows.length, 'row')} (${percent(rows.length, context.rows)})`;
  const what =
    aside === null
      ? `${extent} ${rows.length === 1 ? 'repeats' : 'repeat'} an earlier row in every column`
      : `${extent} ${rows.length === 1 ? 'repeats' : 'repeat'} an earlier row in every column but ${quoted(aside)}`;
  const chance = isChance
    ? `; with so few distinct values about ${counted(expected, 'pair')} ${expected === 1 ? 'is' : 'are'} expected by chance`
    : '';
  return [
    {
      code: 'duplicate_rows',
      severity: isChance || isSettled ? 'note' : 'warning',
      columns: [],
      message: `${what}${chance}${isSettled ? '; decided: they are dropped' : ''}.`,
      why: 'A row that stands twice counts twice, and if one copy is trained on and the other tested, the test is too easy.',
      count: rows.length,
      rows: shownRows(rows),
      remedies: isSettled ? [] : [dropRepeats(aside)],
    },
  ];
}

/** @param aside columns in which repeated rows differ: null where in none */
function dropRepeats(aside: readonly string[] | null): Remedy {
  return aside === null
    ? { label: 'Drop repeated rows', changes: [{ path: 'rows.duplicates', value: 'drop' }] }
    : {
        label: 'Drop rows that repeat what the model reads',
        changes: [{ path: 'rows.duplicates', value: 'drop_used' }],
      };
}
