import { clinic, classes, houses, machines, orders, survey } from './domains.ts';
import { changed, column, pick, rowsWith, someRows, weighted } from './draw.ts';
import { plant, without, type Expected, type PlantedTable } from './table.ts';

/** One category, spelt with other capitals or spaces. */
export const variantTables: readonly PlantedTable[] = [
  plant('variants: capitals', orders, 600, (base, random) => ({
    columns: {
      city: column(600, () =>
        pick(random, ['Berlin', 'berlin', 'BERLIN', 'Hamburg', 'hamburg', 'Dresden', 'Bonn']),
      ),
      ...base.columns,
    },
    expected: [{ codes: ['category_variants'], columns: ['city'] }],
  })),
  plant('variants: a space too many, in a few rows', houses, 700, (base, random) => ({
    columns: {
      ...base.columns,
      heating: changed(
        base.columns['heating'] ?? [],
        rowsWith(base.columns['heating'] ?? [], 'heat pump').slice(0, 18),
        () => pick(random, ['heat  pump', 'heatpump', 'heat\u00a0pump']),
      ),
    },
    expected: [{ codes: ['category_variants'], columns: ['heating'] }],
  })),
  plant('variants: capitals and spaces, missing cells, no target', clinic, 500, (base, random) => ({
    columns: {
      ...base.columns,
      estado_civil: column(
        500,
        () =>
        weighted(random, {
          Soltera: 0.3, soltera: 0.1, ' SOLTERA': 0.05, Casada: 0.25, 'casada ': 0.1, Viuda: 0.1, '': 0.1,
        }), // prettier-ignore
      ),
    },
    target: null,
    expected: [{ codes: ['category_variants'], columns: ['estado_civil'] }],
  })),
  plant('variants: of the target', survey, 400, (base, random) => {
    const satisfied = classes(random, base.score, { no: 0.5, yes: 0.5 });
    const spelt = { yes: ['yes', 'Yes', 'YES'], no: ['no', 'No', 'no'] };
    return {
      columns: {
        ...base.columns,
        satisfied: satisfied.map((text) => pick(random, spelt[text === 'yes' ? 'yes' : 'no'])),
      },
      expected: [{ codes: ['category_variants'], columns: ['satisfied'] }],
    };
  }),
  plant('variants: in 4 of 900 rows', machines, 900, (base, random) => {
    const rows = someRows(random, 900, 4);
    return {
      columns: {
        ...base.columns,
        shift: changed(base.columns['shift'] ?? [], rows, (text) => text.toUpperCase()),
      },
      expected: [{ codes: ['category_variants'], columns: ['shift'] }],
    };
  }),
];

/** A target of which one class is nearly everything. */
export const imbalanceTables: readonly PlantedTable[] = [
  plant('imbalance: 3% fraud', orders, 1000, (base, random) => ({
    columns: {
      ...without(base.columns, 'returned'),
      fraud: classes(random, base.score, { 0: 0.97, 1: 0.03 }),
    },
    target: 'fraud',
    expected: [{ codes: ['class_imbalance'], columns: ['fraud'] }],
  })),
  plant('imbalance: three classes, 91, 7 and 2%', machines, 1500, (base, random) => ({
    columns: {
      ...base.columns,
      state: classes(random, base.score, { fine: 0.91, worn: 0.07, failing: 0.02 }),
    },
    expected: [{ codes: ['class_imbalance'], columns: ['state'] }],
  })),
  plant('imbalance: 24 of 3,000', clinic, 3000, (base, random) => ({
    columns: {
      ...without(base.columns, 'outcome'),
      Rückfall: classes(random, base.score, { nein: 0.992, ja: 0.008 }),
    },
    target: 'Rückfall',
    expected: [{ codes: ['class_imbalance'], columns: ['Rückfall'] }],
  })),
];

/** Classes with too few rows to learn from and to be held out. */
export const fewRowsTables: readonly PlantedTable[] = [
  plant('few rows: two of eight classes have 2 and 3', machines, 400, (base, random) => {
    const classNames = ['a', 'b', 'c', 'd', 'e', 'f'];
    const type = column(400, () => pick(random, classNames));
    const rows = someRows(random, 400, 5);
    const rare = changed(type, rows, (_, row) => (rows.indexOf(row) < 2 ? 'g' : 'h'));
    return {
      columns: { ...without(base.columns, 'state'), fault_type: rare },
      target: 'fault_type',
      expected: [few('fault_type')],
    };
  }),
  plant('few rows: a class with one row', survey, 300, (base, random) => {
    const rows = someRows(random, 300, 1);
    return {
      columns: {
        ...base.columns,
        satisfied: changed(base.columns['satisfied'] ?? [], rows, () => 'maybe'),
      },
      expected: [few('satisfied')],
    };
  }),
  plant('few rows: 4 of 60', clinic, 60, (base, random) => ({
    columns: {
      ...base.columns,
      outcome: classes(random, base.score, { no: 56 / 60, yes: 4 / 60 }),
    },
    expected: [few('outcome')],
  })),
  plant('few rows: forty classes of five', houses, 200, (base, random) => ({
    columns: {
      ...without(base.columns, 'price'),
      architect: random.shuffle(column(200, (row) => `style ${row % 40}`)),
    },
    target: 'architect',
    expected: [{ codes: ['few_rows_per_class', 'high_cardinality'], columns: ['architect'] }],
  })),
];

function few(target: string): Expected {
  return { codes: ['few_rows_per_class'], columns: [target] };
}
