import { exp, pow } from '#core/math.ts';
import type { RandomStream } from '#core/random.ts';
import { clinic, houses, machines, orders, survey } from './domains.ts';
import { changed, column, fromOne, normal, pick, someRows } from './draw.ts';
import { plant, renamed, type Columns, type PlantedTable } from './table.ts';

/** Numbers far outside the rest of their column. */
export const outlierTables: readonly PlantedTable[] = [
  plant('outliers: three incomes a thousand times too high', survey, 500, (base, random) => {
    const rows = someRows(random, 500, 3);
    const income = column(500, () => Math.round(normal(random, 31_000, 5000)));
    return {
      columns: { ...base.columns, income: changed(income, rows, (text) => Number(text) * 1000) },
      expected: [
        { codes: ['outliers'], columns: ['income'], rows: fromOne(rows), minimumCount: 3 },
      ],
    };
  }),
  plant('outliers: metres among centimetres', clinic, 600, (base, random) => {
    const rows = someRows(random, 600, 6);
    return {
      columns: {
        ...base.columns,
        height_cm: changed(base.columns['height_cm'] ?? [], rows, (text) =>
          (Number(text) / 100).toFixed(2),
        ),
      },
      expected: [
        { codes: ['outliers'], columns: ['height_cm'], rows: fromOne(rows), minimumCount: 6 },
      ],
    };
  }),
  plant('outliers: spikes of a sensor, no target', machines, 1500, (base, random) => {
    const rows = someRows(random, 1500, 8);
    return {
      columns: renamed(
        {
          ...base.columns,
          vibration: changed(base.columns['vibration'] ?? [], rows, () =>
            normal(random, 55, 6).toFixed(3),
          ),
        },
        { vibration: 'Schwingung', temperature: 'Temperatur', pressure: 'Druck' },
      ),
      target: null,
      expected: [
        { codes: ['outliers'], columns: ['Schwingung'], rows: fromOne(rows), minimumCount: 8 },
      ],
    };
  }),
  plant('outliers: the price of two houses, the target', houses, 450, (base, random) => {
    const rows = someRows(random, 450, 2);
    return {
      columns: {
        ...base.columns,
        price: changed(base.columns['price'] ?? [], rows, (text) => Number(text) * 100),
      },
      expected: [{ codes: ['outliers'], columns: ['price'], rows: fromOne(rows), minimumCount: 2 }],
    };
  }),
];

/** Texts among numbers. */
export const mixedTypeTables: readonly PlantedTable[] = [
  plant('mixed types: "unknown" among ages', clinic, 500, (base, random) => {
    const rows = someRows(random, 500, 20);
    return mixedInto(base.columns, 'age', rows, () => 'unknown');
  }),
  plant('mixed types: units in some cells', clinic, 400, (base, random) => {
    const rows = someRows(random, 400, 24);
    return mixedInto(base.columns, 'weight_kg', rows, (text) => `${text} kg`);
  }),
  plant('mixed types: below the limit of detection', machines, 700, (base, random) => {
    const columns: Columns = {
      ...base.columns,
      oil_ppm: column(700, () => Math.max(0.2, normal(random, 3, 0.9)).toFixed(2)),
    };
    return mixedInto(columns, 'oil_ppm', someRows(random, 700, 50), () => '<0.1');
  }),
  plant('mixed types: remarks in a column of integers, no target', orders, 900, (base, random) => {
    const rows = someRows(random, 900, 15);
    const remarks = ['s. Anhang', 'siehe Fax', 'ca. 3', 'zwei', 'offen'];
    return {
      ...mixedInto(base.columns, 'delivery_days', rows, () => pick(random, remarks)),
      target: null,
    };
  }),
  plant('mixed types: words in two fifths of the rows', survey, 400, (base, random) => {
    const words: Readonly<Record<string, string>> = {
      1: 'one', 2: 'two', 3: 'three', 4: 'four', 5: 'five',
    }; // prettier-ignore
    const rows = someRows(random, 400, 160);
    return mixedInto(base.columns, 'q3_speed', rows, (text) => words[text] ?? text);
  }),
];

function mixedInto(
  columns: Columns,
  name: string,
  rows: readonly number[],
  change: (text: string) => string,
) {
  return {
    columns: { ...columns, [name]: changed(columns[name] ?? [], rows, change) },
    expected: [
      {
        codes: ['mixed_types'] as const,
        columns: [name],
        minimumCount: rows.length,
        rows: fromOne(rows),
      },
    ],
  };
}

/** One side so long that a mean says little. */
export const skewTables: readonly PlantedTable[] = [
  plant('skew: incomes', survey, 1000, (base, random) => ({
    columns: { ...base.columns, income: column(1000, () => logNormal(random, 10, 1.6)) },
    expected: [{ codes: ['skew'], columns: ['income'] }],
  })),
  plant('skew: prices, the target', houses, 800, (base, random) => {
    const price = base.score.map((score) =>
      Math.round(exp(11 + 0.9 * score + normal(random, 0, 1.1))),
    );
    return {
      columns: { ...base.columns, price: price.map(String) },
      expected: [{ codes: ['skew'], columns: ['price'] }],
    };
  }),
  plant('skew: counts with a long tail, no target', orders, 1500, (base, random) => ({
    columns: renamed(
      { ...base.columns, clicks: column(1500, () => Math.floor(pow(1 - random.uniform(), -1.1))) },
      { clicks: 'nombre_de_clics', region: 'région', quantity: 'quantité', discount: 'remise' },
    ),
    target: null,
    expected: [{ codes: ['skew'], columns: ['nombre_de_clics'] }],
  })),
];

function logNormal(random: RandomStream, mean: number, deviation: number): string {
  return exp(normal(random, mean, deviation)).toFixed(0);
}
