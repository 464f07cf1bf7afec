import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBytes } from '#core/data/compare-bytes.ts';
import { textCells } from '#core/data/text-cells.ts';
import { dictionaryOf } from '#core/data/dictionary.ts';
import { readText, writeCsv } from '../../support/csv.ts';
import { fuzz } from '../../support/fuzz.ts';

/** Texts of few letters, so that equal ones, prefixes and quotes abound. */
const texts = fc.array(
  fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', 'é', ' ', '\n'), maxLength: 4 }),
  {
    minLength: 1,
    maxLength: 60,
  },
);

function byMap(cells: readonly string[]) {
  const codes = new Map<string, number>();
  return cells.map((cell) => {
    const code = codes.get(cell) ?? codes.size;
    codes.set(cell, code);
    return code;
  });
}

describe('the distinct texts of a column', () => {
  it('are those that a map finds, for packed texts', () => {
    fc.assert(
      fc.property(texts, (cells) => {
        const { codes, counts, firstRows } = dictionaryOf(textCells(cells));
        const expected = byMap(cells);
        expect([...codes]).toEqual(expected);
        expect([...firstRows]).toEqual([...counts].map((_, code) => expected.indexOf(code)));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(cells.length);
      }),
      fuzz(500),
    );
  });

  it('and for the fields of a file, quoted or not', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (cells, quoteAll) => {
        const csv = writeCsv([['x', 'y'], ...cells.map((cell) => [cell, '1'])], { quoteAll });
        const { table } = await readText(csv);
        const column = table.columns[0] ?? textCells([]);
        expect(column.slice(0, column.length)).toEqual(cells);
        expect([...dictionaryOf(column).codes]).toEqual(byMap(cells));
      }),
      fuzz(300),
    );
  });

  it('are all kept apart where there are many', () => {
    const cells = Array.from({ length: 20_000 }, (_, i) => `k${i % 9973}`);
    const { counts } = dictionaryOf(textCells(cells));
    expect(counts.length).toBe(9973);
    expect(Math.max(...counts)).toBe(3);
  });

  it('are the same where all hashes collide', () => {
    const cells = ['ab', 'ba', 'ab', 'b', 'cc', 'ba', ''];
    const hash = (_: unknown, from: number, to: number) => new Int32Array(3 * (to - from));
    const { codes, counts } = dictionaryOf(textCells(cells), { ...compareBytes, hash });
    expect([...codes]).toEqual([0, 1, 0, 2, 3, 1, 4]);
    expect([...counts]).toEqual([2, 2, 1, 1, 1]);
  });
});
