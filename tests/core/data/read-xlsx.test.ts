import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ReadSettings } from '#core/data/read/settings.ts';
import { everyBytes } from '../../support/csv.ts';
import { doubtsOf, gridOf, readFile } from '../../support/read.ts';
import { refusalOf } from '../../support/refusal.ts';
import { plainRows, writeWorkbook, type WorkbookParts } from '../../support/xlsx.ts';

const read = (parts: WorkbookParts, settings: ReadSettings = {}) =>
  readFile('book.xlsx', writeWorkbook(parts), { settings });
const refused = (parts: WorkbookParts, settings?: ReadSettings) =>
  refusalOf(() => read(parts, settings));
const sheet = (rows: string, more: Omit<WorkbookParts, 'sheets'> = {}): WorkbookParts => ({
  sheets: { Data: rows },
  ...more,
});

describe('cells of a workbook', () => {
  it('of every kind become the texts they show', async () => {
    const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r></is></c><c r="C1" t="str"><f>"a"&amp;"b"</f><v>for&amp;mula</v></c><c r="D1" t="s"><v>1</v></c></row>
      <row r="2"><c r="A2"><v>0.10000000000000001</v></c><c r="B2" t="b"><v>1</v></c><c r="C2"><f>A2*3</f><v>0.30000000000000004</v></c><c r="D2" t="s"><v>2</v></c></row>
      <row r="3"><c r="A3"><v>1E+21</v></c><c r="B3" t="b"><v>0</v></c><c r="C3" t="e"><v>#N/A</v></c><c r="D3" t="s"><v>3</v></c></row>
      <row r="4"><c r="A4"><v>9007199254740993</v></c><c r="C4" t="e"><v>#DIV/0!</v></c></row>`;
    const dataset = await read(
      sheet(rows, {
        sharedStrings: [
          'n',
          '<si><r><t>漢</t></r><r><t xml:space="preserve"> 字</t></r><rPh><t>かん</t></rPh></si>',
          '007',
          'a_x000a_b',
        ],
      }),
    );
    expect(gridOf(dataset)).toEqual([
      ['n', 'rich text', 'for&mula', '漢 字'],
      ['0.1', 'true', '0.30000000000000004', '007'],
      ['1e+21', 'false', '', 'a\nb'],
      ['9007199254740993', '', '#DIV/0!', ''],
    ]);
    expect(doubtsOf(dataset)).toContain(
      'hold an error are read as its text: 1, the first #DIV/0! in row 4',
    );
    expect(dataset.info.reading).toEqual({
      format: 'xlsx',
      header: true,
      sheet: 'Data',
      sheets: ['Data'],
    });
  });

  it.each([
    [false, '45351', 1, '2024-02-29'],
    [false, '45351.5', 2, '2024-02-29T12:00:00'],
    [false, '45351.999988426', 2, '2024-02-29T23:59:59'],
    [false, '1', 1, '1900-01-01'],
    [false, '61', 1, '1900-03-01'],
    [true, '43889', 1, '2024-02-29'],
    [false, '0.75', 3, '18:00:00'],
    [false, '45351', 4, '2024-02-29'],
    [false, '45351', 5, '45351'],
    [false, '45351', 6, '45351'],
    [false, '1.5', 7, '1.5'],
    [false, '45351', 8, '2024-02-29'],
    [false, '-3', 1, '-3'],
    [false, '1e9', 1, '1000000000'],
  ])('dates since 1904: %s, serial %s in style %s is %s', async (is1904, serial, style, text) => {
    const styles = [
      0,
      14,
      22,
      20,
      'yyyy\\-mm\\-dd',
      '0.00',
      '"day" 0',
      '[h]:mm',
      '[$-409]d mmm yy;@',
    ];
    const rows = `${plainRows([['a']])}<row r="2"><c r="A2" s="${style}"><v>${serial}</v></c></row>`;
    expect(gridOf(await read(sheet(rows, { styles, is1904 })))[1]).toEqual([text]);
  });

  it('that are merged, in empty rows, ragged, or beyond the header, with a doubt for each', async () => {
    const rows = plainRows([
      [null, null, null],
      [null, 'a', 'b'],
      [null, 1, null, 3],
      [],
      [null, null, 'x'],
    ]);
    const dataset = await read(
      sheet(rows, { after: '<mergeCells count="1"><mergeCell ref="B3:B5"/></mergeCells>' }),
    );
    expect(gridOf(dataset)).toEqual([
      ['a', 'b', 'column_3'],
      ['1', '', '3'],
      ['', 'x', ''],
    ]);
    expect(doubtsOf(dataset)).toMatch(/no name[\s\S]*Empty rows[^:]*: 1[\s\S]*Merged cells: 1/);
  });

  it('that are numbers past 2^53 with an exponent stay numbers, with a doubt', async () => {
    const rows = `${plainRows([['a']])}<row r="2"><c r="A2"><v>1.5E+18</v></c></row><row r="3"><c r="A3"><v>1.2345678901234568E+17</v></c></row>`;
    const dataset = await read(sheet(rows));
    expect(gridOf(dataset)).toEqual([['a'], ['1.5e+18'], ['1.2345678901234568e+17']]);
    expect(dataset.info.columns[0]).toMatchObject({ type: 'numeric', max: 1.5e18 });
    expect(doubtsOf(dataset)).toContain('than a workbook keeps: 2, the first in row 2');
  });

  it('that are formulas without a result, which a program that computes none leaves, with a doubt', async () => {
    const rows = `${plainRows([['a', 'b']])}<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2*2</f></c></row>
      <row r="3"><c r="A3"><v>2</v></c><c r="B3" t="str"><f>""</f><v></v></c></row><row r="4"><c r="A4"><v>3</v></c><c r="B4"><f>A4*2</f></c></row>`;
    const dataset = await read(sheet(rows));
    expect(gridOf(dataset)).toEqual([
      ['a', 'b'],
      ['1', ''],
      ['2', ''],
      ['3', ''],
    ]);
    expect(doubtsOf(dataset)).toContain('read as empty: 2, the first in row 2');
  });

  it('without references, and with a prefix on every name', async () => {
    const bare =
      '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c><v>1</v></c><c/></row><row/>';
    expect(gridOf(await read(sheet(bare)))).toEqual([
      ['a', 'b'],
      ['1', ''],
    ]);
    const prefixed = `<x:worksheet xmlns:x="m"><x:sheetData>${bare.replaceAll(/<(\/?)/g, '<$1x:')}</x:sheetData></x:worksheet>`;
    const parts = { 'xl/worksheets/sheet1.xml': prefixed };
    expect(gridOf(await read(sheet('', { parts })))).toEqual([
      ['a', 'b'],
      ['1', ''],
    ]);
  });
});

describe('sheets', () => {
  const sheets = {
    Cover: '',
    'Ünï & "1"': plainRows([['a'], [1]]),
    More: plainRows([
      ['b', 'c'],
      [2, 'x'],
      [3, 'y'],
    ]),
    Names: plainRows([['only', 'names']]),
  };

  it('the first that has cells is read, and the others are named', async () => {
    const dataset = await read({ sheets });
    expect(gridOf(dataset)).toEqual([['a'], ['1']]);
    expect(dataset.info.reading).toMatchObject({ sheet: 'Ünï & "1"', sheets: Object.keys(sheets) });
    expect(doubtsOf(dataset)).toContain('"Cover", "More", "Names"');
  });

  it('one that is hidden is read only where no other has cells, or it is chosen', async () => {
    const states = { 'Ünï & "1"': 'hidden', Names: 'veryHidden' };
    const dataset = await read({ sheets, states });
    expect(dataset.info.reading).toMatchObject({ sheet: 'More', sheets: Object.keys(sheets) });
    expect(doubtsOf(dataset)).toContain('"Cover", "Ünï & "1"" (hidden), "Names" (hidden)');
    const chosen = await read({ sheets, states }, { sheet: 'Ünï & "1"' });
    expect(gridOf(chosen)).toEqual([['a'], ['1']]);
    const alone = await read({ sheets, states: { ...states, More: 'hidden' } });
    expect(alone.info.reading).toMatchObject({ sheet: 'Ünï & "1"' });
    expect(doubtsOf(alone)).toContain('The sheet "Ünï & "1"" (hidden) was read.');
  });

  it('another can be chosen', async () => {
    expect(gridOf(await read({ sheets }, { sheet: 'More' }))).toHaveLength(3);
    const without = await read({ sheets }, { sheet: 'More', header: false });
    expect(gridOf(without).slice(0, 2)).toEqual([
      ['column_1', 'column_2'],
      ['b', 'c'],
    ]);
  });

  it.each([
    ['Nowhere', 'unknown_sheet', /"Cover", .*"More"/],
    ['Cover', 'empty_file', /"Cover" has no cells/],
    ['Names', 'no_rows', /no rows/],
  ])('%s cannot', async (name, code, message) => {
    const error = await refused({ sheets }, { sheet: name });
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('a workbook that is', () => {
  const good = sheet(
    plainRows([
      ['a', 'b'],
      [1, 'x'],
      [2, 'y'],
    ]),
  );

  it.each<[string, WorkbookParts]>([
    ['without its sheet', { ...good, parts: { 'xl/worksheets/sheet1.xml': '' } }],
    ['of broken XML', sheet('<row r="1"><c r="A1"><v>1</v></row>')],
    [
      'of XML that ends early',
      { ...good, parts: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1">' } },
    ],
    [
      'with a text that is none of its texts',
      sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'),
    ],
    ['with a number that is none', sheet('<row r="1"><c r="A1"><v>1,5</v></c></row>')],
    [
      'with cells out of order',
      sheet('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'),
    ],
    ['with rows out of order', sheet('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"/>')],
    ['with a column past the last', sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>')],
    [
      'with bytes that are no UTF-8',
      { ...good, parts: { 'xl/workbook.xml': Uint8Array.of(60, 0xff, 62) } },
    ],
    [
      'with entities in entities',
      {
        ...good,
        parts: {
          'xl/sharedStrings.xml': `<!DOCTYPE sst [<!ENTITY a "${'x'.repeat(100)}"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>`,
        },
      },
    ],
  ])('damaged (%s) is refused with its part', async (_, parts) => {
    const error = await refused(parts);
    expect(error.code).toBe('xlsx_damaged');
    expect(error.message).toContain('xl/');
  });

  it('a zip without a workbook, cut, changed, or not what it is called', async () => {
    const bytes = writeWorkbook(good);
    const none = zipSync({ 'a.txt': Uint8Array.of(1) });
    const codeOf = async (given: Uint8Array) =>
      (await refusalOf(() => readFile('b.xlsx', given))).code;
    expect(await codeOf(none)).toBe('xlsx_no_workbook');
    expect(await codeOf(bytes.slice(0, bytes.length / 2))).toBe('zip_cut');
    expect(await codeOf(bytes.slice(0, 40))).toBe('zip_cut');
    const at = bytes.length / 2;
    expect(await codeOf(bytes.map((b, i) => (i > at && i < at + 40 ? b ^ 255 : b)))).toMatch(
      /^(zip|xlsx)_damaged$/,
    );
  });

  it('locked by a password, or of the old format, is named so', async () => {
    const ole = Uint8Array.from([
      0xd0,
      0xcf,
      0x11,
      0xe0,
      0xa1,
      0xb1,
      0x1a,
      0xe1,
      ...new Array<number>(1016).fill(0),
    ]);
    const locked = Uint8Array.from([
      ...ole,
      ...new Uint8Array(Uint16Array.from('EncryptedPackage', (c) => c.charCodeAt(0)).buffer),
    ]);
    expect((await refusalOf(() => readFile('a.xlsx', locked))).message).toContain(
      'protected by a password',
    );
    expect((await refusalOf(() => readFile('a.xls', ole))).message).toContain('.xls');
  });

  it('a bomb is refused before it fills the memory', async () => {
    const blank = `<worksheet><sheetData>${' '.repeat(90_000_000)}</sheetData></worksheet>`;
    const error = await refused({ ...good, parts: { 'xl/worksheets/sheet1.xml': blank } });
    expect(error.code).toBe('unpacks_too_large');
  });

  it('a bomb that lies about its size, too', async () => {
    const bytes = writeWorkbook({
      ...good,
      parts: { 'xl/worksheets/sheet1.xml': ' '.repeat(5_000_000) },
    });
    const size = new Uint8Array(Uint32Array.of(5_000_000).buffer);
    const small = bytes.map((byte, i) => {
      for (let k = 0; k < 4; k += 1) {
        if (size.every((part, j) => bytes[i - k + j] === part)) return k === 0 ? 9 : 0;
      }
      return byte;
    });
    const error = await refusalOf(() => readFile('a.xlsx', small));
    expect(error.code).toBe('zip_damaged');
  });
});

it('a workbook is recognized without its name, wherever the stream is cut', async () => {
  const bytes = writeWorkbook(
    sheet(
      plainRows([
        ['a', 'b'],
        [1, 'x'],
        [2.5, null],
      ]),
    ),
  );
  expect(Object.keys(unzipSync(bytes))).toContain('xl/workbook.xml');
  for (const size of [1, 100, 1000]) {
    const dataset = await readFile('download', bytes, { cuts: everyBytes(size, bytes.length) });
    expect(gridOf(dataset)).toEqual([
      ['a', 'b'],
      ['1', 'x'],
      ['2.5', ''],
    ]);
  }
});
