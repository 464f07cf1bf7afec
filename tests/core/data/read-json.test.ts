import { describe, expect, it } from 'vitest';
import { MAX_COLUMNS } from '#core/data/read/column-names.ts';
import { everyBytes, utf8 } from '../../support/csv.ts';
import { doubtsOf, gridOf, readFile } from '../../support/read.ts';
import { refusalOf } from '../../support/refusal.ts';

const readJson = (text: string) => readFile('table.json', text);
const readLines = (text: string) => readFile('table.jsonl', text);
const ofJson = (text: string) => refusalOf(() => readJson(text));
const ofLines = (text: string) => refusalOf(() => readLines(text));

describe('an array of objects is a table', () => {
  it('with a column per key, in the order in which keys come', async () => {
    const dataset = await readJson('[{"a": 1, "b": "x"}, {"b": "y", "c": true}, {"a": null}]');
    expect(gridOf(dataset)).toEqual([
      ['a', 'b', 'c'],
      ['1', 'x', ''],
      ['', 'y', 'true'],
      ['', '', ''],
    ]);
    expect(dataset.info.reading).toEqual({ format: 'json', encoding: 'utf-8' });
  });

  it('and numbers keep every digit that was written', async () => {
    const numbers = [
      '9007199254740993',
      '1.10',
      '-0',
      '1e-7',
      '0.1000000000000000055511151231257827',
      '1E400',
    ];
    const dataset = await readJson(`[${numbers.map((n) => `{"n":${n}}`).join(',')}]`);
    expect(gridOf(dataset).flat()).toEqual(['n', ...numbers]);
  });

  it('and objects inside become dotted columns, arrays JSON text', async () => {
    const dataset = await readJson(
      '[{"id":1,"at":{"lat":1.50,"lon":{"deg":2}},"tags":["a b", [1, 2.0],\n {"k": "\\"] x"}]},{"id":2,"at":{},"tags":[]}]',
    );
    expect(gridOf(dataset)).toEqual([
      ['id', 'at.lat', 'at.lon.deg', 'tags'],
      ['1', '1.50', '2', '["a b",[1,2.0],{"k":"\\"] x"}]'],
      ['2', '', '', '[]'],
    ]);
    expect(doubtsOf(dataset)).toContain('Column "tags" holds arrays in 2 rows');
  });

  it('and texts are unescaped', async () => {
    const text = 'é "q" \\ / \b\f\n\r\t 🐧 \u2028';
    const escaped = JSON.stringify(text).replace('é', '\\u00e9').replace('🐧', '\\ud83d\\udc27');
    expect(gridOf(await readJson(`[{"t": ${escaped}}]`))[1]).toEqual([text]);
  });

  it('and no key is special', async () => {
    const keys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__proto__.x'];
    const row = `{${keys.map((key, i) => `${JSON.stringify(key)}:${i}`).join(',')},"p":{"__proto__":9}}`;
    const dataset = await readJson(`[${row}]`);
    expect(gridOf(dataset)).toEqual([
      [...keys, 'p.__proto__'],
      ['0', '1', '2', '3', '4', '9'],
    ]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('also under the one key of an object that holds such an array', async () => {
    const text = '{"count": 2, "note": {"rows": [{}]}, "data": [{"a": 1}, {"a": 2}], "next": []}';
    const dataset = await readJson(text);
    expect(gridOf(dataset)).toEqual([['a'], ['1'], ['2']]);
    expect(doubtsOf(dataset)).toContain(
      'The rows were read from "data". What stands under "count", "note", "next" was left out.',
    );
  });

  it('in UTF-16 with a byte order mark, and in UTF-8 with one', async () => {
    const text = '\uFEFF[{"a":"é漢🐧"}]';
    const utf16 = new Uint8Array(
      Uint16Array.from([...Array(text.length).keys()], (i) => text.charCodeAt(i)).buffer,
    );
    for (const bytes of [utf8(text), utf16, utf16.map((_, i) => utf16[i ^ 1] ?? 0)]) {
      expect(gridOf(await readFile('nameless', bytes))).toEqual([['a'], ['é漢🐧']]);
    }
  });

  it('and is recognized without its name', async () => {
    const formats = ['[{"a":1}]', ' \n{"rows":[{"a":1}]}', '{"a":1}\n{"a":2}\n', '[\n  {\n"a":1}]'];
    const read = await Promise.all(formats.map((text) => readFile('download', text)));
    expect(read.map(({ info }) => info.reading.format)).toEqual([
      'json',
      'json',
      'json_lines',
      'json',
    ]);
  });
});

describe('JSON Lines', () => {
  it('are read line by line, wherever the stream is cut', async () => {
    const text =
      '{"a":1,"t":"é"}\r\n\n{"a":9007199254740993,"t":"🐧"}\r\n  \n{"t":"x\\n","b":[1]}\n\n\n';
    const bytes = utf8(text);
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const dataset = await readFile('t.ndjson', bytes, { cuts: everyBytes(size, bytes.length) });
      expect(gridOf(dataset)).toEqual([
        ['a', 't', 'b'],
        ['1', 'é', ''],
        ['9007199254740993', '🐧', ''],
        ['', 'x\n', '[1]'],
      ]);
      expect(doubtsOf(dataset)).toContain('Blank lines left out: 2.');
      expect(dataset.info.reading).toEqual({ format: 'json_lines', encoding: 'utf-8' });
    }
  });

  it.each([
    ['a line that is cut', '{"a":1}\n{"a":', { line: 2, row: 2 }],
    ['two objects on a line', '{"a":1}\n{"a":2} {"a":3}\n', { line: 2 }],
    ['a line that is no object', '{"a":1}\n\n[2]\n', { line: 3, row: 2 }],
    ['an object over two lines', '{"a":\n1}\n', { line: 1 }],
  ])('%s is refused with its number', async (_, text, details) => {
    expect((await ofLines(text)).details).toMatchObject(details);
  });

  it('a line that is too long for a row is refused', async () => {
    const text = `{"a":1}\n{"a":"${'x'.repeat(17_000_000)}"}\n`;
    expect(await ofLines(text)).toMatchObject({ code: 'line_too_long', details: { line: 2 } });
  });
});

describe('JSON that is no table is refused, and says what it is', () => {
  it.each([
    ['a number', '17', /single value/],
    ['a text', '"a,b"', /single value/],
    ['nothing', ' \n ', /nothing|empty/],
    ['an array of arrays', '[[1,2],[3,4]]', /Row 1.*an array/],
    [
      'an array with a number among its rows',
      '[{"a":1},\n{"a":2},\n3]',
      /Row 3 \(line 3\).*a number/,
    ],
    ['an empty array', '[]', /no rows/],
    ['rows without a value', '[{},{}]', /rows without a value/],
    ['columns as objects', '{"a":{"0":1},"b":{"0":2}}', /nothing in it is an array.*"a", "b"/],
    ['an empty object', '{}', /no keys/],
    ['two tables', '{"x":[{"a":1}],"y":[{"a":1}]}', /several arrays.*"x", "y"/],
  ])('%s', async (_, text, message) => {
    expect((await ofJson(text)).message).toMatch(message);
  });
});

describe('malformed JSON is refused by row and line', () => {
  it.each([
    ['a comma too many', '[{"a":1,}]', /Row 1 \(line 1\)/],
    ['a missing comma', '[{"a":1}\n{"a":2}]', /line 2/],
    ['a missing colon', '[{"a" 1}]', /colon/],
    ['a key without quotes', '[{a:1}]', /double quotes/],
    ['single quotes', "[{'a':1}]", /double quotes/],
    ['an open text', '[{"a":"x', /never closes/],
    ['a line end in a text', '[{"a":"x\ny"}]', /line end/],
    ['an unknown escape', '[{"a":"\\q"}]', /escape/],
    ['half an escape', '[{"a":"\\u12"}]', /escape/],
    ['half a character', '[{"a":"\\ud83d x"}]', /half a character/],
    ['NaN', '[{"a":1},\n{"a":NaN}]', /Row 2 \(line 2\).*“NaN”.*null/],
    ['-Infinity', '[{"a":-Infinity}]', /“-Infinity”/],
    ['a number with a leading zero', '[{"a":01}]', /Row 1/],
    ['a number with a bare point', '[{"a":1.}]', /Row 1/],
    ['hexadecimal', '[{"a":0x1F}]', /Row 1/],
    ['a comment', '[{"a":1} // one\n]', /Row 1/],
    ['an array that is cut', '[{"a":1},', /Row 2/],
    ['more after its end', '[{"a":1}] x', /more follows/],
    [
      'JSON Lines called JSON, with a first line longer than the head',
      `{"a":"${'x'.repeat(70_000)}"}\n{"a":1}`,
      /more follows/,
    ],
    ['a key twice', '[{"a":1,"b":2,"a":3}]', /"a" stands twice/],
    ['a key twice, once with an object', '[{"a":1,"a":{"b":2}}]', /"a" stands twice/],
    ['a top-level key twice', '{"a":[{"b":1}],"a":[{"b":2}]}', /"a" stands twice/],
    [
      'two keys of one dotted name',
      '[{"a.b":1,"a":{"b":2}}]',
      /"a\.b" is the name of a column twice/,
    ],
    ['two keys of one dotted name, in two rows', '[{"a.b":1},{"a":{"b":2}}]', /Row 2.*"a\.b"/],
  ])('%s', async (_, text, message) => {
    expect((await ofJson(text)).message).toMatch(message);
  });

  it.each([
    ['objects', '{"a":', '}'],
    ['arrays', '[', ']'],
  ])('%s nested a million deep', async (_, open, close) => {
    const deep = `[{"x":${open.repeat(1_000_000)}1${close.repeat(1_000_000)}}]`;
    expect(await ofJson(deep)).toMatchObject({ code: 'json_too_deep', details: { row: 1 } });
    expect(await ofLines(deep.slice(1, -1))).toMatchObject({ code: 'json_too_deep' });
    expect((await ofJson(open.repeat(1_000_000))).kind).toBe('input');
  });

  it('more keys than a table has columns', async () => {
    const keys = Array.from({ length: MAX_COLUMNS + 5 }, (_, i) => `"k${i}":1`);
    expect(await ofJson(`[{${keys.join(',')}}]`)).toMatchObject({ code: 'too_many_columns' });
  });

  it('rows that lack nearly all keys, and would fill the memory with nothing', async () => {
    const keys = Array.from({ length: 10_000 }, (_, i) => `"k${i}":1`).join(',');
    const text = `{${keys}}\n${'{}\n'.repeat(100_000)}{${keys}}\n`;
    expect(await ofLines(text)).toMatchObject({ code: 'too_sparse' });
  });
});

it('a cancel is heard between rows', async () => {
  const stop = new AbortController();
  const text = `[${Array.from({ length: 100_000 }, (_, i) => `{"a":${i},"b":"text ${i}"}`).join(',')}]`;
  let rowsAtStop = 0;
  const reading = readFile('t.json', text, {
    signal: stop.signal,
    onProgress(_, rows) {
      if (rows === 0 || stop.signal.aborted) return;
      rowsAtStop = rows;
      stop.abort();
    },
  });
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  expect(rowsAtStop).toBeLessThan(100_000);
});
