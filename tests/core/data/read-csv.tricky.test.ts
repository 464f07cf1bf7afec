import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readDataset } from '#core/data/dataset.ts';
import { columnCells } from '#core/data/table.ts';
import {
  everyBytes,
  readBytes,
  readText,
  rowsOf,
  streamOf,
  utf8,
  writeCsv,
  textsOf,
} from '../../support/csv.ts';

describe('line ends', () => {
  const rows = [
    ['1', 'x'],
    ['2', 'y'],
  ];
  it.each([
    ['LF', 'a,b\n1,x\n2,y\n'],
    ['CRLF', 'a,b\r\n1,x\r\n2,y\r\n'],
    ['CR', 'a,b\r1,x\r2,y\r'],
    ['no end of the last line', 'a,b\n1,x\n2,y'],
    ['no end of the last CRLF line', 'a,b\r\n1,x\r\n2,y'],
    ['blank lines at the end', 'a,b\n1,x\n2,y\n\n\n\n'],
    ['blank CRLF lines at the end', 'a,b\r\n1,x\r\n2,y\r\n\r\n\r\n'],
    ['a byte order mark', '\uFEFFa,b\n1,x\n2,y\n'],
    ['a byte order mark before a quote', '\uFEFF"a","b"\n1,x\n2,y\n'],
    ['a header that ends with LF, rows with CRLF', 'a,b\n1,x\r\n2,y\r\n'],
    ['a header that ends with CRLF, rows with LF', 'a,b\r\n1,x\n2,y\n'],
  ])('%s', async (_, text) => {
    const dataset = await readText(text);
    expect(dataset.table.names).toEqual(['a', 'b']);
    expect(rowsOf(dataset)).toEqual(rows);
  });

  it('inside a quoted field are kept as they are', async () => {
    const dataset = await readText('a,b\r\n"one\ntwo","one\r\ntwo"\r\n"one\rtwo",x\r\n');
    expect(rowsOf(dataset)).toEqual([
      ['one\ntwo', 'one\r\ntwo'],
      ['one\rtwo', 'x'],
    ]);
  });

  it('inside a quoted name do not decide how the lines end', async () => {
    const dataset = await readText('"mass\n(g)",b\r\n1,x\r\n2,y\r\n');
    expect(dataset.table.names).toEqual(['mass\n(g)', 'b']);
    expect(rowsOf(dataset)).toEqual(rows);
  });
});

describe('delimiters', () => {
  it.each([
    ['comma', ',', 'a,b,c\n1,2,3\n4,5,6\n'],
    ['semicolon', ';', 'a;b;c\n1;2;3\n4;5;6\n'],
    ['tab', '\t', 'a\tb\tc\n1\t2\t3\n4\t5\t6\n'],
    ['pipe', '|', 'a|b|c\n1|2|3\n4|5|6\n'],
  ])('%s', async (_, delimiter, text) => {
    const dataset = await readText(text);
    expect(dataset.info.reading.delimiter).toBe(delimiter);
    expect(rowsOf(dataset)).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
    ]);
  });

  it('semicolons between numbers with decimal commas', async () => {
    const dataset = await readText('height;weight\n1,85;80,5\n1,62;55,0\n');
    expect(dataset.info.reading.delimiter).toBe(';');
    expect(textsOf(columnCells(dataset.table, 'weight'))).toEqual(['80,5', '55,0']);
  });

  it.each([
    ['without a header', ';', '1,85;80,5\n1,62;55,0\n1,7;60,25\n', ['80,5', '55,0', '60,25']],
    [
      'under names with commas',
      ';',
      'Preis, netto;Wert, brutto\n1,85;80,5\n1,62;-55\n',
      ['80,5', '-55'],
    ],
    ['beside texts', '\t', 'a, b\tc, d\nx\t80,5\ny\t55,0\n', ['80,5', '55,0']],
  ])('decimal commas are none, %s', async (_, delimiter, text, cells) => {
    const dataset = await readText(text);
    expect(dataset.info.reading.delimiter).toBe(delimiter);
    expect(dataset.table.columns.map(textsOf)[1]).toEqual(cells);
    expect(dataset.info.columns[1]).toMatchObject({ type: 'numeric', decimal: ',' });
  });

  it('commas beside lists of semicolons in every row', async () => {
    const dataset = await readText('7,x;y,3\n8,z;w,5\n9,v;u,1\n');
    expect(dataset.info.reading.delimiter).toBe(',');
    expect(dataset.table.columns.map(textsOf)[1]).toEqual(['x;y', 'z;w', 'v;u']);
  });

  it('commas between quoted texts full of semicolons and tabs', async () => {
    const dataset = await readText('note,n\n"a;b;c;d",1\n"e;\tf;g;\th",2\n');
    expect(dataset.info.reading.delimiter).toBe(',');
    expect(textsOf(columnCells(dataset.table, 'note'))).toEqual(['a;b;c;d', 'e;\tf;g;\th']);
  });

  it('tabs between sentences full of commas', async () => {
    const dataset = await readText('said\tby\nyes, no, maybe\tAnn, Bob\nwell, so, then\tCy\n');
    expect(dataset.table.names).toEqual(['said', 'by']);
  });

  it('names in quotes that hold the delimiter', async () => {
    const dataset = await readText('"height, m","weight; kg"\n1.5,60\n1.7,72\n');
    expect(dataset.table.names).toEqual(['height, m', 'weight; kg']);
  });

  it('a delimiter at the end of every line makes a column without a name or a value', async () => {
    const dataset = await readText('a,b,\n1,2,\n4,5,\n');
    expect(dataset.table.names.slice(0, 2)).toEqual(['a', 'b']);
    expect(dataset.table.columns.map(textsOf)[2]).toEqual(['', '']);
    expect(dataset.info.columns[2]?.type).toBe('empty');
  });
});

describe('a single column', () => {
  it('of numbers', async () => {
    const dataset = await readText('n\n5\n3\n8\n');
    expect(dataset.table.names).toEqual(['n']);
    expect(dataset.table.columns.map(textsOf)).toEqual([['5', '3', '8']]);
  });

  it('of texts, some of which hold a delimiter', async () => {
    const dataset = await readText('word\nhello | you\nfoo\nbar; baz\n');
    expect(dataset.table.columns.map(textsOf)).toEqual([['hello | you', 'foo', 'bar; baz']]);
  });

  it('with an empty quoted cell in the middle, which is a row', async () => {
    const dataset = await readText('word\nfoo\n""\nbar\n');
    expect(dataset.table.columns.map(textsOf)).toEqual([['foo', '', 'bar']]);
  });

  it('of one row, as predict is given', async () => {
    const dataset = await readText('n\n5');
    expect(dataset.table.names).toEqual(['n']);
    expect(dataset.table.columns.map(textsOf)).toEqual([['5']]);
  });
});

describe('names', () => {
  it.each([
    ['spaces inside', 'bill length (mm)'],
    ['dots', 'a.b'],
    ['an accent', 'ünï'],
    ['a character outside the basic plane', '🐧 mass'],
    ['a prototype', '__proto__'],
    ['a constructor', 'constructor'],
    ['a method of objects', 'toString'],
    ['a number', '2020'],
    ['a bracket', 'candidates[0]'],
  ])('%s: %s', async (_, name) => {
    const dataset = await readText(`${name},other\n7,x\n5,y\n6,x\n`);
    expect(dataset.table.names).toEqual([name, 'other']);
    expect(textsOf(columnCells(dataset.table, name))).toEqual(['7', '5', '6']);
    expect(dataset.info.columns.map((column) => column.name)).toEqual([name, 'other']);
    expect(dataset.info.columns[0]).toMatchObject({ type: 'numeric', min: 5, max: 7 });
    expect(({} as Record<string, unknown>).other).toBeUndefined();
  });

  it('with spaces around them are kept', async () => {
    const dataset = await readText(' spaced ,b\n5,1\n7,2\n');
    expect(dataset.table.names).toEqual([' spaced ', 'b']);
  });

  it('that are empty get one of their own, with a doubt, and never a taken one', async () => {
    const dataset = await readText(',b\n5,1\n7,2\n');
    const [given = ''] = dataset.table.names;
    expect(given.trim()).not.toBe('');
    expect(dataset.info.doubts.some((doubt) => doubt.message.includes(given))).toBe(true);
    const again = await readText(`,${given},\n5,1,3\n7,2,4\n`);
    expect(new Set(again.table.names).size).toBe(3);
    expect(again.table.names[1]).toBe(given);
    expect(again.table.columns.map(textsOf)).toEqual([
      ['5', '7'],
      ['1', '2'],
      ['3', '4'],
    ]);
  });
});

describe('cells', () => {
  it('are the texts of the file, untouched', async () => {
    const dataset = await readText('a,b,c\n 1 ,007,"  x"\n\t2,NA,é\u0301\n');
    expect(rowsOf(dataset)).toEqual([
      [' 1 ', '007', '  x'],
      ['\t2', 'NA', 'é\u0301'],
    ]);
  });

  it('with quotes, doubled quotes and delimiters', async () => {
    const dataset = await readText('a,b\n"say ""hi"", he said",""""\n"",5" pipe\n');
    expect(rowsOf(dataset)).toEqual([
      ['say "hi", he said', '"'],
      ['', '5" pipe'],
    ]);
  });

  it('that are all empty still make a row', async () => {
    const dataset = await readText('a,b,c\n1,2,3\n,,\n4,5,6\n');
    expect(dataset.table.rowCount).toBe(3);
    expect(rowsOf(dataset)[1]).toEqual(['', '', '']);
  });

  it('of two million characters over many lines and chunks', async () => {
    const huge = 'word "quoted", é\n'.repeat(120_000);
    const bytes = utf8(
      writeCsv([
        ['a', 'b'],
        [huge, '1'],
        ['x', '2'],
      ]),
    );
    const dataset = await readBytes(bytes, everyBytes(65_536, bytes.length));
    expect(columnCells(dataset.table, 'a').at(0)).toBe(huge);
    expect(textsOf(columnCells(dataset.table, 'b'))).toEqual(['1', '2']);
  });

  it('in two thousand columns', async () => {
    const names = Array.from({ length: 2000 }, (_, i) => `x.${i}`);
    const rows = [0, 1, 2].map((row) => names.map((_, i) => String(row * 2000 + i)));
    const dataset = await readText(writeCsv([names, ...rows]));
    expect(rowsOf(dataset)).toEqual(rows);
  });
});

describe('the file itself', () => {
  it('is known by the SHA-256 of its bytes, mark and blank lines included', async () => {
    const bytes = utf8('\uFEFFa,b\r\n1,é\r\n2,"x\ny"\r\n\r\n');
    const { info } = await readBytes(bytes, everyBytes(5, bytes.length));
    expect(info.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(info.bytes).toBe(bytes.length);
    expect(info.rows).toBe(2);
    expect(info.name).toBe('table.csv');
  });

  it('tells how far reading has come', async () => {
    const bytes = utf8(`a,b\n${'1,2\n'.repeat(20_000)}`);
    const seen: { bytesRead: number; rows: number }[] = [];
    const options = {
      onProgress: (bytesRead: number, rows: number) => seen.push({ bytesRead, rows }),
    };
    await readDataset(streamOf(bytes, everyBytes(10_000, bytes.length)), 'x.csv', options);
    expect(seen.length).toBeGreaterThan(0);
    const inOrder = seen.every((at, i) => at.bytesRead >= (seen[i - 1]?.bytesRead ?? 0));
    expect(inOrder).toBe(true);
    expect(seen.every((at) => at.bytesRead <= bytes.length && at.rows <= 20_000)).toBe(true);
  });
});
