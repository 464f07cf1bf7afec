import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDataset } from '#core/data/dataset.ts';
import type { ReadSettings } from '#core/data/read/settings.ts';
import type { Dataset } from '#core/data/table.ts';
import { everyBytes, readBytes, readText, rowsOf, streamOf, utf8 } from '../../support/csv.ts';
import { refusalOf } from '../../support/refusal.ts';

function readAs(text: string | Uint8Array, settings: ReadSettings): Promise<Dataset> {
  const bytes = typeof text === 'string' ? utf8(text) : text;
  return readDataset(streamOf(bytes), 'table.csv', { settings });
}

describe('what is found in a file can be set by hand', () => {
  it('the delimiter', async () => {
    const { table } = await readAs('a;b,c\n1;2,3\n', { delimiter: ',' });
    expect(table.names).toEqual(['a;b', 'c']);
    expect((await readAs('a b\n1 2\n', { delimiter: ' ' })).table.names).toEqual(['a', 'b']);
  });

  it.each([';', '^', '\t'])(
    'the delimiter %j by a line before the table, as Excel has it',
    async (mark) => {
      const text = `\uFEFFsep=${mark}\r\na${mark}b,c\r\n1${mark}2,5\r\n`;
      const { table, info } = await readText(text);
      expect(table.names).toEqual(['a', 'b,c']);
      expect(info.reading).toMatchObject({ delimiter: mark, header: true });
      expect(info.doubts).toEqual([]);
      const other = await readAs(text, { delimiter: ',' });
      expect(other.table.names).toEqual([`a${mark}b`, 'c']);
      const word = await readText('sep=a\n1\n2\n');
      expect(word.table.names).toEqual(['sep=a']);
    },
  );

  it('the quote, or none', async () => {
    expect(rowsOf(await readAs(`a,b\n'x,y',1\n`, { quote: "'" }))).toEqual([['x,y', '1']]);
    expect(rowsOf(await readAs('a,b\n"x",1\n5",2\n', { quote: '' }))).toEqual([
      ['"x"', '1'],
      ['5"', '2'],
    ]);
  });

  it('the header', async () => {
    const without = await readAs('name,n\nx,1\n', { header: false });
    expect(without.table.names).toEqual(['column_1', 'column_2']);
    expect(rowsOf(without)[0]).toEqual(['name', 'n']);
    const withOne = await readAs('5,7\n1,2\n3,4\n5,6\n', { header: true });
    expect(withOne.table.names).toEqual(['5', '7']);
  });

  it('the encoding', async () => {
    const bytes = Uint8Array.from([...utf8('name,n\n'), 0xc3, 0xa9, ...utf8(',1\n')]);
    expect(rowsOf(await readAs(bytes, {}))).toEqual([['é', '1']]);
    expect(rowsOf(await readAs(bytes, { encoding: 'latin-1' }))).toEqual([['Ã©', '1']]);
    const wrong = await refusalOf(() => readAs('name,n\nx,1\n', { encoding: 'utf-16le' }));
    expect(wrong.hint).toMatch(/encoding|UTF-8|header|row/i);
  });

  it('decimal commas and the order of dates', async () => {
    const text = 'a;b\n1,234;3/4/2024\n12,500;5/6/2024\n';
    const found = await readText(text);
    expect(found.info.columns.map(({ type }) => type)).toEqual(['categorical', 'datetime']);
    const set = await readAs(text, { decimal: ',', dates: 'day_first' });
    expect(set.info.columns[0]).toMatchObject({ type: 'numeric', min: 1.234, max: 12.5 });
    expect(set.info.columns[1]).toMatchObject({ type: 'datetime', dates: 'day_first' });
    expect(set.info.doubts).toEqual([]);
  });
});

describe('a first line', () => {
  it.each([
    ['of numbers above numbers is a row', '1,14.2\n1,13.1\n2,12.9\n2,14\n', false],
    ['of texts names the columns', 'a,b\n1,2\n3,4\n5,6\n', true],
    ['above texts alone names the columns', 'a,b\nx,y\nz,w\nv,u\n', true],
    ['of years names the columns', 'country,1990,1995\nA,1,2\nB,3,4\nC,5,6\n', true],
    ['that counts up names the columns', '0,1,2\n5,6,7\n8,9,1\n2,3,4\n', true],
    ['with one text above numbers names the columns', 'id,5\n1,2\n3,4\n5,6\n', true],
  ])('%s', async (_, text, header) => {
    const { info } = await readText(text);
    expect(info.reading.header).toBe(header);
    expect(info.doubts.some(({ message }) => message.includes('read as a row'))).toBe(!header);
  });
});

describe('single quotes', () => {
  it('are found where they enclose fields, and left where they are apostrophes', async () => {
    expect(rowsOf(await readText(`a,b\n'x,y','1'\n'z','2'\n`))).toEqual([
      ['x,y', '1'],
      ['z', '2'],
    ]);
    expect(rowsOf(await readText(`a,b\n'tis,1\nrock 'n' roll,2\n`))[1]?.[0]).toBe("rock 'n' roll");
  });
});

describe('gzip', () => {
  const text = `name,n\n${Array.from({ length: 20_000 }, (_, i) => `row ${i},${i * 7}\n`).join('')}`;

  it('is unpacked, and hashed as it is', async () => {
    const packed = gzipSync(text);
    const dataset = await readBytes(packed, everyBytes(1000, packed.length));
    const plain = await readText(text);
    expect(rowsOf(dataset)).toEqual(rowsOf(plain));
    expect(dataset.info.reading).toMatchObject({ format: 'csv', gzip: true });
    expect(dataset.info.bytes).toBe(packed.length);
    expect(dataset.info.sha256).not.toBe(plain.info.sha256);
  });

  it.each([
    ['a.tsv.gz', 'name\tn\nx\t1\ny\t2\n', 'csv'],
    ['a.json.gz', '[{"name": "x", "n": 1}, {"name": "y", "n": 2}]', 'json'],
    ['a.jsonl.gz', '{"name": "x", "n": 1}\n{"name": "y", "n": 2}\n', 'json_lines'],
    ['a.gz', '{"name": "x", "n": 1}\n{"name": "y", "n": 2}\n', 'json_lines'],
  ])('%s is read as what is in it', async (name, contents, format) => {
    const packed = gzipSync(contents);
    const dataset = await readDataset(streamOf(packed, everyBytes(5, packed.length)), name);
    expect(dataset.info.reading).toMatchObject({ format, gzip: true });
    expect(rowsOf(dataset)).toEqual([
      ['x', '1'],
      ['y', '2'],
    ]);
  });

  it.each([
    ['cut in half', (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2)],
    ['with a changed byte', (bytes: Uint8Array) => bytes.map((b, i) => (i === 5000 ? b ^ 255 : b))],
    ['that is only the beginning of one', () => Uint8Array.from([0x1f, 0x8b, 8, 0])],
  ])('%s is refused', async (_, spoil) => {
    const refusal = await refusalOf(() => readBytes(spoil(gzipSync(text))));
    expect(refusal.code).toBe('gzip_damaged');
  });

  it('that unpacks beyond measure is refused', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(24_000_000, '1,2\n')]));
    expect(await refusalOf(() => readBytes(bomb))).toMatchObject({ code: 'unpacks_too_large' });
  });
});

describe('what no table has', () => {
  it('a hundred thousand columns', async () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',');
    expect(await refusalOf(() => readText(`${names}\n`))).toMatchObject({
      code: 'too_many_columns',
    });
  });

  it('a line of a hundred megabytes', async () => {
    const line = Buffer.alloc(100_000_000, 'abcdefg ');
    const bytes = Buffer.concat([Buffer.from('a,b\n1,2\n'), line]);
    const refusal = await refusalOf(() => readBytes(bytes, everyBytes(1 << 16, bytes.length)));
    expect(refusal).toMatchObject({ code: 'line_too_long', details: { line: 3 } });
  });
});
