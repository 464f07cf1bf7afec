import fc from 'fast-check';

/** A column of a random table: a name and one cell per row. */
interface RandomColumn {
  readonly name: string;
  readonly cells: readonly string[];
}

export interface RandomTable {
  readonly columns: readonly RandomColumn[];
  readonly target: RandomColumn;
  readonly rows: number;
}

const name = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((text) => text.trim() !== ''),
  fc.constantFrom('label', 'value', 'probabilities', 'a.b', ' spaced ', '__proto__', 'x[0]', 'no'),
);
const missing = fc.constantFrom('', 'NA', '?', 'null', ' ');
const word = fc.oneof(
  fc.constantFrom(
    'red',
    'blue',
    ' blue',
    'é',
    'e\u0301',
    '漢',
    '__proto__',
    'constructor',
    'True',
    '0',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
);
const digits = fc.integer({ min: -99_999, max: 99_999 });
const thousandths = fc.integer({ min: -1e9, max: 1e9 }).map((value) => String(value / 1000));
/** Of a column's unit: from nanometres to light seconds. */
const power = fc.integer({ min: -9, max: 9 });

/** Kinds of columns that people have: each draws all the cells of one column. */
function cellsOf(rows: number): fc.Arbitrary<string[]> {
  const column = (cell: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
    fc.array(cell, { minLength: rows, maxLength: rows });
  const gappy = (cell: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.oneof({ weight: 9, arbitrary: cell }, { weight: 1, arbitrary: missing });
  const few = fc.uniqueArray(word, { minLength: 1, maxLength: 6 });
  return fc.oneof(
    power.chain((unit) => column(gappy(digits.map((value) => `${value}e${unit}`)))),
    column(gappy(thousandths)),
    column(fc.integer({ min: 0, max: 5 }).map(String)),
    column(fc.integer({ min: 1_600_000_000, max: 1_600_000_999 }).map(String)),
    few.chain((words) => column(gappy(fc.constantFrom(...words)))),
    column(word),
    word.map((only) => Array<string>(rows).fill(only)),
    digits.map((only) => Array<string>(rows).fill(`${only}e-3`)),
    column(missing),
    fc.constant(Array.from({ length: rows }, (_, row) => String(row + 1))),
  );
}

function targetOf(rows: number): fc.Arbitrary<string[]> {
  const column = (cell: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
    fc.array(cell, { minLength: rows, maxLength: rows });
  return fc.oneof(
    fc
      .uniqueArray(word, { minLength: 2, maxLength: 5 })
      .chain((words) =>
        column(fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...words) }, missing)),
      ),
    column(fc.integer({ min: 0, max: 3 }).map(String)),
    column(fc.integer({ min: -50_000, max: 50_000 }).map(String)),
    column(thousandths),
    column(fc.integer({ min: 0, max: 999 }).map((value) => String(1.6e9 + value / 8))),
    cellsOf(rows),
  );
}

/** Tables of 2 to 70 rows and 1 to 5 columns beside the target. */
export const randomTable: fc.Arbitrary<RandomTable> = fc
  .tuple(
    fc.oneof(fc.integer({ min: 25, max: 70 }), fc.integer({ min: 2, max: 70 })),
    fc.integer({ min: 1, max: 5 }),
  )
  .chain(([rows, width]) =>
    fc
      .tuple(
        fc.uniqueArray(name, {
          minLength: width + 1,
          maxLength: width + 1,
          selector: (text) => text.trim(),
        }),
        fc.array(cellsOf(rows), { minLength: width, maxLength: width }),
        targetOf(rows),
      )
      .map(([names, cells, targetCells]) => ({
        rows,
        target: { name: names[0] ?? '', cells: targetCells },
        columns: cells.map((each, i) => ({ name: names[i + 1] ?? '', cells: each })),
      })),
  );
