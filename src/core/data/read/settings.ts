import * as v from 'valibot';

export const formats = ['csv', 'json', 'json_lines', 'parquet', 'text', 'xlsx', 'zip'] as const;
export type FormatName = (typeof formats)[number];

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'latin-1'] as const;
export type Encoding = (typeof encodings)[number];

export const quotes = ['"', "'", ''] as const;
export type Quote = (typeof quotes)[number];

const mark = v.pipe(
  v.string(),
  v.regex(/^[\t !#-&(-~]$/, 'must be one ASCII character, and no quote'),
);

/** What a person can settle about how a file is read; what is left out is found in the file. */
export const readSettingsSchema = v.strictObject({
  format: v.optional(v.picklist(formats)),
  encoding: v.optional(v.picklist(encodings)),
  /** What parts the fields of a text table. */
  delimiter: v.optional(mark),
  /** What encloses fields; the empty text for nothing. */
  quote: v.optional(v.picklist(quotes)),
  /** Whether the first line names the columns. */
  header: v.optional(v.boolean()),
  decimal: v.optional(v.picklist(['.', ','])),
  /** Which of two numbers in a date is the day. */
  dates: v.optional(v.picklist(['day_first', 'month_first'])),
  /** Name of the sheet of a workbook. */
  sheet: v.optional(v.string()),
});
export type ReadSettings = v.InferOutput<typeof readSettingsSchema>;

/** How a file was read: what was found or settled. */
export interface Reading {
  readonly format: FormatName;
  readonly gzip?: boolean;
  readonly encoding?: Encoding;
  readonly delimiter?: string;
  readonly quote?: Quote;
  readonly header?: boolean;
  readonly sheet?: string;
  /** Names of all sheets of a workbook. */
  readonly sheets?: readonly string[];
  /** Names of the tables in a zip, in the order in which their rows stand. */
  readonly files?: readonly string[];
  /** Of a plain text: the one column, whose rows are its lines. */
  readonly text?: string;
  /** What was read of a zip of images. */
  readonly images?: ImageReading;
}

/** Which columns of an image set the reader made. */
export interface ImageReading {
  /** Names the files, by their paths in the archive. */
  readonly column: string;
  /** Width and height in pixels. */
  readonly sizes: readonly [width: string, height: string];
  /** None of the images has colours. */
  readonly grey?: true;
  /** The table in the archive that the other columns come from; absent where folders are labels. */
  readonly manifest?: string;
}
