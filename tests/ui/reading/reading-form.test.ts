import { describe, expect, it } from 'vitest';
import { inputError } from '#core/errors.ts';
import type { Reading, ReadSettings } from '#core/data/read/settings.ts';
import {
  choicesOf,
  delimiterProblem,
  fieldsOf,
  formatToSettle,
  formOf,
  settingsOf,
} from '#ui/reading/reading-form.ts';

const reading: Reading = {
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ';',
  quote: '"',
  header: true,
};

describe('the form of how a file is read', () => {
  it.each<ReadSettings>([
    {},
    { encoding: 'latin-1', delimiter: ',', quote: "'", header: true, decimal: ',' },
    { delimiter: '\t', quote: '', header: false, dates: 'day_first' },
    { delimiter: ' ' },
    { delimiter: '~' },
  ])('shows settings and gives them back: %j', (settings) => {
    expect(settingsOf(formOf(settings), fieldsOf('csv'))).toEqual(settings);
  });

  it('settles the fields that it shows, and leaves the others as they were', () => {
    const before = { format: 'xlsx', sheet: 'May', header: true } as const;
    const form = { ...formOf(before), sheet: 'June', header: '', delimiter: ';' };
    expect(settingsOf(form, fieldsOf('xlsx'), before)).toEqual({ format: 'xlsx', sheet: 'June' });
  });

  it('has the fields that fit the format', () => {
    expect(fieldsOf('csv')).toContain('encoding');
    expect(fieldsOf('csv')[0]).toBe('format');
    expect(fieldsOf('text')).toEqual(['format', 'encoding']);
    expect(fieldsOf('zip')).not.toContain('format');
    expect(fieldsOf('xlsx')).toEqual(['sheet', 'header', 'decimal', 'dates']);
    expect(fieldsOf('parquet')).toEqual(['decimal', 'dates']);
  });

  it('says what was found, where nobody has settled it', () => {
    const first = (field: 'delimiter' | 'header' | 'decimal', settings: ReadSettings = {}) =>
      choicesOf(field, reading, settings)[0];
    expect(first('delimiter')).toEqual({ value: '', label: 'As found: Semicolons' });
    expect(first('header')?.label).toBe('As found: Names the columns');
    expect(first('decimal')?.label).toBe('As found, column by column');
    expect(first('delimiter', { delimiter: ';' })?.label).toBe('As found');
    expect(choicesOf('delimiter', null, {})[0]?.label).toBe('As found');
    const leftAlone = { decimal: 'As in training' };
    expect(choicesOf('decimal', reading, {}, leftAlone)[0]).toEqual({
      value: '',
      label: 'As in training',
    });
  });

  it('offers to read a table as a text, and back', () => {
    expect(choicesOf('format', reading, {}).map(({ value, label }) => [value, label])).toEqual([
      ['', 'As found: A table: fields parted by a sign'],
      ['csv', 'A table: fields parted by a sign'],
      ['text', 'A plain text, line by line'],
    ]);
    const form = { ...formOf({ delimiter: ';' }), format: 'text' };
    expect(settingsOf(form, fieldsOf('text'), { delimiter: ';' })).toEqual({
      format: 'text',
      delimiter: ';',
    });
  });

  it('offers the sheets of the workbook', () => {
    const workbook: Reading = { format: 'xlsx', sheet: 'May', sheets: ['May', 'June'] };
    expect(choicesOf('sheet', workbook, {})).toEqual([
      { value: '', label: 'As found: May' },
      { value: 'May', label: 'May' },
      { value: 'June', label: 'June' },
    ]);
  });

  it.each(['', '"', '::', 'é', '\n'])('refuses %j between columns', (otherDelimiter) => {
    const form = { ...formOf({}), delimiter: 'other', otherDelimiter };
    expect(delimiterProblem(form)).toMatch(/one character/);
    expect(() => settingsOf(form, fieldsOf('csv'))).toThrow();
  });

  it('takes any other sign between columns', () => {
    const form = { ...formOf({}), delimiter: 'other', otherDelimiter: '~' };
    expect(delimiterProblem(form)).toBeUndefined();
    expect(settingsOf(form, fieldsOf('csv'))).toEqual({ delimiter: '~' });
  });
});

describe('a refused file', () => {
  const refusal = (code: string, details?: Record<string, unknown>) =>
    inputError(code, 'It is refused.', 'Try again.', details).toData();

  it('can be read under other settings where they may help', () => {
    expect(formatToSettle('cities.csv', refusal('encoding_broken', { line: 9 }))).toBe('csv');
    expect(formatToSettle('Cities.TXT.gz', refusal('not_text', { line: 1 }))).toBe('csv');
    expect(formatToSettle('cities.xlsx', refusal('no_rows'))).toBe('xlsx');
    expect(formatToSettle('Notes.md', refusal('encoding_broken', { line: 2 }))).toBe('text');
  });

  it('cannot where it is of a kind that has none, or was not refused for its contents', () => {
    expect(formatToSettle('cat.csv', refusal('not_text'))).toBeNull();
    expect(formatToSettle('cities.json', refusal('no_rows'))).toBeNull();
    expect(formatToSettle('cities.csv', refusal('file_unreadable'))).toBeNull();
    expect(formatToSettle('cities.xlsx', refusal('xlsx_encrypted'))).toBeNull();
  });
});
