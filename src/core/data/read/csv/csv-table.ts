import { inputError } from '#core/errors.ts';
import { ByteCells } from '../../byte-cells.ts';
import type { FieldText } from '../../field-text.ts';
import type { Doubt } from '../../table.ts';
import { columnNames } from '../column-names.ts';
import type { ReadTable } from '../reader.ts';
import { marksOf, type CsvFormat } from './detect-format.ts';
import { FieldIndex, type FoundRecord } from './field-index.ts';
import type { Marks, TextBytes } from './text-bytes.ts';

export interface FirstLines {
  /** Whether the first line of the table names the columns. */
  readonly header: boolean;
  /** Whether a line before it is none of the table: it has one delimiter. */
  readonly skipsLine: boolean;
}

/** A table out of a text's records; refuses what is not rectangular, with the line. */
export class CsvTable {
  readonly hasHeader: boolean;
  readonly #marks: Marks;
  readonly #index: FieldIndex;
  readonly #doubts: Doubt[] = [];
  #names: readonly string[] | null = null;
  #skipsLine: boolean;
  #blankLines = 0;
  /** Blank lines since the last record: at the end of the file they are no news. */
  #blankSince = 0;
  #rows = 0;

  constructor(format: CsvFormat, lines: FirstLines, bytes: TextBytes, sizeHint: number) {
    this.hasHeader = lines.header;
    this.#skipsLine = lines.skipsLine;
    this.#marks = marksOf(format);
    this.#index = new FieldIndex(this.#marks, bytes, sizeHint, (record) => this.#take(record));
  }

  get rowCount(): number {
    return this.#rows;
  }

  /** Number of the line on which the record that is being read begins. */
  get line(): number {
    return this.#index.line;
  }

  push(bytes: Uint8Array): void {
    this.#index.push(bytes);
  }

  finish(): Pick<ReadTable, 'table' | 'doubts'> {
    this.#index.finish();
    if (this.#names === null) {
      throw inputError(
        'empty_file',
        'The file is empty: it has no header and no rows.',
        'Open a CSV whose first line names the columns.',
      );
    }
    if (this.#rows === 0) {
      throw inputError(
        'no_rows',
        `The file has a header (${fields(this.#names.length)}) and no rows under it.`,
        'Open a CSV with at least one row of data.',
      );
    }
    if (this.#blankLines > 0) {
      this.#doubts.push({ message: `Blank lines left out: ${this.#blankLines}.` });
    }
    const text = this.#text(this.#rows, this.#names.length, this.#index.starts.finish());
    const columns = this.#names.map((_, i) => new ByteCells(text, i));
    return {
      table: { names: this.#names, columns, rowCount: this.#rows },
      doubts: this.#doubts,
    };
  }

  #take(record: FoundRecord): boolean {
    if (this.#skipsLine) {
      this.#skipsLine = false;
      return false;
    }
    if (record.fields === 1 && this.#isBlank(record)) {
      this.#blankSince += 1;
      return false;
    }
    this.#blankLines += this.#blankSince;
    this.#blankSince = 0;
    if (this.#names === null) {
      this.#names = this.#header(record);
      if (this.hasHeader) return false;
    } else if (record.fields !== this.#names.length) throw ragged(record, this.#names.length);
    this.#rows += 1;
    return true;
  }

  /** A line without a field: white space alone is one only where a record has several fields. */
  #isBlank({ first, end }: FoundRecord): boolean {
    const start = this.#index.starts.finish()[first] ?? 0;
    if (end === start) return true;
    if (this.#names?.length === 1 || end - start > 1000) return false;
    return new TextDecoder().decode(this.#index.bytes.all.subarray(start, end)).trim() === '';
  }

  #header(record: FoundRecord): readonly string[] {
    const where = `Line ${record.line}`;
    if (!this.hasHeader) {
      const numbered = Array.from({ length: record.fields }, (_, i) => `column_${i + 1}`);
      return columnNames(numbered, where).names;
    }
    const starts = this.#index.starts.finish().subarray(record.first);
    const text = this.#text(1, record.fields, starts);
    const cells = Array.from({ length: record.fields }, (_, i) => new ByteCells(text, i).at(0));
    const { names, doubts } = columnNames(cells, where);
    this.#doubts.push(...doubts);
    return names;
  }

  #text(rows: number, width: number, starts: Uint32Array): FieldText {
    const { bytes, hasEscapes } = this.#index;
    const { comparison, parsing } = bytes;
    const shape = { starts, width, rows, ...this.#marks, hasEscapes };
    return { bytes: bytes.finish(), ...shape, comparison, parsing };
  }
}

function ragged({ line, fields: found }: FoundRecord, expected: number): Error {
  return inputError(
    'ragged_row',
    `Line ${line} has ${fields(found)}, and the header has ${expected}.`,
    found > expected
      ? 'Quote fields that hold the delimiter, or remove what is too much. Where another sign parts the fields, set it: data.read.delimiter.'
      : 'Add the missing fields, empty where there is no value.',
    { line, fields: found, expected },
  );
}

function fields(count: number): string {
  return count === 1 ? '1 field' : `${count} fields`;
}
