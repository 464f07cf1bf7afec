import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TerrariumError } from '#core/errors.ts';
import type { Dataset } from '#core/data/table.ts';
import { everyBytes, readBytes, rowsOf, utf8, writeCsv } from '../../support/csv.ts';
import { fuzz } from '../../support/fuzz.ts';
import { refusalOf } from '../../support/refusal.ts';

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'B', '7', '0', '.', '-', ' ') },
  { weight: 3, arbitrary: fc.constantFrom('"', '""', ',', ';', '\t', '|', '\n', '\r', '\r\n') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('é', 'e\u0301', 'ß', '漢', '🐧', '👩‍👩‍👧', '\uFEFF', '\u2028'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }) },
);
const cell = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
/** Names begin with a letter: one that is only a delimiter in quotes cannot be told from quotes around a delimiter. */
const names = (width: number) =>
  fc.uniqueArray(
    cell.map((text) => `n${text}`),
    { minLength: width, maxLength: width, selector: (text) => text.trim() },
  );
const tableOf = (leastWidth: number) =>
  fc.integer({ min: leastWidth, max: 5 }).chain((width) =>
    fc.record({
      header: names(width),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 8,
      }),
    }),
  );
const style = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  quoteAll: fc.boolean(),
  finalNewline: fc.boolean(),
});

/** Cuts at random offsets, some of them equal. */
function cutsFor(bytes: Uint8Array, shares: readonly number[]): number[] {
  return shares.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b);
}
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
  maxLength: 12,
});

describe('what is written is read', () => {
  it('any table in any style, wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(tableOf(1), style, fc.boolean(), shares, async (given, as, mark, cuts) => {
        const text = (mark ? '\uFEFF' : '') + writeCsv([given.header, ...given.rows], as);
        const bytes = utf8(text);
        const dataset = await readBytes(bytes, cutsFor(bytes, cuts));
        expect(dataset.table.names).toEqual(given.header);
        expect(rowsOf(dataset)).toEqual(given.rows);
        expect(dataset.info.rows).toBe(given.rows.length);
        expect(dataset.info.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
        if (given.header.length > 1) expect(dataset.info.reading.delimiter).toBe(as.delimiter);
      }),
      fuzz(400),
    );
  });

  it('a ragged row anywhere in any table is refused with its line', async () => {
    const ragged = fc.tuple(tableOf(2), style, fc.nat(), fc.constantFrom(-1, 1), shares);
    await fc.assert(
      fc.asyncProperty(ragged, async ([given, as, at, more, cuts]) => {
        // What is a line where a file mixes line ends is a matter of taste: here it has one kind.
        const plain = (text: string): string => text.replace(/\r\n|\n|\r/g, as.newline);
        const rows = given.rows.map((row) => row.map(plain));
        const header = given.header.map(plain);
        const where = at % (rows.length + 1);
        rows.splice(
          where,
          0,
          Array.from({ length: header.length + more }, () => 'x'),
        );
        const before = writeCsv([header, ...rows.slice(0, where)], {
          ...as,
          finalNewline: true,
        });
        const line = before.split(as.newline).length;
        const bytes = utf8(writeCsv([header, ...rows], as));
        const error = await refusalOf(() => readBytes(bytes, cutsFor(bytes, cuts)));
        expect(error.message).toMatch(new RegExp(`\\bline ${line}\\b`, 'i'));
      }),
      fuzz(200),
    );
  });
});

describe('where the stream is cut makes no difference', () => {
  const rowsWith = (newline: string, delimiter: string): string =>
    [
      ['näme', '"mass ""g"""', '🐧'],
      ['"Ann, ""the"" one"', '1.5', 'é'],
      ['"two\r\nlines"', '', '"""🐧"""'],
      ['""', '"\n"', '漢'],
      ['x', '"last\r"', '"é"'],
    ]
      .map((row) => row.join(delimiter))
      .join(newline) + newline;

  it.each([
    ['CRLF and commas', '\uFEFF' + rowsWith('\r\n', ',')],
    ['LF and semicolons', rowsWith('\n', ';')],
    ['CR and tabs', rowsWith('\r', '\t')],
  ])('%s: one cut at every byte, and pieces of 1 to 4 bytes', async (_, text) => {
    const bytes = utf8(text);
    const whole = await readBytes(bytes);
    expect(whole.table.rowCount).toBe(4);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(await readBytes(bytes, [cut]), `cut before byte ${cut}`).toEqual(whole);
    }
    for (const size of [1, 2, 3, 4]) {
      expect(await readBytes(bytes, everyBytes(size, bytes.length)), `${size} bytes`).toEqual(
        whole,
      );
    }
  });
});

/** The data set, or the refusal; anything else fails. */
async function readOrRefused(
  bytes: Uint8Array,
  cuts: readonly number[],
): Promise<Dataset | string> {
  let refusal: TerrariumError | undefined;
  const dataset = await readBytes(bytes, cuts).catch(async (thrown: unknown) => {
    refusal = await refusalOf(() => {
      throw thrown;
    });
    return undefined;
  });
  return dataset ?? refusal?.message ?? '';
}

it('any text at all is read or refused, the same wherever it is cut', async () => {
  const anything = fc.oneof(
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 80 }),
  );
  await fc.assert(
    fc.asyncProperty(anything, shares, async (text, cuts) => {
      const bytes = utf8(text);
      const whole = await readOrRefused(bytes, []);
      expect(await readOrRefused(bytes, cutsFor(bytes, cuts))).toEqual(whole);
    }),
    fuzz(600),
  );
});

it('any bytes at all are read or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), async (bytes) => {
      expect(await readOrRefused(bytes, [])).not.toBe('');
    }),
    fuzz(400),
  );
});
