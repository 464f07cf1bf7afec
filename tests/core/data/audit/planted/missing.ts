import { clinic, classes, houses, machines, orders, survey } from './domains.ts';
import { chance, changed, column, normal, pick, rowsWith, someRows } from './draw.ts';
import { plant, renamed, type PlantedTable } from './table.ts';

const numbers = (columns: Readonly<Record<string, readonly string[]>>, name: string): number[] =>
  (columns[name] ?? []).map(Number);

/** Cells that are empty, or hold a token that means missing. */
export const missingValueTables: readonly PlantedTable[] = [
  plant('missing: a lab value empty in a third of the rows', clinic, 600, (base, random) => ({
    columns: {
      crp: changed(
        column(600, () => normal(random, 6, 1.5).toFixed(1)),
        someRows(random, 600, 200),
        () => '',
      ),
      ...base.columns,
    },
    expected: [{ codes: ['missing_values'], columns: ['crp'], minimumCount: 200 }],
  })),
  plant('missing: a category that is NA in a fifth', houses, 400, (base, random) => ({
    columns: {
      ...base.columns,
      heating: changed(base.columns['heating'] ?? [], someRows(random, 400, 80), () => 'NA'),
    },
    expected: [{ codes: ['missing_values'], columns: ['heating'], minimumCount: 80 }],
  })),
  plant('missing: 6% of a large table', orders, 1200, (base, random) => ({
    columns: {
      ...base.columns,
      delivery_days: changed(
        base.columns['delivery_days'] ?? [],
        someRows(random, 1200, 72),
        () => '',
      ),
    },
    expected: [{ codes: ['missing_values'], columns: ['delivery_days'], minimumCount: 72 }],
  })),
  plant('missing: an almost empty column, no target', survey, 300, (base, random) => ({
    columns: {
      ...base.columns,
      follow_up_score: changed(
        column(300, () => ''),
        someRows(random, 300, 24),
        () => (1 + random.integer(40)).toString(),
      ),
    },
    target: null,
    expected: [{ codes: ['missing_values'], columns: ['follow_up_score'], minimumCount: 276 }],
  })),
  plant('missing: the target itself', clinic, 500, (base, random) => ({
    columns: {
      ...base.columns,
      outcome: changed(base.columns['outcome'] ?? [], someRows(random, 500, 60), () => ''),
    },
    expected: [{ codes: ['missing_values'], columns: ['outcome'], minimumCount: 60 }],
  })),
  plant('missing: several tokens in one column of numbers', clinic, 450, (base, random) => ({
    columns: renamed(
      {
        ...base.columns,
        cholesterol: changed(base.columns['cholesterol'] ?? [], someRows(random, 450, 90), () =>
          pick(random, ['?', 'NULL', 'n/a', '']),
        ),
      },
      { age: 'Alter', sex: 'Geschlecht', cholesterol: 'Cholesterin', smoker: 'Raucher' },
    ),
    expected: [{ codes: ['missing_values'], columns: ['Cholesterin'], minimumCount: 90 }],
  })),
  plant('missing: the last rows hold little but the region', survey, 320, (base) => {
    const last = Array.from({ length: 45 }, (_, i) => 275 + i);
    const kept = ['region', 'satisfied'];
    return {
      columns: Object.fromEntries(
        Object.entries(base.columns).map(([name, cells]) => [
          name,
          kept.includes(name) ? cells : changed(cells, last, () => ''),
        ]),
      ),
      expected: ['education', 'hours_per_week', 'q3_speed'].map((name) => ({
        codes: ['missing_values'] as const,
        columns: [name],
        minimumCount: 45,
      })),
    };
  }),
  plant('missing: a column without a single value', machines, 240, (base) => ({
    columns: { ...base.columns, remark: column(240, () => '') },
    expected: [{ codes: ['missing_values', 'constant_column'], columns: ['remark'] }],
  })),
];

/** What is missing says what the target is. */
export const missingByTargetTables: readonly PlantedTable[] = [
  plant(
    'missing by target: a test that the healthy are not given',
    clinic,
    800,
    (base, random) => ({
      columns: {
        ...base.columns,
        troponin: column(800, (row) =>
          chance(random, base.columns['outcome']?.[row] === 'yes' ? 0.05 : 0.6)
            ? ''
            : normal(random, 14, 3).toFixed(1),
        ),
      },
      expected: [{ codes: ['missing_related_to_target'], columns: ['troponin'] }],
    }),
  ),
  plant('missing by target: a text, three classes', machines, 600, (base, random) => ({
    columns: {
      inspector_team: column(600, (row) =>
        chance(random, base.columns['state']?.[row] === 'failing' ? 0.75 : 0.08)
          ? 'NA'
          : pick(random, ['red', 'green', 'blue']),
      ),
      ...base.columns,
    },
    expected: [{ codes: ['missing_related_to_target'], columns: ['inspector_team'] }],
  })),
  plant('missing by target: the dearest houses hide their fee', houses, 700, (base, random) => {
    const price = numbers(base.columns, 'price');
    const dear = [...price].sort((a, b) => a - b)[525] ?? 0;
    return {
      columns: {
        ...base.columns,
        monthly_fee: price.map((value) =>
          chance(random, value >= dear ? 0.7 : 0.04) ? '' : normal(random, 240, 35).toFixed(0),
        ),
      },
      expected: [{ codes: ['missing_related_to_target'], columns: ['monthly_fee'] }],
    };
  }),
  plant('missing by target: filled in only after the event', orders, 900, (base, random) => ({
    columns: {
      ...base.columns,
      refund_days: (base.columns['returned'] ?? []).map((label) =>
        label === 'yes' ? String(2 + random.integer(12)) : '',
      ),
    },
    expected: [
      {
        codes: ['missing_related_to_target', 'determines_target', 'predicts_target'],
        columns: ['refund_days'],
        alarm: true,
      },
    ],
  })),
  plant('missing by target: 8% of the rows, all of one class', survey, 900, (base, random) => {
    const satisfied = classes(random, base.score, { nein: 0.6, ja: 0.4 });
    const unhappy = rowsWith(satisfied, 'nein');
    const silent = someRows(random, unhappy.length, 72).map((i) => unhappy[i] ?? 0);
    return {
      columns: {
        ...base.columns,
        q4_staff: changed(base.columns['q4_staff'] ?? [], silent, () => ''),
        satisfied,
      },
      expected: [{ codes: ['missing_related_to_target'], columns: ['q4_staff'] }],
    };
  }),
];

/** A number that means "no number", in a column of numbers. */
export const missingCodeTables: readonly PlantedTable[] = [
  plant('missing code: -999 among lab values', clinic, 500, (base, random) => ({
    columns: {
      ...base.columns,
      cholesterol: changed(
        base.columns['cholesterol'] ?? [],
        someRows(random, 500, 40),
        () => -999,
      ),
    },
    expected: [{ codes: ['missing_code'], columns: ['cholesterol'], minimumCount: 40 }],
  })),
  plant('missing code: 9999 in a column of integers', machines, 800, (base, random) => ({
    columns: {
      ...base.columns,
      runtime_h: changed(
        column(800, () => Math.round(normal(random, 310, 60))),
        someRows(random, 800, 40),
        () => 9999,
      ),
    },
    expected: [{ codes: ['missing_code'], columns: ['runtime_h'], minimumCount: 40 }],
  })),
  plant('missing code: 99 years in the job', survey, 600, (base, random) => ({
    columns: {
      years_in_job: changed(
        column(600, () => Math.round(Math.min(46, Math.max(0, normal(random, 19, 8))))),
        someRows(random, 600, 45),
        () => 99,
      ),
      ...base.columns,
    },
    expected: [{ codes: ['missing_code'], columns: ['years_in_job'], minimumCount: 45 }],
  })),
  plant('missing code: -1 for a waiting time', clinic, 400, (base, random) => ({
    columns: {
      ...base.columns,
      waiting_days: changed(
        column(400, () => 3 + random.integer(28)),
        someRows(random, 400, 44),
        () => -1,
      ),
    },
    expected: [{ codes: ['missing_code'], columns: ['waiting_days'], minimumCount: 44 }],
  })),
  plant('missing code: -9 for no answer, in two questions', survey, 350, (base, random) => ({
    columns: {
      ...base.columns,
      q2_price: changed(base.columns['q2_price'] ?? [], someRows(random, 350, 30), () => -9),
      q5_website: changed(base.columns['q5_website'] ?? [], someRows(random, 350, 21), () => -9),
    },
    target: null,
    expected: [
      { codes: ['missing_code'], columns: ['q2_price'], minimumCount: 30 },
      { codes: ['missing_code'], columns: ['q5_website'], minimumCount: 21 },
    ],
  })),
  plant('missing code: 999.9 from a weather station', houses, 700, (base, random) => ({
    columns: renamed(
      {
        ...base.columns,
        noise_db: changed(
          column(700, () => normal(random, 54, 5).toFixed(1)),
          someRows(random, 700, 25),
          () => '999.9',
        ),
      },
      { noise_db: 'Lärmpegel', area_m2: 'Fläche', rooms: 'Zimmer', price: 'Preis' },
    ),
    target: 'Preis',
    expected: [{ codes: ['missing_code'], columns: ['Lärmpegel'], minimumCount: 25 }],
  })),
];
