import * as v from 'valibot';
import type { FailureData } from '#core/errors.ts';
import {
  readSettingsSchema,
  type FormatName,
  type Reading,
  type ReadSettings,
} from '#core/data/read/settings.ts';

/** What can be settled by hand of how a file is read. */
export type ReadingField = keyof ReadSettings;

/** What the controls hold: the empty text leaves a field as it is found. */
export type ReadingForm = Readonly<Record<ReadingField, string>> & {
  /** The character between columns, where `delimiter` is `other`. */
  readonly otherDelimiter: string;
};

export interface Choice {
  readonly value: string;
  readonly label: string;
}

const general = ['decimal', 'dates'] as const;
const textTable = ['encoding', 'delimiter', 'quote', 'header', ...general] as const;

/** The fields that a format has; a zip is taken to hold text tables. Any text can be read as a table or as it is. */
export function fieldsOf(format: FormatName): readonly ReadingField[] {
  if (format === 'zip') return textTable;
  if (format === 'csv') return ['format', ...textTable];
  if (format === 'text') return ['format', 'encoding'];
  return format === 'xlsx' ? ['sheet', 'header', ...general] : general;
}

export const labels: Readonly<Record<ReadingField, string>> = {
  format: 'The file is',
  sheet: 'Sheet',
  encoding: 'Encoding',
  delimiter: 'Between columns stand',
  quote: 'Around texts stand',
  header: 'The first line',
  decimal: 'Decimal mark',
  dates: 'Dates like 03/04/2025',
};

const choices: Readonly<Record<Exclude<ReadingField, 'sheet'>, readonly Choice[]>> = {
  format: [
    { value: 'csv', label: 'A table: fields parted by a sign' },
    { value: 'text', label: 'A plain text, line by line' },
  ],
  encoding: [
    { value: 'utf-8', label: 'UTF-8' },
    { value: 'latin-1', label: 'Latin-1 (Windows-1252)' },
    { value: 'utf-16le', label: 'UTF-16, little endian' },
    { value: 'utf-16be', label: 'UTF-16, big endian' },
  ],
  delimiter: [
    { value: ',', label: 'Commas' },
    { value: ';', label: 'Semicolons' },
    { value: '\t', label: 'Tabs' },
    { value: '|', label: 'Vertical bars' },
    { value: ' ', label: 'Spaces' },
    { value: 'other', label: 'Another character' },
  ],
  quote: [
    { value: '"', label: 'Double quotes' },
    { value: "'", label: 'Single quotes' },
    { value: 'none', label: 'Nothing' },
  ],
  header: [
    { value: 'names', label: 'Names the columns' },
    { value: 'row', label: 'Is a row like the others' },
  ],
  decimal: [
    { value: '.', label: 'Point, as in 3.14' },
    { value: ',', label: 'Comma, as in 3,14' },
  ],
  dates: [
    { value: 'day_first', label: 'Day first: the 3rd of April' },
    { value: 'month_first', label: 'Month first: the 4th of March' },
  ],
};

/** What a field left alone means where it is not looked for in the file. */
export type LeftAlone = Partial<Readonly<Record<ReadingField, string>>>;

/** A field's choices, first to leave it as it is found, with what was found where that is known. */
export function choicesOf(
  field: ReadingField,
  reading: Reading | null,
  settings: ReadSettings,
  leftAlone: LeftAlone = {},
): readonly Choice[] {
  const sheets = reading?.sheets ?? [];
  const all =
    field === 'sheet' ? sheets.map((name) => ({ value: name, label: name })) : choices[field];
  const known = reading === null || settings[field] !== undefined ? '' : formOf(reading)[field];
  const found = all.find(({ value }) => value === known)?.label ?? `“${known}”`;
  const eachColumn = field === 'decimal' || field === 'dates' ? ', column by column' : '';
  const label = leftAlone[field] ?? `As found${known === '' ? eachColumn : `: ${found}`}`;
  return [{ value: '', label }, ...all];
}

/** The form of what is settled. */
export function formOf(settings: ReadSettings): ReadingForm {
  const { format = '', encoding = '', delimiter = '', quote, header } = settings;
  const { decimal = '', dates = '' } = settings;
  const isUsual = delimiter === '' || choices.delimiter.some(({ value }) => value === delimiter);
  return {
    format,
    sheet: settings.sheet ?? '',
    encoding,
    delimiter: isUsual ? delimiter : 'other',
    otherDelimiter: isUsual ? '' : delimiter,
    quote: quote === '' ? 'none' : (quote ?? ''),
    header: header === undefined ? '' : header ? 'names' : 'row',
    decimal,
    dates,
  };
}

/** Why the character typed cannot stand between columns; undefined where it can. */
export function delimiterProblem(form: ReadingForm): string | undefined {
  if (form.delimiter !== 'other') return undefined;
  const { success } = v.safeParse(readSettingsSchema, { delimiter: form.otherDelimiter });
  return success ? undefined : 'Type one character: a sign, a letter or a digit, and no quote.';
}

/**
 * What a form settles, of the fields shown; the others stay as they were settled before.
 * @throws ValiError for a delimiter that `delimiterProblem` refuses
 */
export function settingsOf(
  form: ReadingForm,
  shown: readonly ReadingField[],
  before: ReadSettings = {},
): ReadSettings {
  const { delimiter, quote, header } = form;
  const read: Readonly<Record<ReadingField, string | boolean>> = {
    ...form,
    delimiter: delimiter === 'other' ? form.otherDelimiter : delimiter,
    quote: quote === 'none' ? '' : quote,
    header: header === 'names',
  };
  const settled = shown.filter((field) => form[field] !== '').map((field) => [field, read[field]]);
  const kept = Object.entries(before).filter(([field]) => shown.every((one) => one !== field));
  return v.parse(readSettingsSchema, Object.fromEntries([...kept, ...settled]));
}

/** Refusals that another encoding, mark, header or sheet may lift. */
const liftable: ReadonlySet<string> = new Set([
  'encoding_broken',
  'ragged_row',
  'malformed_quote',
  'unclosed_quote',
  'duplicate_column',
  'no_rows',
  'line_too_long',
  'too_many_columns',
  'unknown_sheet',
]);

/** The format as which a refused file may be read under other settings; null where they would not help. */
export function formatToSettle(name: string, { code, details }: FailureData): FormatName | null {
  // Bytes that are no text on some line may be text in UTF-16; pictures and archives have no lines.
  const isLiftable = liftable.has(code) || (code === 'not_text' && details?.['line'] !== undefined);
  const plain = name.toLowerCase().replace(/\.gz$/, '');
  if (!isLiftable || /\.(jsonl?|ndjson|parquet)$/.test(plain)) return null;
  if (plain.endsWith('.zip')) return 'zip';
  if (/\.(md|markdown)$/.test(plain)) return 'text';
  return /\.xls[xm]$/.test(plain) ? 'xlsx' : 'csv';
}
