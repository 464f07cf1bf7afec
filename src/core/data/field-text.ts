/** A table as its text in UTF-8, and where each field begins in it. */
export interface FieldText {
  /** The text, with a line end behind its last field. */
  readonly bytes: Uint8Array;
  /** Offset of each field, row by row, `width` of them per row. */
  readonly starts: Uint32Array;
  readonly width: number;
  readonly rows: number;
  readonly delimiter: number;
  /** What encloses a field that begins with it; -1 where nothing does. */
  readonly quote: number;
  /** Whether some quoted field holds a doubled quote. */
  readonly hasEscapes: boolean;
  /** How a kernel compares fields, where the text is in the memory of one. */
  readonly comparison?: FieldComparison | null;
  /** How a kernel reads numbers, likewise. */
  readonly parsing?: FieldParsing | null;
}

/** One column of a text. */
export interface FieldColumn {
  readonly text: FieldText;
  readonly column: number;
}

/** Rows whose fields are hashed, compared or parsed in one go, at most. */
export const MOST_COMPARED = 1 << 12;

/** Looks at fields by their bytes, in texts without doubled quotes. */
export interface FieldComparison {
  /** Fields of up to so many bytes are the same where their hashes and lengths are; -1 where no length vouches. */
  readonly exactBytes: number;
  /**
   * Hashes the fields of a column from row `from` up to row `to`.
   * @returns three numbers a field, two of the hash and its length in bytes: valid until the next call
   */
  hash(column: FieldColumn, from: number, to: number): Int32Array;
  /**
   * Whether the fields of a column from row `from` on are those of the rows in `others`.
   * @param others a row each, whose field is as long
   */
  areSame(column: FieldColumn, from: number, others: Uint32Array): boolean;
}

/** Reads numbers by their bytes. */
export interface FieldParsing {
  /**
   * Reads the fields of a column from row `from` up to row `to` that are short plain decimals.
   * @param mark the decimal mark's byte
   * @param values is filled
   * @returns the first row whose field is something else, or `to`
   */
  parse(column: FieldColumn, from: number, to: number, mark: number, values: Float64Array): number;
}
