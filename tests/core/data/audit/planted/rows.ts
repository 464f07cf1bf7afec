import { clinic, houses, machines, orders, survey } from './domains.ts';
import { changed, column, fromOne, pick, someRows } from './draw.ts';
import { plant, rowsAt, type Columns, type PlantedTable } from './table.ts';

/** The order of a table in which each of `repeated` comes again right after row `at`, and what became of them. */
function withCopies(rows: number, repeated: readonly number[], gap: number) {
  const order: number[] = Array.from({ length: rows }, (_, row) => row);
  for (const row of repeated) order.splice(order.indexOf(row) + gap, 0, row);
  const copies = [...order.keys()].filter((at) => repeated.includes(order[at] ?? -1));
  return { order, copies: fromOne(copies) };
}

/** Rows that are in the table more than once. */
export const duplicateTables: readonly PlantedTable[] = [
  plant('duplicates: 40 rows again, anywhere', clinic, 560, (base, random) => {
    const order = [...someRows(random, 560, 560), ...someRows(random, 560, 40)];
    random.shuffle(order);
    const twice = [...order.keys()].filter(
      (at) => order.indexOf(order[at] ?? -1) !== order.lastIndexOf(order[at] ?? -1),
    );
    return {
      columns: rowsAt(base.columns, order),
      expected: [
        { codes: ['duplicate_rows'], columns: [], minimumCount: 40, rows: fromOne(twice) },
      ],
    };
  }),
  plant('duplicates: one export after the other, no target', machines, 210, (base) => ({
    columns: rowsAt(
      base.columns,
      [...Array(420).keys()].map((at) => at % 210),
    ),
    target: null,
    expected: [{ codes: ['duplicate_rows'], columns: [], minimumCount: 210 }],
  })),
  plant('duplicates: six rows entered twice in a row', houses, 894, (base, random) => {
    const { order, copies } = withCopies(894, someRows(random, 894, 6), 1);
    return {
      columns: rowsAt(base.columns, order),
      expected: [{ codes: ['duplicate_rows'], columns: [], minimumCount: 6, rows: copies }],
    };
  }),
  plant('duplicates: with missing cells alike', orders, 500, (base, random) => {
    const gappy = {
      ...base.columns,
      channel: changed(base.columns['channel'] ?? [], someRows(random, 500, 150), () => ''),
    };
    const { order, copies } = withCopies(500, someRows(random, 500, 30), 5);
    return {
      columns: rowsAt(gappy, order),
      expected: [{ codes: ['duplicate_rows'], columns: [], minimumCount: 30, rows: copies }],
    };
  }),
];

/** Rows that agree in every input and differ in the target. */
export const conflictTables: readonly PlantedTable[] = [
  plant('conflict: 25 patients twice, with both outcomes', clinic, 500, (base, random) => {
    const { order, copies } = withCopies(500, someRows(random, 500, 25), 1);
    return {
      columns: contradicted(rowsAt(base.columns, order), 'outcome', copies, (text) =>
        text === 'yes' ? 'no' : 'yes',
      ),
      expected: [{ codes: ['conflicting_labels'], columns: [], minimumCount: 25, rows: copies }],
    };
  }),
  plant('conflict: one house at two prices', houses, 400, (base, random) => {
    const { order, copies } = withCopies(400, someRows(random, 400, 30), 1);
    return {
      columns: contradicted(rowsAt(base.columns, order), 'price', copies, (text) =>
        String(Math.round(Number(text) * 2.3)),
      ),
      expected: [{ codes: ['conflicting_labels'], columns: [], minimumCount: 30, rows: copies }],
    };
  }),
  plant('conflict: two labellers of one set of questions', survey, 300, (base, random) => {
    const answers = ['sehr', 'kaum', 'nie'];
    const columns: Columns = { ...base.columns, Urteil: column(300, () => pick(random, answers)) };
    const order = [...Array(600).keys()].map((at) => at % 300);
    const second = [...Array(300).keys()].map((row) => 301 + row);
    const twice = rowsAt(columns, order);
    const other = Object.fromEntries(answers.map((text, i) => [text, answers[(i + 1) % 3] ?? '']));
    return {
      columns: {
        ...twice,
        Urteil: changed(
          twice['Urteil'] ?? [],
          second.slice(0, 90).map((row) => row - 1),
          (text) => other[text] ?? '',
        ),
      },
      target: 'Urteil',
      expected: [{ codes: ['conflicting_labels'], columns: [], minimumCount: 90 }],
    };
  }),
  plant('conflict: the machine is in all three states at once', machines, 270, (base, random) => {
    const chosen = someRows(random, 270, 10);
    const order = [...Array(270).keys(), ...chosen, ...chosen];
    const columns = rowsAt(base.columns, order);
    const states = ['fine', 'worn', 'failing'];
    const next = (text: string, by: number): string =>
      states[(states.indexOf(text) + by) % 3] ?? '';
    const added = [...Array(20).keys()].map((i) => 270 + i);
    return {
      columns: {
        ...columns,
        state: changed(columns['state'] ?? [], added, (text, row) => next(text, row < 280 ? 1 : 2)),
      },
      expected: [
        {
          codes: ['conflicting_labels'],
          columns: [],
          minimumCount: 10,
          rows: fromOne([...chosen, ...added]),
        },
      ],
    };
  }),
];

/** The target of every second of the copies changed; `copies` are rows from 1, each pair together. */
function contradicted(
  columns: Columns,
  target: string,
  copies: readonly number[],
  change: (text: string) => string,
): Columns {
  const seconds = copies.filter((_, i) => i % 2 === 1).map((row) => row - 1);
  return { ...columns, [target]: changed(columns[target] ?? [], seconds, change) };
}
