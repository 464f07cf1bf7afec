import { inputError } from '#core/errors.ts';
import { TextCellsBuilder } from './cells.ts';
import { QUOTED_EMPTY } from './line-ends.ts';
import type { Doubt, Table } from './table.ts';

/** Collects records into columns, and refuses what is no rectangular table, with the line. */
export class TableBuilder {
  #names: string[] | null = null;
  #columns: TextCellsBuilder[] = [];
  readonly #doubts: Doubt[] = [];
  #blankLines = 0;
  /** Blank lines since the last record: at the end of the file they are no news. */
  #blankSince = 0;
  rowCount = 0;
  /** Number of the line, from 1, on which the next record begins. */
  line = 1;

  add(record: readonly string[]): void {
    const line = this.line;
    this.line += 1 + linesInside(record);
    if (record.length === 1 && isBlankLine(record[0] ?? '', this.#columns.length)) {
      this.#blankSince += 1;
      return;
    }
    this.#blankLines += this.#blankSince;
    this.#blankSince = 0;
    if (this.#names === null) {
      this.#names = this.#header(record, line);
      this.#columns = this.#names.map(() => new TextCellsBuilder());
      return;
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
    for (const [i, cell] of record.entries()) {
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

  #header(record: readonly string[], line: number): string[] {
    const names: string[] = [];
    for (const [i, cell] of record.entries()) {
      const isBlank = cell.trim() === '' || cell === QUOTED_EMPTY;
      const name = isBlank ? freeName(`column_${i + 1}`, record) : cell;
      if (isBlank) {
        this.#doubts.push({
          column: name,
          message: `Column ${i + 1} has no name in the header; it is called ${name} here.`,
        });
      }
      if (name !== name.trim()) {
        this.#doubts.push({
          column: name,
          message: `Column ${i + 1} is called "${name}", with white space around its name.`,
        });
      }
      const twin = names.indexOf(name);
      if (twin >= 0) {
        throw inputError(
          'duplicate_column',
          `Line ${line}: columns ${twin + 1} and ${i + 1} are both named "${name}".`,
          'Give every column a name of its own.',
          { line, column: name },
        );
      }
      names.push(name);
    }
    return names;
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

/** A name that no column of the header has. */
function freeName(wanted: string, header: readonly string[]): string {
  let name = wanted;
  while (header.includes(name)) name += '_';
  return name;
}

function fields(count: number): string {
  return count === 1 ? '1 field' : `${count} fields`;
}
