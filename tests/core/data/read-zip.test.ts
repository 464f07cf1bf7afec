import { gzipSync } from 'node:zlib';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { everyBytes } from '../../support/csv.ts';
import { doubtsOf, gridOf, readFile } from '../../support/read.ts';
import { refusalOf } from '../../support/refusal.ts';
import { plainRows, writeWorkbook } from '../../support/xlsx.ts';

const zip = (files: Zippable): Uint8Array => zipSync(files, { mtime: new Date(2020, 0, 1) });
const read = (files: Zippable) => readFile('tables.zip', zip(files));
const refused = (files: Zippable) => refusalOf(() => read(files));

const january = strToU8('day,n\n1,10\n2,20\n');
const february = strToU8('n;day\n30;1\n');

describe('a zip of tables with the same columns is one data set', () => {
  it('in the order of the names, columns matched by name', async () => {
    const dataset = await read({ '2024/02.csv': february, '2024/01.csv': january });
    expect(gridOf(dataset)).toEqual([
      ['day', 'n'],
      ['1', '10'],
      ['2', '20'],
      ['1', '30'],
    ]);
    expect(dataset.info.reading).toEqual({ format: 'zip', files: ['2024/01.csv', '2024/02.csv'] });
  });

  it('of any formats, with what file managers add left out', async () => {
    const parquet = parquetWriteBuffer({
      columnData: [
        { name: 'n', data: [40], type: 'INT32' },
        { name: 'day', data: [1], type: 'INT32' },
      ],
    });
    const dataset = await read({
      'a.csv.gz': gzipSync(january),
      'b.json': strToU8('[{"day":5,"n":9007199254740993}]'),
      'c.parquet': new Uint8Array(parquet),
      'd.xlsx': writeWorkbook({
        sheets: {
          S: plainRows([
            ['n', 'day'],
            [50, 1],
          ]),
        },
      }),
      'e.jsonl': strToU8('{"day":6,"n":60}\n'),
      'empty/': new Uint8Array(0),
      '__MACOSX/a.csv': strToU8('x'),
      'empty/.DS_Store': strToU8('x'),
      'Thumbs.db': strToU8('x'),
    });
    expect(gridOf(dataset).slice(1)).toEqual([
      ['1', '10'],
      ['2', '20'],
      ['5', '9007199254740993'],
      ['1', '40'],
      ['1', '50'],
      ['6', '60'],
    ]);
  });

  it('whose names are not in UTF-8 but in the code page of older archivers', async () => {
    const packed = Buffer.from(zip({ 'M#rz/a.csv': january, 'für.csv': february }));
    const named = packed.toString('latin1').replaceAll('M#rz', 'M\x84rz');
    const { info } = await readFile('tables.zip', Buffer.from(named, 'latin1'));
    expect(info.reading.files).toEqual(['März/a.csv', 'für.csv']);
  });

  it('numbers that files stored as numbers stay numbers', async () => {
    const part = (x: number) =>
      new Uint8Array(
        parquetWriteBuffer({ columnData: [{ name: 'x', data: [x, null], type: 'DOUBLE' }] }),
      );
    const { table } = await read({ a: part(0.1), b: part(0.2) });
    expect(table.columns[0]?.numbers).toEqual(Float64Array.of(0.1, NaN, 0.2, NaN));
  });

  it('wherever the stream is cut, with rows told as they come', async () => {
    const bytes = zip({ 'b.csv': february, 'a.csv': january });
    const seen: number[] = [];
    for (const size of [1, 7, 100]) {
      const dataset = await readFile('x', bytes, {
        cuts: everyBytes(size, bytes.length),
        onProgress: (_, rows) => seen.push(rows),
      });
      expect(gridOf(dataset)).toHaveLength(4);
    }
    expect(seen).toContain(2);
    expect(seen.at(-1)).toBe(3);
  });

  it('a doubt says whose it is', async () => {
    const dataset = await read({ 'a.csv': january, 'b.csv': strToU8('day,n\n1,2\n\n3,4\n') });
    expect(doubtsOf(dataset)).toContain('b.csv: Blank lines left out: 1.');
  });
});

describe('a zip is refused', () => {
  it('whose files have other columns, naming file and column', async () => {
    const error = await refused({ 'a.csv': january, 'b.csv': strToU8('day,m\n1,2\n') });
    expect(error).toMatchObject({ code: 'other_columns', details: { file: 'b.csv', column: 'n' } });
    expect(error.message).toMatch(/b\.csv has no column "n", and a\.csv has/);
  });

  it('whose file cannot be read, naming it', async () => {
    const error = await refused({ 'a.csv': january, 'b.csv': strToU8('day,n\n1\n') });
    expect(error.message).toMatch(/^b\.csv: Line 2/);
  });

  it.each<[string, Zippable, string]>([
    ['without files', { '__MACOSX/a': january, 'x/': new Uint8Array(0) }, 'empty_archive'],
    [
      'with a picture',
      { 'a.csv': january, 'b.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1) },
      'manifest_without_images',
    ],
    ['with a zip in it', { 'a.zip': zip({ 'a.csv': january }) }, 'not_text'],
    ['with a bomb', { 'a.csv': Buffer.alloc(90_000_000, 'a,b\n') }, 'unpacks_too_large'],
    [
      'with too many files',
      Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`${i}.csv`, january])),
      'too_many_files',
    ],
  ])('%s', async (_, files, code) => {
    expect(await refused(files)).toMatchObject({ code });
  });

  it('with two files of one name', async () => {
    const bytes = zip({ 'a.csv': january, 'b.csv': january }).map((byte) =>
      byte === 0x62 ? 0x61 : byte,
    );
    expect(await refusalOf(() => readFile('x.zip', bytes))).toMatchObject({
      code: 'duplicate_file',
    });
  });

  it('under a password, packed by another method, or for more than 4 GiB', async () => {
    const bytes = zip({ 'a.csv': january });
    const directory = bytes.findIndex(
      (_, i) => bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 1,
    );
    const changed = (offset: number, value: number) =>
      refusalOf(() =>
        readFile(
          'x.zip',
          bytes.map((byte, i) => (i === directory + offset ? value : byte)),
        ),
      );
    expect((await changed(8, 1)).code).toBe('zip_encrypted');
    expect((await changed(10, 9)).code).toBe('zip_method');
    const huge = bytes.map((byte, i) => (i >= directory + 24 && i < directory + 28 ? 255 : byte));
    expect((await refusalOf(() => readFile('x.zip', huge))).code).toBe('zip_too_large');
  });

  it.each([0, 6])(
    'changed in any byte of its table (level %s), and never read as another',
    async (level) => {
      const bytes = zipSync({ 'a.csv': [january, { level: level as 0 | 6 }] });
      const whole = gridOf(await readFile('x.zip', bytes));
      for (let at = 0; at < bytes.length; at += 1) {
        for (const bit of [1, 128]) {
          const spoilt = bytes.map((byte, i) => (i === at ? byte ^ bit : byte));
          const grid = await readFile('x.zip', spoilt)
            .then(gridOf)
            .catch(() => null);
          if (grid === null) await refusalOf(() => readFile('x.zip', spoilt));
          else expect(grid, `byte ${at}`).toEqual(whole);
        }
      }
    },
  );
});
