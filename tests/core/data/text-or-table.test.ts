import { describe, expect, it } from 'vitest';
import type { FormatName, ReadSettings } from '#core/data/read/settings.ts';
import { everyBytes, utf8 } from '../../support/csv.ts';
import { readFile } from '../../support/read.ts';

async function formatOf(
  name: string,
  text: string | Uint8Array,
  settings: ReadSettings = {},
): Promise<FormatName> {
  return (await readFile(name, text, { settings })).info.reading.format;
}

/** Long beginnings, so that the file is larger than what it is recognized by. */
const long = (line: (i: number) => string): string =>
  Array.from({ length: 8000 }, (_, i) => `${line(i)}\n`).join('');

describe('a .txt', () => {
  it.each<[string, string]>([
    ['prose', 'It was the best of times, it was the worst of times,\nit was the age of wisdom.\n'],
    ['a verse whose lines end in commas', 'Roses are red,\nViolets are blue,\nSugar is sweet,\n'],
    [
      'lines with one comma each',
      'Tell me, Muse, of it\nSing, O goddess, of that\nGo, dear, at once\n',
    ],
    ['one line', 'a,b,c'],
    ['a list of words', 'apple\npear\nplum\n'],
    ['dialogue in quotes', '"Hello, you," said he.\n"And you, too," said she.\n'],
    ['indented paragraphs', '\tOnce upon a time\n\tthere was a text\n\tand it was indented\n'],
    ['a list of tasks', '[ ] milk\n[x] bread\n'],
    ['a note in brackets', '[Illustration]\n\nChapter 1, which is short\n'],
    ['a template', '{ name } lives here,\n{ name } does not.\n'],
    ['a table under a title', 'The rain in May\ntown\train\nLima\t3\nOslo\t61\n'],
    [
      'a long text',
      long((i) => `Line ${i}${i % 3 === 0 ? ', after a comma,' : ''} and more words.`),
    ],
    ['years in prose', 'In the end, nothing\nIn the year, nothing\n'],
    ['semicolons in prose', 'He came; she went\nShe saw; he did not\n'],
  ])('is a text: %s', async (_, text) => {
    expect(await formatOf('a.txt', text)).toBe('text');
    expect(await formatOf('A.TXT', `\uFEFF${text}`)).toBe('text');
    expect(await formatOf('a.txt', text.replaceAll('\n', '\r\n'))).toBe('text');
  });

  it.each<[string, string]>([
    ['commas', 'name,n\nx,1\ny,2\n'],
    ['cells of a spreadsheet', 'town\train\nLima\t3\nOslo\t61'],
    ['two cells in two rows', 'a\tb\nc\td'],
    ['semicolons and decimal commas', 'a;b\n1,5;2\n2,5;3\n'],
    ['bars', 'a|b\n1|2\n3|4\n'],
    ['commas with blanks behind them, and numbers', 'name, age\nAnn, 31\nBob, 45\n'],
    ['a line that tells what parts them', 'sep=;\na;b;c\n1;2;3\n'],
    ['quoted fields with line ends inside', 'a\tb\n"two\nlines"\t1\nc\t2\n'],
    ['a first column without a name', '\ta\tb\n0\t1\t2\n1\t3\t4\n'],
    ['a line of tabs with a field too many', `a\tb\n${'x\ty\n'.repeat(18)}`],
    ['numbers under a name', 'value\n1\n2.5\n3\n'],
    ['numbers alone', '1\n2\n3\n'],
    ['many rows', long((i) => `${i}\tword ${i}`)],
  ])('is a table: %s', async (_, text) => {
    expect(await formatOf('a.txt', text)).toBe('csv');
    expect(await formatOf('a.txt', text.replaceAll('\n', '\r\n'))).toBe('csv');
    expect(await formatOf('b.text', text)).toBe('csv');
  });

  it('is JSON where it holds rows of it', async () => {
    expect(await formatOf('a.txt', '[{"a": 1}, {"a": 2}]')).toBe('json');
    expect(await formatOf('a.txt', '{"a": 1}\n{"a": 2}\n')).toBe('json_lines');
  });

  it('is told by its beginning alone, however it comes', async () => {
    for (const [text, format] of [
      [long((i) => `${i},${i % 7}`), 'csv'],
      [long((i) => `Word ${i}, and more.`), 'text'],
    ] as const) {
      const bytes = utf8(text);
      const cuts = everyBytes(997, bytes.length);
      expect((await readFile('a.txt', bytes, { cuts })).info.reading.format).toBe(format);
    }
  });

  it('is what a person says it is', async () => {
    const table = 'name,n\nx,1\ny,2\n';
    expect(await formatOf('a.txt', table, { format: 'text' })).toBe('text');
    expect(await formatOf('a.csv', table, { format: 'text' })).toBe('text');
    const { table: one } = await readFile('a.txt', 'word\nx y\nz\n', {
      settings: { format: 'csv' },
    });
    expect(one).toMatchObject({ names: ['word'], rowCount: 2 });
    const spaced = await readFile('a.txt', 'n k\n1 2\n', { settings: { delimiter: ' ' } });
    expect(spaced.table.names).toEqual(['n', 'k']);
  });
});

it('Markdown is a text, whatever it begins with; other names are no texts by themselves', async () => {
  expect(await formatOf('a.md', 'a,b\n1,2\n')).toBe('text');
  expect(await formatOf('a.markdown', '[{"a": 1}]')).toBe('text');
  expect(await formatOf('a.md', '[![badge](x)](y)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n')).toBe(
    'text',
  );
  expect(await formatOf('a.csv', 'Word after word.\nAnd more.\n')).toBe('csv');
  expect(await formatOf('notes', 'Word after word.\nAnd more.\n')).toBe('csv');
});
