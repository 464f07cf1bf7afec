import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendTables } from '#core/data/append-tables.ts';
import { ByteCells } from '#core/data/byte-cells.ts';
import type { Table } from '#core/data/table.ts';
import { readText, writeCsv } from '../../support/csv.ts';
import { fuzz } from '../../support/fuzz.ts';

const rowsOf = ({ columns, rowCount }: Table): string[][] =>
  Array.from({ length: rowCount }, (_, row) => columns.map((cells) => cells.at(row)));

async function named(name: string, csv: string) {
  const { table } = await readText(csv);
  return { name, table };
}

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '1'), maxLength: 3 });

describe('tables below one another', () => {
  it('have the columns of the first, whatever their order in the others', async () => {
    const table = appendTables([
      await named('a.csv', 'x,y\n1,"two ""2"""\n'),
      await named('b.csv', 'y,x\nthree,3\n"fo,ur",4\n'),
    ]);
    expect(table.names).toEqual(['x', 'y']);
    expect(rowsOf(table)).toEqual([
      ['1', 'two "2"'],
      ['3', 'three'],
      ['4', 'fo,ur'],
    ]);
  });

  it('stay bytes where they have the same marks', async () => {
    const alike = appendTables([
      await named('a.csv', 'x,y\n1,2\n'),
      await named('b.csv', 'x,y\n3,4'),
    ]);
    expect(alike.columns.map((cells) => cells instanceof ByteCells && cells.text.width)).toEqual([
      2, 2,
    ]);
    const unlike = appendTables([
      await named('a.csv', 'x,y\n1,2\n'),
      await named('b.csv', 'x;y\n3;4\n'),
    ]);
    expect(rowsOf(unlike)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('hold the rows of all', async () => {
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(rows, { minLength: 2, maxLength: 4 }), async (files) => {
        const parts = await Promise.all(
          files.map((lines, i) =>
            named(`${i}.csv`, writeCsv([['x', 'y'], ...lines], { quoteAll: i % 2 === 0 })),
          ),
        );
        expect(rowsOf(appendTables(parts))).toEqual(parts.flatMap(({ table }) => rowsOf(table)));
      }),
      fuzz(200),
    );
  });
});
