import { trimmed } from '#core/data/normalize.ts';
import type { AuditColumn } from '../audit-column.ts';
import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { columnRemedy, counted, firstRows, figure, quoted } from '../wording.ts';
import { missingCodesOf } from './missing-codes.ts';

/** Ways to write one number that a remedy lists: `-999` and `-999.0`. */
const MAX_SPELLINGS = 20;
/** Texts that say "I don't know" in several languages, compared in lower case. */
const words = new Set([
  ...['unknown', 'unk', 'missing', 'not available', 'not applicable', 'not known', 'n.a.', 'n.a', 'na', 'no data'],
  ...['nodata', 'undefined', 'tbd', 'none given', 'not specified', 'unspecified', '-', '--', '---', '.', '..', '#n/a'],
  ...['#value!', '#ref!', '#div/0!', '(blank)', '(null)', '\\n', 'xxx', 'unbekannt', 'k.a.', 'keine angabe', 'fehlt'],
  ...['inconnu', 'non renseigné', 'desconocido', 'sin datos', 'sconosciuto', 'desconhecido', 'onbekend', 'nieznany'],
]); // prettier-ignore

export const missingCode: Detector = {
  codes: ['missing_code'],
  detect: ({ columns, rows }) =>
    columns.flatMap((column) => {
      if (column.isDropped || column.isTarget) return [];
      return column.kind === 'numbers' ? ofNumbers(column, rows) : ofTexts(column);
    }),
};

function ofNumbers(column: AuditColumn, rows: number): Finding[] {
  return missingCodesOf(column).map(({ value, count, isClear }) => {
    const isOne = (row: number): boolean => column.numbers[row] === value;
    return {
      code: 'missing_code',
      severity: isClear ? 'warning' : 'note',
      columns: [column.name],
      message: `Column "${column.name}" holds ${figure(value)} in ${counted(count, 'row')}, apart from its other values: it ${isClear ? 'seems to mean' : 'could mean'} "missing".`,
      why: 'Taken for a number it moves means and scales, and a model learns from a value that was never measured.',
      count,
      rows: firstRows(rows, isOne),
      remedies: asMissing(column, spellings(column, isOne, rows), figure(value)),
    };
  });
}

function ofTexts(column: AuditColumn): Finding[] {
  if (column.kind !== 'texts' || !column.isInput) return [];
  const { texts, counts, codes } = column.values;
  const found = [...texts.keys()].filter((code) => words.has((texts[code] ?? '').toLowerCase()));
  if (found.length === 0 || found.length === texts.length) return [];
  const isOne = new Set(found);
  const count = found.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  const named = found.map((code) => texts[code] ?? '');
  return [
    {
      code: 'missing_code',
      severity: 'note',
      columns: [column.name],
      message: `Column "${column.name}" holds ${quoted(named)} in ${counted(count, 'row')}, which could mean "missing".`,
      why: 'As a category of its own it stays apart from the cells that are empty, though both mean the same.',
      count,
      rows: firstRows(codes.length, (row) => isOne.has(codes[row] ?? -1)),
      remedies: asMissing(column, named, quoted(named)),
    },
  ];
}

/** How the file writes the value. */
function spellings(column: AuditColumn, isOne: (row: number) => boolean, rows: number): string[] {
  const found = new Set<string>();
  for (let row = 0; row < rows && found.size < MAX_SPELLINGS; row += 1) {
    if (isOne(row)) found.add(trimmed(column.cells.at(row)));
  }
  return [...found];
}

function asMissing(column: AuditColumn, texts: readonly string[], shown: string) {
  const known = column.schema.missing.filter((text) => text !== '');
  return columnRemedy(`Read ${shown} as missing`, column.name, {
    missing: [...new Set([...known, ...texts])],
  });
}
