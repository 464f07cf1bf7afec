import { inputError } from '#core/errors.ts';
import type { Doubt, Table } from '../../table.ts';
import type { FileBytes } from '../reader.ts';
import type { ReadSettings } from '../settings.ts';
import { ZipArchive } from '../zip/zip-archive.ts';
import { SheetRows } from './sheet-rows.ts';
import { SheetTable } from './sheet-table.ts';
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts';
import { broken } from './xml.ts';

/** XML to read between two looks at the event loop. */
const BYTES_AT_ONCE = 1 << 17;

export interface WorkbookTable {
  readonly table: Table;
  readonly doubts: readonly Doubt[];
  readonly sheet: string;
  readonly sheets: readonly string[];
}

/**
 * Reads one sheet of an Excel workbook (ECMA-376).
 * @param wanted name of the sheet; when absent, the first that has cells, of the hidden ones only where no other has
 * @throws TerrariumError that names the part of the workbook that is damaged, or the sheets that there are
 */
export async function xlsxTable(
  bytes: Uint8Array,
  file: Pick<FileBytes, 'breathe' | 'rowsRead'>,
  { sheet: wanted, header = true }: Pick<ReadSettings, 'sheet' | 'header'>,
): Promise<WorkbookTable> {
  const archive = await ZipArchive.open(bytes);
  const workbook = openWorkbook(archive);
  const sheets = workbook.sheets.map(({ name }) => name);
  const chosen =
    wanted === undefined
      ? shownFirst(workbook.sheets)
      : workbook.sheets.filter(({ name }) => name === wanted);
  if (wanted !== undefined && chosen.length === 0) throw unknownSheet(wanted, sheets);
  for (const sheet of chosen) {
    const table = new SheetTable(header);
    const rows = await readSheet(archive, sheet, workbook, table, file);
    if (table.isEmpty) continue;
    if (table.rowCount === 0) throw onlyHeader(sheet);
    const { table: contents, doubts } = table.finish();
    return {
      table: contents,
      doubts: [...doubts, ...doubtsOf(rows), ...otherSheets(sheet, workbook, wanted)],
      sheet: sheet.name,
      sheets,
    };
  }
  throw inputError(
    'empty_file',
    wanted === undefined
      ? 'No sheet of the workbook has cells.'
      : `The sheet "${wanted}" has no cells.`,
    'Choose a sheet whose first row names the columns.',
    { sheets },
  );
}

/** What a spreadsheet program hides is seldom the table that is meant. */
function shownFirst(sheets: readonly Sheet[]): readonly Sheet[] {
  return [
    ...sheets.filter(({ isHidden }) => !isHidden),
    ...sheets.filter(({ isHidden }) => isHidden),
  ];
}

async function readSheet(
  archive: ZipArchive,
  sheet: Sheet,
  workbook: Workbook,
  table: SheetTable,
  file: Pick<FileBytes, 'breathe' | 'rowsRead'>,
): Promise<SheetRows> {
  const entry = archive.find(sheet.part);
  if (entry === undefined) throw broken(sheet.part);
  const rows = new SheetRows(sheet, workbook, (row) => table.add(row));
  for (const piece of archive.unpack(entry)) {
    for (let from = 0; from < piece.length; from += BYTES_AT_ONCE) {
      rows.write(piece.subarray(from, from + BYTES_AT_ONCE));
      file.rowsRead(table.rowCount);
      await file.breathe();
    }
  }
  rows.end();
  return rows;
}

function doubtsOf(rows: SheetRows): Doubt[] {
  const { merged, errors, firstError, formulas, firstFormula, long, firstLong } = rows;
  const doubts: Doubt[] = [];
  if (formulas > 0) {
    const message = `Formulas whose result the file does not hold are read as empty: ${formulas}, the first in row ${firstFormula}. Open the workbook in a spreadsheet program and save it to have them computed.`;
    doubts.push({ message });
  }
  if (long > 0) {
    const message = `Numbers of more digits than a workbook keeps: ${long}, the first in row ${firstLong}. Identifiers among them were rounded when the workbook was saved; write them as text.`;
    doubts.push({ message });
  }
  if (merged > 0) {
    const message = `Merged cells: ${merged}. Each has its value in its first cell, and nothing in the others.`;
    doubts.push({ message });
  }
  if (errors > 0) {
    const message = `Cells that hold an error are read as its text: ${errors}, the first ${firstError}.`;
    doubts.push({ message });
  }
  return doubts;
}

function otherSheets(read: Sheet, { sheets }: Workbook, wanted: string | undefined): Doubt[] {
  if (sheets.length < 2 || wanted !== undefined) return [];
  const said = ({ name, isHidden }: Sheet): string => `"${name}"${isHidden ? ' (hidden)' : ''}`;
  const others = sheets.filter((sheet) => sheet !== read).map(said);
  const message = `The sheet ${said(read)} was read. The workbook also has ${others.join(', ')}.`;
  return [{ message }];
}

function unknownSheet(wanted: string, sheets: readonly string[]): Error {
  const list = sheets.map((name) => `"${name}"`).join(', ');
  return inputError(
    'unknown_sheet',
    `The workbook has no sheet "${wanted}"; it has ${list === '' ? 'none' : list}.`,
    'Choose one of these sheets: data.read.sheet.',
    { sheets },
  );
}

function onlyHeader({ name }: Sheet): Error {
  return inputError(
    'no_rows',
    `The sheet "${name}" has one row of names and no rows under it.`,
    'Choose a sheet with at least one row of data.',
  );
}
