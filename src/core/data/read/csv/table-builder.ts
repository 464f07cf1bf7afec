import { inputError } from '#core/errors.ts';
import { TextCellsBuilder } from '../../cells.ts';
import type { Doubt, Table } from '../../table.ts';
import { columnNames } from '../column-names.ts';
import { QUOTED_EMPTY } from './line-ends.ts';

/** Collects records into columns, and refuses what is no rectangular table, with the line. */
export class TableBuilder {
  #names: readonly string[] | null = null;
  #columns: TextCellsBuilder[] = [];
  readonly #doubts: Doubt[] = [];
  #blankLines = 0;
  /** Blank lines since the last record: at the end of the file they are no news. */
  #blankSince = 0;
  rowCount = 0;
  readonly hasHeader: boolean;
  readonly #isSettled: boolean;
  /** Number of the line, from 1, on which the next record begins. */
  line = 1;

  /**
   * @param hasHeader whether the first record names the columns
   * @param isSettled whether a person said so, and it is no guess
   */
  constructor(hasHeader: boolean, isSettled = true) {
    this.hasHeader = hasHeader;
    this.#isSettled = isSettled;
  }

  /** @param isFlat whether no field of the record can hold a line end */
  add(record: readonly string[], isFlat: boolean): void {
    const line = this.line;
    this.line += 1 + (isFlat ? 0 : linesInside(record));
    if (record.length === 1 && isBlankLine(record[0] ?? '', this.#columns.length)) {
      this.#blankSince += 1;
      return;
    }
    this.#blankLines += this.#blankSince;
    this.#blankSince = 0;
    if (this.#names === null) {
      this.#names = this.#header(record, line);
      this.#columns = this.#names.map(() => new TextCellsBuilder());
      if (this.hasHeader) return;
    }
    if (record.length !== this.#names.length) {
      throw inputError(
        'ragged_row',
        `Line ${line} has ${fields(record.length)}, and the header has ${this.#names.length}.`,
        record.length > this.#names.length
          ? 'Quote fields that hold the delimiter, or remove what is too much.'
          : 'Add the missing fields, empty where there is no value.',
        { line, fields: record.length, expected: this.#names.length },
      );
    }
    for (let i = 0; i < record.length; i += 1) {
      const cell = record[i] ?? '';
      this.#columns[i]?.push(cell === QUOTED_EMPTY ? '' : cell);
    }
    this.rowCount += 1;
  }

  finish(): { table: Table; doubts: readonly Doubt[] } {
    if (this.#names === null) {
      throw inputError(
        'empty_file',
        'The file is empty: it has no header and no rows.',
        'Open a CSV whose first line names the columns.',
      );
    }
    if (this.rowCount === 0) {
      throw inputError(
        'no_rows',
        `The file has a header (${fields(this.#names.length)}) and no rows under it.`,
        'Open a CSV with at least one row of data.',
      );
    }
    if (this.#blankLines > 0) {
      this.#doubts.push({ message: `Blank lines left out: ${this.#blankLines}.` });
    }
    const columns = this.#columns.map((column) => column.finish());
    return {
      table: { names: this.#names, columns, rowCount: this.rowCount },
      doubts: this.#doubts,
    };
  }

  #header(record: readonly string[], line: number): readonly string[] {
    if (this.hasHeader) {
      const cells = record.map((cell) => (cell === QUOTED_EMPTY ? '' : cell));
      const { names, doubts } = columnNames(cells, `Line ${line}`);
      this.#doubts.push(...doubts);
      return names;
    }
    if (!this.#isSettled) {
      this.#doubts.push({
        message:
          'The first line holds numbers like the lines below it, so it was read as a row, and the columns have numbers for names. Say when importing if it names the columns.',
      });
    }
    const numbered = record.map((_, i) => `column_${i + 1}`);
    return columnNames(numbered, `Line ${line}`).names;
  }
}

/** Line ends inside quoted fields, of any kind. */
function linesInside(record: readonly string[]): number {
  let lines = 0;
  for (const cell of record) {
    if (cell.includes('\n') || cell.includes('\r')) lines += cell.split(/\r\n|\r|\n/).length - 1;
  }
  return lines;
}

/** A line without a field: white space alone is one only where a record has several fields. */
function isBlankLine(cell: string, width: number): boolean {
  return cell === '' || (width !== 1 && cell.trim() === '');
}

function fields(count: number): string {
  return count === 1 ? '1 field' : `${count} fields`;
}
