import type { Cells } from '#core/data/cells.ts';
import type { AuditColumn } from '../audit-column.ts';
import type { AuditContext } from '../context.ts';
import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { counted, percent, quoted, shownRows } from '../wording.ts';
import { dropConflicts } from './drop-conflicts.ts';

/** From this share of the test images on the test's figures move. */
const SEVERE_SHARE = 0.01;

/** Images whose files are byte for byte the same. */
export const duplicateImages: Detector = {
  codes: ['duplicate_images'],
  detect(context) {
    const hashes = context.table.fileHashes;
    if (hashes === undefined) return [];
    const groups = groupsOf(hashes);
    const label = labelColumn(context);
    const isConflict = (rows: readonly number[]): boolean => label !== null && differs(label, rows);
    const conflicts = groups.filter(isConflict);
    const repeats = groups.filter((rows) => !isConflict(rows));
    return [
      ...(label === null ? [] : conflicting(context, conflicts, label)),
      ...repeated(context, repeats),
    ];
  },
};

/** Rows with the same hash, where there is more than one. */
function groupsOf(hashes: Cells): number[][] {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < hashes.length; row += 1) {
    const hash = hashes.at(row);
    const group = groups.get(hash);
    if (group === undefined) groups.set(hash, [row]);
    else group.push(row);
  }
  return [...groups.values()].filter((rows) => rows.length > 1);
}

/** The target, or what folders say where there is none. */
function labelColumn({ target, columns, info }: AuditContext): AuditColumn | null {
  if (target !== null) return target.column;
  const isByFolder = info.reading.images?.manifest === undefined;
  return (isByFolder ? columns.find(({ name }) => name === 'label') : undefined) ?? null;
}

function differs({ values }: AuditColumn, rows: readonly number[]): boolean {
  return new Set(rows.map((row) => values.codes[row]).filter((code) => code !== -1)).size > 1;
}

function conflicting(
  context: AuditContext,
  groups: readonly (readonly number[])[],
  label: AuditColumn,
): Finding[] {
  const rows = inOrder(groups);
  if (rows.length === 0) return [];
  return [
    {
      code: 'duplicate_images',
      severity: context.spec?.rows.conflicts === 'drop' ? 'warning' : 'severe',
      columns: [label.name],
      message: `${counted(rows.length, 'image')} (${percent(rows.length, context.rows)}) ${rows.length === 1 ? 'is' : 'are'} byte for byte the same as others that have another "${label.name}", such as ${example(context, groups)}.`,
      why: 'One image cannot be of two kinds: no model can be right about both, and one of the labels is wrong.',
      count: rows.length,
      rows: shownRows(rows),
      remedies: context.target === null ? [] : dropConflicts(context.spec),
    },
  ];
}

function repeated(context: AuditContext, groups: readonly (readonly number[])[]): Finding[] {
  const copies = inOrder(groups.map((rows) => rows.slice(1)));
  if (copies.length === 0) return [];
  const shared = sharedWithTest(context, groups);
  const tests = context.split?.parts.test.length ?? 0;
  const isDropped = context.spec?.rows.duplicates === 'drop';
  const isSettled = isDropped && shared === 0;
  const also =
    shared === 0
      ? ''
      : `; ${counted(shared, 'test image')} of the split ${shared === 1 ? 'is' : 'are'} trained on too`;
  return [
    {
      code: 'duplicate_images',
      severity: isSettled
        ? 'note'
        : shared > 0 && shared >= SEVERE_SHARE * tests
          ? 'severe'
          : 'warning',
      columns: [],
      message: `${counted(copies.length, 'image')} (${percent(copies.length, context.rows)}) ${copies.length === 1 ? 'is' : 'are'} byte for byte the same as another one, such as ${example(context, groups)}${also}${isSettled ? '; decided: they are dropped' : ''}.`,
      why: 'An image that stands twice counts twice, and if one copy is trained on and the other tested, the test is too easy.',
      count: copies.length,
      rows: shownRows(copies),
      remedies: isDropped
        ? []
        : [
            {
              label: 'Drop repeated images',
              changes: [{ path: 'rows.duplicates', value: 'drop' }],
            },
          ],
    },
  ];
}

/** Test images of which a copy is trained on. */
function sharedWithTest({ split }: AuditContext, groups: readonly (readonly number[])[]): number {
  if (split === null) return 0;
  const [train, test] = [new Set(split.parts.train), new Set(split.parts.test)];
  return groups
    .filter((rows) => rows.some((row) => train.has(row)))
    .reduce((sum, rows) => sum + rows.filter((row) => test.has(row)).length, 0);
}

function example(
  { info, table }: AuditContext,
  [rows = []]: readonly (readonly number[])[],
): string {
  const paths = table.columns[table.names.indexOf(info.reading.images?.column ?? '')];
  return quoted(rows.slice(0, 2).map((row) => paths?.at(row) ?? String(row + 1)));
}

function inOrder(groups: readonly (readonly number[])[]): number[] {
  return groups.flat().sort((a, b) => a - b);
}
