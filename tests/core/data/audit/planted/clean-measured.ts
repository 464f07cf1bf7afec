import { pow, sin } from '#core/math.ts';
import { classes, clinic, houses, machines, orders, quantity, standardized } from './domains.ts';
import { between, chance, column, isoHour, normal, padded, pick } from './draw.ts';
import { clean, rowsAt, without, type GeneratedTable } from './table.ts';

const random60 = { method: 'random', stratify: false };

/** Tables of measurements with nothing wrong. */
export const cleanMeasuredTables: readonly GeneratedTable[] = [
  clean('clean: clinical measurements', clinic, 500, (base) => ({
    columns: base.columns,
    split: { method: 'random', stratify: true },
  })),
  clean('clean: houses, a regression', houses, 700, (base) => ({
    columns: base.columns,
    split: random60,
  })),
  clean('clean: sixty rows', clinic, 60, (base) => ({ columns: base.columns })),
  clean('clean: a sensor in its natural order, split by time', machines, 1500, (base, random) => {
    const daily = column(1500, (row) =>
      (14 + 6 * sin((row / 24) * 2 * Math.PI) + normal(random, 0, 1.5)).toFixed(1),
    );
    return {
      columns: {
        time: column(1500, (row) => isoHour('2025-02-01', row)),
        outdoor_c: daily,
        ...without(base.columns, 'state'),
        load_kw: daily.map((text) => (95 - 2 * Number(text) + normal(random, 0, 9)).toFixed(1)),
      },
      target: 'load_kw',
      split: { method: 'time', by: 'time', gap: 1, stratify: false },
    };
  }),
  clean('clean: three balanced classes, like the irises', machines, 150, (base, random) => {
    const species = ['setosa', 'versicolor', 'virginica'];
    const row = (at: number): number => at % 3;
    const measure = (means: readonly number[], deviation: number): string[] =>
      column(150, (at) => normal(random, means[row(at)] ?? 0, deviation).toFixed(1));
    return {
      columns: {
        plot: base.columns['line'] ?? [],
        sepal_length: measure([5.3, 5.9, 6.5], 0.6),
        sepal_width: measure([3.3, 2.9, 3.0], 0.4),
        petal_length: measure([3.9, 4.5, 5.2], 0.6),
        petal_width: measure([1.1, 1.4, 1.8], 0.35),
        species: column(150, (at) => species[row(at)] ?? ''),
      },
      target: 'species',
      split: { method: 'random', stratify: true },
    };
  }),
  clean('clean: sixty columns', machines, 400, (base, random) => {
    const channel = (i: number): [string, string[]] => [
      `channel_${padded(i + 1, 2)}`,
      base.score.map((value) =>
        (0.15 * (i % 4) * value + normal(random, 10 + i, 1 + (i % 5))).toFixed(3),
      ),
    ];
    const channels = Array.from({ length: 58 }, (_, i) => channel(i));
    return {
      columns: {
        ...Object.fromEntries(channels),
        line: base.columns['line'] ?? [],
        state: base.columns['state'] ?? [],
      },
    };
  }),
  clean('clean: mild skew', orders, 800, (base, random) => {
    const waits = column(800, () => (2 + 24 * pow(random.uniform(), 2)).toFixed(2));
    return { columns: { ...base.columns, wait_minutes: waits } };
  }),
  clean('clean: a strong predictor that is no leak (AUC 0.9)', clinic, 900, (base, random) => ({
    columns: {
      ...base.columns,
      biomarker: (base.columns['outcome'] ?? []).map((label) =>
        normal(random, label === 'yes' ? 18.1 : 10, 4.5).toFixed(1),
      ),
    },
    split: { method: 'random', stratify: true },
  })),
  clean('clean: temperatures below zero', houses, 600, (_, random) => {
    const night = column(600, () => normal(random, -6, 7).toFixed(1));
    return {
      columns: {
        station: column(600, () => pick(random, ['ridge', 'valley', 'shore'])),
        night_c: night,
        wind_ms: column(600, () => Math.max(0.1, normal(random, 5, 1.4)).toFixed(1)),
        pressure_hpa: column(600, () => normal(random, 1009, 8).toFixed(1)),
        snow: column(600, () => pick(random, ['yes', 'no'])),
        heating_kwh: quantity(random, standardized(night.map((text) => -Number(text))), 210, 35),
      },
      target: 'heating_kwh',
      split: random60,
    };
  }),
  clean('clean: patients with several visits, kept together', clinic, 600, (base, random) => ({
    columns: {
      patient_id: random.shuffle(column(600, (row) => `P${padded(1040 + (row % 150), 5)}`)),
      ...base.columns,
    },
    split: { method: 'group', by: 'patient_id', stratify: false },
  })),
  clean('clean: a regression on points from 0 to 100', clinic, 750, (base, random) => {
    const points = base.score.map((value) =>
      Math.min(100, Math.max(0, Math.round(72 + 11 * value + normal(random, 0, 11)))),
    );
    return {
      columns: {
        ...without(base.columns, 'outcome'),
        lessons: column(750, () => between(random, 4, 30)),
        tutor: column(750, () => (chance(random, 0.4) ? 'yes' : 'no')),
        points: points.map(String),
      },
      target: 'points',
      split: random60,
    };
  }),
  clean('clean: a given split of rows that differ', machines, 540, (base, random) => {
    const part = column(540, (row) => (row < 324 ? 'train' : row < 432 ? 'validation' : 'test'));
    return {
      columns: rowsAt(
        { ...base.columns, state: classes(random, base.score, { low: 0.5, high: 0.5 }), part },
        random.shuffle([...Array(540).keys()]),
      ),
      split: { method: 'column', by: 'part', stratify: false },
    };
  }),
];
