import { textOfNumber } from '../../number-cells.ts';
import type { XmlHearing } from './xml.ts';
import { broken, XmlStream } from './xml.ts';
import { serialText } from './cell-dates.ts';
import { unescaped, type Sheet, type Workbook } from './workbook.ts';

/** Columns that a sheet can have: up to XFD. */
const MAX_COLUMN = 16_384;

export interface SheetRow {
  /** The row's number in the sheet, from 1. */
  readonly number: number;
  /** Column of each cell that has something, from 0, ascending. */
  readonly columns: readonly number[];
  readonly texts: readonly string[];
}

/** Reads the cells of a sheet as its XML comes, and hands its rows on. */
export class SheetRows implements XmlHearing {
  readonly #sheet: Sheet;
  readonly #workbook: Workbook;
  readonly #onRow: (row: SheetRow) => void;
  readonly #xml: XmlStream;
  #row = 0;
  #column = -1;
  #columns: number[] = [];
  #texts: string[] = [];
  #type = '';
  #style = 0;
  #value = '';
  #inValue = false;
  #isFormula = false;
  #hasValue = false;
  #phonetic = 0;
  merged = 0;
  /** Cells with an error other than #N/A, and the first of them. */
  errors = 0;
  firstError = '';
  /** Formulas whose result the file does not hold, and the row of the first of them. */
  formulas = 0;
  firstFormula = 0;
  /** Numbers past 2^53 that the file holds with an exponent, and the row of the first of them. */
  long = 0;
  firstLong = 0;

  constructor(sheet: Sheet, workbook: Workbook, onRow: (row: SheetRow) => void) {
    this.#sheet = sheet;
    this.#workbook = workbook;
    this.#onRow = onRow;
    this.#xml = new XmlStream(sheet.part, this);
  }

  write(bytes: Uint8Array): void {
    this.#xml.write(bytes);
  }

  end(): void {
    this.#xml.end();
  }

  open(name: string, attributes: () => Readonly<Record<string, string>>): void {
    if (name === 'c') {
      const { r, t = 'n', s = '0' } = attributes();
      const column = r === undefined ? this.#column + 1 : this.#columnOf(r);
      if (column <= this.#column) throw this.#broken();
      this.#column = column;
      this.#type = t;
      this.#style = Number(s);
      this.#value = '';
      this.#isFormula = false;
      this.#hasValue = false;
    } else if (name === 'v' || name === 't') {
      this.#inValue = true;
      this.#hasValue = true;
    } else if (name === 'f') this.#isFormula = true;
    else if (name === 'row') this.#openRow(attributes().r);
    else if (name === 'rPh') this.#phonetic += 1;
    else if (name === 'mergeCell') this.merged += 1;
  }

  text(text: string): void {
    if (this.#inValue && this.#phonetic === 0) this.#value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#inValue = false;
    else if (name === 'c') {
      if (this.#isFormula && !this.#hasValue) {
        this.formulas += 1;
        if (this.formulas === 1) this.firstFormula = this.#row;
      }
      const text = this.#cellText();
      if (text === '') return;
      this.#columns.push(this.#column);
      this.#texts.push(text);
    } else if (name === 'rPh') this.#phonetic -= 1;
    else if (name === 'row') {
      this.#onRow({ number: this.#row, columns: this.#columns, texts: this.#texts });
    }
  }

  #openRow(given: string | undefined): void {
    const row = given === undefined ? this.#row + 1 : Number(given);
    if (!Number.isInteger(row) || row <= this.#row) throw this.#broken();
    this.#row = row;
    this.#column = -1;
    this.#columns = [];
    this.#texts = [];
  }

  #cellText(): string {
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return value === '' ? '' : this.#shared(value);
      case 'str':
      case 'inlineStr':
        return unescaped(value);
      case 'b':
        return value === '' ? '' : value === '1' || value === 'true' ? 'true' : 'false';
      case 'e':
        if (value === '#N/A' || value === '') return '';
        this.errors += 1;
        if (this.errors === 1) this.firstError = `${value} in row ${this.#row}`;
        return value;
      case 'd':
        return value;
      default:
        return value === '' ? '' : this.#number(value);
    }
  }

  #shared(index: string): string {
    const text = this.#workbook.sharedStrings[Number(index)];
    if (text === undefined) throw this.#broken();
    return text;
  }

  #number(text: string): string {
    const value = Number(text);
    if (!Number.isFinite(value)) throw this.#broken();
    const format = this.#workbook.styles[this.#style] ?? null;
    const date = format === null ? null : serialText(value, format, this.#workbook.is1904);
    if (date !== null) return date;
    // Excel has 15 digits; whole numbers that others wrote with more stay as they are.
    if (/^-?[1-9][0-9]{15,}(?:\.0*)?$/.test(text)) return text;
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      this.long += 1;
      if (this.long === 1) this.firstLong = this.#row;
    }
    return textOfNumber(value);
  }

  #columnOf(reference: string): number {
    let column = 0;
    let i = 0;
    for (; i < reference.length; i += 1) {
      const letter = reference.charCodeAt(i) - 64;
      if (letter < 1 || letter > 26) break;
      column = column * 26 + letter;
    }
    const row = reference.slice(i);
    if (column < 1 || column > MAX_COLUMN || Number(row) !== this.#row) throw this.#broken();
    return column - 1;
  }

  #broken(): Error {
    return broken(`${this.#sheet.part} (near row ${this.#row})`);
  }
}
