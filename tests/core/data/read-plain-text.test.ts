import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ReadSettings } from '#core/data/read/settings.ts';
import type { Dataset } from '#core/data/table.ts';
import { inWindows } from '#core/language/windows.ts';
import { checkShape } from '#core/spec/parse-spec.ts';
import { proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import { columnNamed, everyBytes, streamOf, textsOf, utf8 } from '../../support/csv.ts';
import { readDataset } from '#core/data/dataset.ts';
import { doubtsOf, readFile } from '../../support/read.ts';
import { refusalOf, thrownBy } from '../../support/refusal.ts';
import { pngOf } from '../../support/images.ts';

/** The lines of a text that was read as one. */
function linesOf({ table, info }: Dataset): string[] {
  expect(table.names).toEqual(['text']);
  expect(info.reading.text).toBe('text');
  const [cells] = table.columns;
  return cells === undefined ? [] : textsOf(cells);
}

const read = async (text: string | Uint8Array, settings: ReadSettings = {}): Promise<string[]> =>
  linesOf(await readFile('book.md', text, { settings }));

function utf16(text: string, isBig = false): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i += 1) view.setUint16(2 * i, text.charCodeAt(i), !isBig);
  return bytes;
}

const verse =
  'Shall I compare thee to a summer’s day?\n\nThou art more lovely,\n\n\n   and “more” temperate.\n';

describe('a plain text', () => {
  it('is its lines: joined again they are the text, whatever stands in it and wherever it is cut', async () => {
    const odd = ['\uFEFF', '\u2028', '\u0085', '\f', '\v', '\x1b', '"', '""', "'", ',', '\t', '|'];
    const ends = ['\n', '\n', '\n\n', '\r\n', '\r', '\r\r\n'];
    const plain = ['a', 'word ', ' ', 'é', '漢', '🐧', 'NA', '1', '007', '2024-01-01', '-'];
    const pieces = fc.array(fc.constantFrom(...odd, ...ends, ...plain), { maxLength: 40 });
    const cuts = fc.array(fc.nat(200), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(pieces, cuts, async (some, at) => {
        const text = `x${some.join('')}`;
        const bytes = utf8(text);
        const sorted = at.map((one) => Math.min(one, bytes.length)).sort((a, b) => a - b);
        const lines = linesOf(await readFile('a.md', bytes, { cuts: sorted }));
        const plainEnds = text.replaceAll(/\r\n|\r/g, '\n');
        expect(lines.join('\n')).toBe(plainEnds.replace(/\n$/, ''));
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('keeps blank lines and white space, and ends with its last line', async () => {
    expect(await read('a\n\n\n  b \n')).toEqual(['a', '', '', '  b ']);
    expect(await read('a')).toEqual(['a']);
    expect(await read('a\n')).toEqual(['a']);
    expect(await read('a\n\n')).toEqual(['a', '']);
    expect(await read('\n\na')).toEqual(['', '', 'a']);
  });

  it('has one kind of line end, and says where the file has another', async () => {
    const windows = await readFile('a.txt', 'one word\r\nand\rtwo\n\r\nmore\r\n');
    expect(linesOf(windows)).toEqual(['one word', 'and', 'two', '', 'more']);
    expect(doubtsOf(windows)).toMatch(/carriage return .* line feed/);
    expect(doubtsOf(await readFile('a.txt', 'one word\nand\n'))).toBe('');
  });

  it.each<[string, Uint8Array, string]>([
    ['UTF-8 with a byte order mark', utf8(`\uFEFF${verse}`), 'utf-8'],
    ['UTF-16 with a mark', utf16(`\uFEFF${verse}`), 'utf-16le'],
    ['big-endian UTF-16 with a mark', utf16(`\uFEFF${verse}`, true), 'utf-16be'],
    ['UTF-16 without a mark', utf16(verse), 'utf-16le'],
  ])('is found to be %s', async (_, bytes, encoding) => {
    for (const cuts of [[], everyBytes(1, bytes.length)]) {
      const dataset = await readFile('verse.txt', bytes, { cuts });
      expect(linesOf(dataset).join('\n')).toBe(verse.trimEnd());
      expect(dataset.info.reading).toEqual({ format: 'text', encoding, text: 'text' });
      expect(dataset.info.doubts).toEqual([]);
    }
  });

  it('goes on as Latin-1 where it is not UTF-8, and says so; or in the encoding that is set', async () => {
    const bytes = Uint8Array.from([...utf8('A caf'), 0xe9, ...utf8(' and 5 '), 0x80, 0x0a]);
    const guessed = await readFile('a.txt', bytes);
    expect(linesOf(guessed)).toEqual(['A café and 5 €']);
    expect(doubtsOf(guessed)).toContain('read as Latin-1');
    const mojibake = await read(utf8('é'), { encoding: 'latin-1' });
    expect(mojibake).toEqual(['Ã©']);
    const wrong = await refusalOf(() => read(utf8('odd'), { encoding: 'utf-16le' }));
    expect(wrong.code).toBe('encoding_broken');
  });

  it('is read from gzip', async () => {
    const dataset = await readFile('verse.txt.gz', gzipSync(verse));
    expect(linesOf(dataset).join('\n')).toBe(verse.trimEnd());
    expect(dataset.info.reading).toMatchObject({ format: 'text', gzip: true });
    expect(linesOf(await readFile('notes.md.gz', gzipSync('[a](b), c\n')))).toEqual(['[a](b), c']);
  });

  it('is text through and through: its column has no other type, and no word means "missing"', async () => {
    for (const text of [
      '1\n2\n3\n',
      'NA\nnull\n\n-\n',
      'yes\nno\nyes\n',
      '2024-01-01\n2024-01-02\n',
    ]) {
      const { info } = await readFile('a.md', text);
      expect(columnNamed(info.columns, 'text')).toMatchObject({ type: 'text', dtype: 'string' });
    }
    const { info } = await readFile('a.md', 'NA\n\nnull\nnull\n  \n');
    const column = columnNamed(info.columns, 'text');
    expect(column).toMatchObject({ missing: [''], missingCount: 2, distinct: 2, top: [] });
    expect(column.evidence).toBe('a plain text: 16 characters in 5 lines, of which 2 are blank');
    expect(info.doubts).toEqual([]);
  });

  it('is what a language model learns from, line ends included', async () => {
    const text = `${Array.from({ length: 40 }, (_, i) => `${'ab🐧\n'.repeat(i % 4)} line ${i}`).join('\n')}\n`;
    const dataset = await readFile('a.md', text.replaceAll('\n', '\r\n'));
    const proposed = proposeWithoutTarget(dataset.info, 'language');
    expect(proposed.columns).toEqual({});
    const steps = [{ step: 'characters', columns: 'text', parameters: { context: '16' } }];
    const windows = inWindows(checkShape({ ...proposed, steps }), dataset);
    const characters = Array.from(text).slice(0, -1);
    const whole = characters.slice(0, characters.length - (characters.length % 16));
    expect(windows.table.columns[0]?.slice(0, 1000).join('')).toBe(whole.join(''));
  });

  it('of several files goes on from one to the next, without a blank line between them', async () => {
    const zip = zipSync({ '1.txt': utf8('one a\ntwo b\n'), '2.md': utf8('\nthree') });
    const dataset = await readFile('chapters.zip', zip);
    expect(linesOf(dataset)).toEqual(['one a', 'two b', '', 'three']);
    expect(dataset.info.reading).toEqual({ format: 'zip', files: ['1.txt', '2.md'], text: 'text' });
    expect(columnNamed(dataset.info.columns, 'text').type).toBe('text');
    const mixed = zipSync({ 'a.csv': utf8('n,k\n1,2\n'), 'readme.txt': utf8('What this is.\n') });
    expect(await refusalOf(() => readFile('a.zip', mixed))).toMatchObject({
      code: 'other_columns',
    });
  });
});

describe('what is no text', () => {
  it.each<[string, string | Uint8Array, string, RegExp]>([
    ['an empty file', '', 'empty_file', /holds no text/],
    ['a byte order mark alone', '\uFEFF', 'empty_file', /holds no text/],
    ['white space alone', ' \n\t\r\n\n', 'empty_file', /its 3 lines are blank/],
    ['a zero byte', 'fine\nlines\nhere \0 none\n', 'not_text', /line 3 .*zero bytes/],
    ['a picture', pngOf(3, 3), 'not_text', /a PNG picture, and no text/],
    ['a PDF', '%PDF-1.7 and so on', 'not_text', /PDF/],
    [
      'a program',
      Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0),
      'not_text',
      /zero/,
    ],
    [
      'noise',
      Uint8Array.from({ length: 4000 }, (_, i) => ((i * 7919) % 251) + 1),
      'not_text',
      /text/,
    ],
    ['half a character of UTF-16', utf16('\uFEFFab\uD83D cd\n'), 'encoding_broken', /UTF-16/],
    [
      'UTF-8 that breaks off in Latin-1',
      Uint8Array.of(...utf8('é\nb'), 0xe9, 10),
      'encoding_broken',
      /line 2/,
    ],
  ])('is refused: %s', async (_, bytes, code, sentence) => {
    const refusal = await refusalOf(() => readFile('a.txt', bytes));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(sentence);
  });

  it('is a line without an end, up to its length: one of twenty megabytes is read as it is', async () => {
    const line = 'to be or not to be '.repeat(1_100_000);
    const dataset = await readFile('line.txt', line, { cuts: everyBytes(1 << 20, line.length) });
    const [only, ...more] = linesOf(dataset);
    expect(more).toEqual([]);
    expect(only === line).toBe(true);
    expect(JSON.stringify(dataset.info).length).toBeLessThan(2000);
  });
});

it('says how many lines and bytes are read, and hears a cancel in the middle', async () => {
  const text = 'a line of some words\n'.repeat(200_000);
  const cuts = everyBytes(100_000, text.length);
  const steps: (readonly [number, number])[] = [];
  await readFile('a.txt', text, { cuts, onProgress: (bytes, rows) => steps.push([bytes, rows]) });
  expect(steps.at(-1)).toEqual([text.length, 200_000]);
  expect(steps.some(([, rows]) => rows > 0 && rows < 200_000)).toBe(true);
  const controller = new AbortController();
  const stopped = thrownBy(() =>
    readDataset(streamOf(utf8(text), cuts), 'a.txt', {
      signal: controller.signal,
      onProgress: (_, rows) => {
        if (rows > 50_000) controller.abort();
      },
    }),
  );
  expect((await stopped).kind).toBe('cancelled');
});
