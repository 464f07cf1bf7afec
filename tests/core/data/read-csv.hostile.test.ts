import { deflateSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readDataset } from '#core/data/dataset.ts';
import {
  columnNamed,
  everyBytes,
  readBytes,
  readText,
  rowsOf,
  streamOf,
  utf8,
} from '../../support/csv.ts';
import { expectSentence, refusalOf, thrownBy } from '../../support/refusal.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const utf16le = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));
const utf16be = (text: string): Uint8Array => {
  const bytes = utf16le(text);
  for (let i = 0; i < bytes.length; i += 2) bytes.subarray(i, i + 2).reverse();
  return bytes;
};

describe('a file with nothing in it is refused', () => {
  it.each([
    ['no bytes', ''],
    ['only a byte order mark', '\uFEFF'],
    ['only line ends', '\r\n\n\r\n'],
  ])('%s', async (_, text) => {
    const error = await refusalOf(() => readText(text));
    expect(error.message).toMatch(/empty|nothing|no (rows|data|text|columns)/i);
  });

  it.each([
    ['a header', 'a,b,c'],
    ['a header and a line end', 'a,b,c\r\n'],
    ['a header and blank lines', 'a,b,c\n\n\n'],
    ['one name', 'a'],
  ])('%s and no row', async (_, text) => {
    const error = await refusalOf(() => readText(text));
    expect(error.message).toMatch(/header|row/i);
  });
});

describe('a row whose fields do not fit the header is refused with its line number', () => {
  it.each([
    ['too few fields', 'a,b,c\n1,2,3\n4,5\n6,7,8\n', 3],
    ['too many fields', 'a,b,c\n1,2,3,4\n', 2],
    ['too many fields in the last line, which does not end', 'a,b\n1,2\n3,4\n5,6,7', 4],
    ['too few, after CRLF lines', 'a,b\r\n1,2\r\n3\r\n', 3],
    ['too few, after CR lines', 'a,b\r1,2\r3\r', 3],
    ['after a field of three lines', 'a,b\n"x\ny\nz",2\n3\n', 5],
    ['after a field with CRLF inside', 'a,b\r\n"x\r\ny",2\r\n3\r\n', 4],
    ['after a header of two lines', '"a\nb",c\n1,2\n3,4,5\n', 4],
    ['row names without a header of their own, as R writes them', 'a,b\nr1,1,2\nr2,3,4\n', 2],
    ['with semicolons', 'a;b;c\n1;2;3\n4;5\n', 3],
  ])('%s', async (_, text, line) => {
    const error = await refusalOf(() => readText(text));
    expect(error.message).toMatch(new RegExp(`\\bline ${line}\\b`, 'i'));
  });

  it('far down a large file', async () => {
    const good = Array.from({ length: 60_000 }, (_, i) => `${i},"two\nlines"\n`).join('');
    const bytes = utf8(`a,b\n${good}7\n1,2\n`);
    const error = await refusalOf(() => readBytes(bytes, everyBytes(65_536, bytes.length)));
    expect(error.message).toMatch(/\bline 120[ ,_’']?002\b/i);
  });

  it('with the same sentence wherever the stream is cut', async () => {
    const bytes = utf8('å,b\r\n"x\r\n""y",2\r\n3\r\n4,5\r\n');
    const whole = await refusalOf(() => readBytes(bytes));
    expect(whole.message).toMatch(/\bline 4\b/i);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const error = await refusalOf(() => readBytes(bytes, [cut]));
      expect(error.message, `cut before byte ${cut}`).toBe(whole.message);
    }
  });
});

describe('two columns of one name are refused', () => {
  it.each([
    ['beside each other', 'age,age\n1,2\n', 'age'],
    ['far apart', 'age,sex,height,age\n1,f,3,4\n', 'age'],
    ['once quoted', 'body mass,"body mass"\n1,2\n', 'body mass'],
    ['named like a property of every object', 'constructor,constructor\n1,2\n', 'constructor'],
  ])('%s', async (_, text, name) => {
    const error = await refusalOf(() => readText(text));
    expect(error.message).toContain(name);
  });
});

describe('bytes that are not text are refused', () => {
  const png = Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
    ...[0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde],
  ]);
  it.each<[string, Uint8Array]>([
    ['a zip of a picture', zipSync({ 'a.png': png })],
    ['a gzip of a picture', gzipSync(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]))],
    ['a deflate stream', deflateSync('a,b\n1,2\n'.repeat(99))],
    ['a png', png],
    ['a NUL in the header', utf8('a\0,b\n1,2\n')],
    ['a NUL in a cell', utf8('a,b\n1,x\0y\n')],
    ['a NUL far down', utf8(`a,b\n${'1,2\n'.repeat(50_000)}3,\0\n`)],
    ['a PDF', latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n')],
    [
      'Parquet',
      Uint8Array.from([0x50, 0x41, 0x52, 0x31, 0x15, 0, 0x15, 0xf2, 0x50, 0x41, 0x52, 0x31]),
    ],
  ])('%s', async (_, bytes) => {
    const whole = await refusalOf(() => readBytes(bytes));
    expect(whole.message).toMatch(/text|UTF-8|encod|zip|image|png|binary|parquet|pdf|NUL/i);
    const inPieces = await refusalOf(() =>
      readBytes(bytes, everyBytes(7, Math.min(bytes.length, 900))),
    );
    expect(inPieces.code).toBe(whole.code);
  });
});

const cyrillic = `имя;возраст\n${'Иван Петров;31\nАнна;29\n'.repeat(90)}Ольга;40\n`;
const japanese = `名前,年齢\n${'さくら,31\n一郎,29\n'.repeat(90)}一ノ瀬,41\n`;

describe('text in another encoding', () => {
  it.each<[string, Uint8Array, string[], string]>([
    ['Latin-1 in a cell', latin1('name,n\nJos\xe9,1\n'), ['José', '1'], 'latin-1'],
    ['Latin-1 in the header', latin1('gr\xf6\xdfe,n\n1,2\n'), ['1', '2'], 'latin-1'],
    ['Latin-1 as the very last byte', latin1('name,n\n1,Jos\xe9'), ['1', 'José'], 'latin-1'],
    ['Windows-1252', latin1('name,n\n\x80\x93,1\n'), ['€“', '1'], 'latin-1'],
    [
      'Latin-1 after 300 kB of ASCII',
      latin1(`name,n\n${'abc,1\n'.repeat(50_000)}Jos\xe9,2\n`),
      ['José', '2'],
      'latin-1',
    ],
    ['UTF-16 LE with its mark', utf16le('\uFEFFname,n\nJosé,1\n'), ['José', '1'], 'utf-16le'],
    ['UTF-16 BE with its mark', utf16be('\uFEFFname,n\nJosé,1\n'), ['José', '1'], 'utf-16be'],
    ['UTF-16 LE without a mark', utf16le('name,n\nabc,1\ndef,2\n'), ['def', '2'], 'utf-16le'],
    ['UTF-16 BE without a mark', utf16be('name,n\nabc,1\ndef,2\n'), ['def', '2'], 'utf-16be'],
    ['Cyrillic in UTF-16 LE without a mark', utf16le(cyrillic), ['Ольга', '40'], 'utf-16le'],
    ['Japanese in UTF-16 BE without a mark', utf16be(japanese), ['一ノ瀬', '41'], 'utf-16be'],
    ['Japanese in UTF-16 LE without a mark', utf16le(japanese), ['一ノ瀬', '41'], 'utf-16le'],
  ])('%s', async (_, bytes, lastRow, encoding) => {
    const whole = await readBytes(bytes);
    expect(rowsOf(whole).at(-1)).toEqual(lastRow);
    expect(whole.info.reading.encoding).toBe(encoding);
    expect(whole.info.doubts.some(({ message }) => message.includes('Latin-1'))).toBe(
      encoding === 'latin-1',
    );
    const byteByByte = await readBytes(bytes, everyBytes(1, Math.min(bytes.length, 600)));
    expect(rowsOf(byteByByte)).toEqual(rowsOf(whole));
    expect(byteByByte.info).toEqual(whole.info);
  });

  it('a few zero bytes make no UTF-16 of other text, and are refused as before', async () => {
    const bytes = utf8('name,n\nabc,1\ndefgh,25\n'.repeat(20)).map((byte, i) =>
      i % 14 === 7 ? 0 : byte,
    );
    expect(await refusalOf(() => readBytes(bytes))).toMatchObject({ code: 'not_text' });
  });

  it.each<[string, Uint8Array, number]>([
    ['a character of UTF-8 cut off', utf8('ö,b\n1,Zoë').slice(0, -1), 2],
    ['Latin-1 below UTF-8', Buffer.concat([utf8('name,n\nZoë,1\n'), latin1('Jos\xe9,2\n')]), 3],
    [
      'Latin-1 far below UTF-8',
      Buffer.concat([utf8(`name,n\nZoë,1\n${'abc,1\n'.repeat(50_000)}`), latin1('Jos\xe9,2\n')]),
      50_003,
    ],
  ])('%s is refused by line', async (_, bytes, line) => {
    const whole = await refusalOf(() => readBytes(bytes));
    expect(whole).toMatchObject({ code: 'encoding_broken', details: { line } });
  });

  it('half a character of UTF-16 is refused', async () => {
    const bytes = utf16le('\uFEFFname,n\nJosé,1\n').slice(0, -1);
    expect(await refusalOf(() => readBytes(bytes))).toMatchObject({ code: 'encoding_broken' });
  });
});

describe('a quoted field that never closes is refused where it opened', () => {
  it.each([
    ['in the last row', 'a,b\n1,2\n3,"four\n', 3],
    ['followed by good rows', 'a,b\n1,"two\n3,4\n5,6\n', 2],
    ['in the header', 'a,"b\n1,2\n', 1],
    ['as the last character', 'a,b\n1,2\n3,"', 3],
    ['after an escaped quote', 'a,b\n1,"say ""hi""\n3,4\n', 2],
    ['below a field of two lines', 'a,b\n"x\ny",1\n3,"open\n5,6', 4],
  ])('%s', async (_, text, line) => {
    const error = await refusalOf(() => readText(text));
    expect(error.message).toMatch(/quot/i);
    expect(error.message).toMatch(new RegExp(`\\bline ${line}\\b`, 'i'));
  });

  it('a quote that ends too early never swallows the rows below', async () => {
    const outcome = await readText('a,b\n1,"x"y\n2,z\n3,w\n').catch((thrown: unknown) => thrown);
    if (outcome instanceof Error) {
      const error = await refusalOf(() => Promise.reject(outcome));
      expect(error.message).toMatch(/\bline 2\b/i);
    } else {
      expect(outcome).toMatchObject({ table: { rowCount: 3 } });
    }
  });
});

it('a column with no value is read, and a sentence of doubt names it', async () => {
  const { info } = await readText('height,notes,weight\n1.5,,3\n2.5,NA,4\n3.5, ,9\n');
  expect(columnNamed(info.columns, 'notes')).toMatchObject({
    type: 'empty',
    missingCount: 3,
    distinct: 0,
  });
  const doubt = info.doubts.find(
    (each) => each.message.includes('notes') || each.column === 'notes',
  );
  expectSentence(doubt?.message ?? 'no doubt was raised');
  expect(doubt?.message).toMatch(/no value|empty|missing/i);
});

it('an aborted read is cancelled, not refused', async () => {
  const controller = new AbortController();
  controller.abort();
  const source = streamOf(utf8('a,b\n1,2\n'));
  const error = await thrownBy(() => readDataset(source, 'x.csv', { signal: controller.signal }));
  expect(error.kind).toBe('cancelled');
});
