import { folded } from '#core/data/fold.ts';
import type { AuditColumn } from '../audit-column.ts';
import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { columnRemedy, counted, firstRows, grouped, quoted } from '../wording.ts';

/** Columns with more different texts than this share of their rows are names or prose, where case can matter. */
const CATEGORY_SHARE = 0.5;
const SHOWN_GROUPS = 3;

export const categoryVariants: Detector = {
  codes: ['category_variants'],
  detect: ({ columns }) =>
    columns.flatMap((column) => {
      if (column.kind !== 'texts' || column.isDropped || column.schema.dtype !== 'string')
        return [];
      return column.schema.type === 'text' || column.schema.type === 'image'
        ? []
        : [...variants(column), ...outerSpace(column)];
    }),
};

function variants(column: AuditColumn): Finding[] {
  const { texts, counts, codes } = column.values;
  const groups = new Map<string, number[]>();
  for (const [code, text] of texts.entries()) {
    const key = spaceless(text);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [code]);
    else members.push(code);
  }
  const several = [...groups.values()].filter((members) => members.length > 1);
  if (several.length === 0) return [];
  const rare = new Set(
    several.flatMap((members) =>
      members.toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).slice(1),
    ),
  );
  const count = [...rare].reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  const shown = several
    .slice(0, SHOWN_GROUPS)
    .map((members) => quoted(members.map((code) => texts[code] ?? '')));
  const more =
    several.length > SHOWN_GROUPS ? `; and ${counted(several.length - SHOWN_GROUPS, 'more')}` : '';
  const folds = several.some((members) => {
    const keys = members.map((code) => folded(texts[code] ?? ''));
    return new Set(keys).size < keys.length;
  });
  const isSettled = folds && column.settings.fold === true;
  const isCategory = texts.length <= CATEGORY_SHARE * column.present;
  return [
    {
      code: 'category_variants',
      severity: isSettled || !isCategory ? 'note' : 'warning',
      columns: [column.name],
      message: `Column "${column.name}" writes ${several.length === 1 ? 'one category' : `${grouped(several.length)} categories`} in several ways, which differ by case, white space, hyphens or Unicode form alone: ${shown.join('; ')}${more}${isSettled ? '; decided: they are one' : ''}.`,
      why: 'Each way of writing becomes a category of its own, and what is known of one is not known of the other.',
      count,
      rows: firstRows(codes.length, (row) => rare.has(codes[row] ?? -1)),
      remedies:
        isSettled || !folds
          ? []
          : columnRemedy('Take them for one category', column.name, { fold: true }),
    },
  ];
}

/** What words have in common however they are joined: `New York`, `new-york`, `NewYork`. */
function spaceless(text: string): string {
  const bare = folded(text).replace(/[\s_-]/g, '');
  // Digits part where signs stood: 1-23 is another code than 12-3.
  return /\d/.test(bare) ? folded(text) : bare;
}

/** White space around a text is never part of it here, and is where the file goes to another program. */
function outerSpace(column: AuditColumn): Finding[] {
  const { cells } = column;
  let count = 0;
  const rows: number[] = [];
  for (let row = 0; row < cells.length; row += 1) {
    const cell = cells.at(row);
    if (!isSpace(cell.charCodeAt(0)) && !isSpace(cell.charCodeAt(cell.length - 1))) continue;
    if (cell.trim() === '') continue;
    count += 1;
    if (rows.length < 20) rows.push(row + 1);
  }
  if (count === 0 || count === column.present) return [];
  return [
    {
      code: 'category_variants',
      severity: 'note',
      columns: [column.name],
      message: `Column "${column.name}" has white space around its text in ${counted(count, 'row')}; it is left off when read.`,
      why: 'Other programs that read the file take such a text for another category.',
      count,
      rows,
      remedies: [],
    },
  ];
}

/** Anything that `trim` may take away; the empty text has no first character. */
function isSpace(unit: number): boolean {
  return unit <= 32 || unit === 0xa0 || unit === 0xfeff || (unit >= 0x2000 && unit <= 0x3000);
}
