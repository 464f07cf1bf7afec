import type { RandomStream } from '#core/random.ts';
import { clinic, houses, machines, orders, survey } from './domains.ts';
import { between, changed, column, digits, normal, padded, pick, someRows } from './draw.ts';
import { plant, renamed, type PlantedTable } from './table.ts';

/** Columns that say nothing because (nearly) every row has the same value. */
export const constantTables: readonly PlantedTable[] = [
  plant('constant: one currency for all', orders, 300, (base) => ({
    columns: { currency: column(300, () => 'EUR'), ...base.columns },
    expected: [{ codes: ['constant_column'], columns: ['currency'] }],
  })),
  plant('constant: a number', machines, 500, (base) => ({
    columns: { ...base.columns, firmware: column(500, () => 12) },
    target: null,
    expected: [{ codes: ['constant_column'], columns: ['firmware'] }],
  })),
  plant('constant: one value where there is any', houses, 400, (base, random) => ({
    columns: {
      ...base.columns,
      country: changed(
        column(400, () => 'Norge'),
        someRows(random, 400, 60),
        () => '',
      ),
    },
    expected: [{ codes: ['constant_column'], columns: ['country'] }],
  })),
  plant('near-constant: a flag that is set in 5 of 1,000 rows', clinic, 1000, (base, random) => ({
    columns: {
      ...base.columns,
      pacemaker: changed(
        column(1000, () => 'false'),
        someRows(random, 1000, 5),
        () => 'true',
      ),
    },
    expected: [{ codes: ['near_constant_column'], columns: ['pacemaker'] }],
  })),
  plant('near-constant: zero but in 4 of 800 rows', survey, 800, (base, random) => ({
    columns: {
      complaints: changed(
        column(800, () => 0),
        someRows(random, 800, 4),
        () => between(random, 1, 3),
      ),
      ...base.columns,
    },
    expected: [{ codes: ['near_constant_column'], columns: ['complaints'] }],
  })),
  plant('near-constant: one country in 99.6% of the rows', orders, 1500, (base, random) => ({
    columns: renamed(
      {
        ...base.columns,
        country: changed(
          column(1500, () => 'España'),
          someRows(random, 1500, 6),
          () => pick(random, ['Portugal', 'Francia']),
        ),
      },
      { country: 'país', region: 'región', channel: 'canal', quantity: 'cantidad' },
    ),
    expected: [{ codes: ['near_constant_column'], columns: ['país'] }],
  })),
];

/** Categories too many to learn from. */
export const highCardinalityTables: readonly PlantedTable[] = [
  plant('high cardinality: 300 diagnosis codes in 1,000 rows', clinic, 1000, (base, random) => {
    const codes = column(300, (i) => `${'ABCDEFGHIJ'[i % 10] ?? ''}${padded(i, 3)}.${i % 7}`);
    return {
      columns: { ...base.columns, diagnosis: column(1000, () => pick(random, codes)) },
      expected: [{ codes: ['high_cardinality'], columns: ['diagnosis'] }],
    };
  }),
  plant('high cardinality: the suburb, a few houses each', houses, 900, (base, random) => {
    const first = [
      'North',
      'South',
      'East',
      'West',
      'Old',
      'New',
      'Upper',
      'Lower',
      'Great',
      'Saint',
    ];
    const second = [
      ...['bridge', 'field', 'haven', 'mere', 'wick', 'ford', 'stead', 'combe', 'thorpe', 'ley'],
      ...['minster', 'gate', 'brook', 'moor', 'cliff', 'den', 'hurst', 'port', 'well', 'wood'],
    ];
    return {
      columns: {
        suburb: column(900, () => `${pick(random, first)}${pick(random, second)}`),
        ...base.columns,
      },
      expected: [{ codes: ['high_cardinality'], columns: ['suburb'] }],
    };
  }),
  plant('high cardinality: 400 article codes, no target', orders, 1200, (base, random) => {
    const codes = column(400, () => `ART-${digits(random, 5)}`);
    return {
      columns: renamed(
        { ...base.columns, article: column(1200, () => pick(random, codes)) },
        { article: 'Artikel', quantity: 'Menge', unit_price: 'Einzelpreis', discount: 'Rabatt' },
      ),
      target: null,
      expected: [{ codes: ['high_cardinality'], columns: ['Artikel'] }],
    };
  }),
];

/** Columns that name the row and can teach nothing. */
export const identifierTables: readonly PlantedTable[] = [
  plant('identifier: customer numbers in no order', orders, 600, (base, random) => ({
    columns: {
      customer_id: random.shuffle(column(600, (row) => 100_001 + row)),
      ...base.columns,
    },
    expected: [{ codes: ['identifier_column'], columns: ['customer_id'] }],
  })),
  plant('identifier: UUIDs under a name that says nothing', machines, 400, (base, random) => ({
    columns: { ...base.columns, ref: column(400, () => uuid(random)) },
    expected: [{ codes: ['identifier_column'], columns: ['ref'] }],
  })),
  plant('identifier: row numbers', houses, 350, (base) => ({
    columns: { 'Unnamed: 0': column(350, (row) => row), ...base.columns },
    expected: [{ codes: ['identifier_column'], columns: ['Unnamed: 0'] }],
  })),
  plant('identifier: order codes', orders, 800, (base) => ({
    columns: { Bestellung: column(800, (row) => `ORD-${padded(4021 + row, 6)}`), ...base.columns },
    target: null,
    expected: [{ codes: ['identifier_column'], columns: ['Bestellung'] }],
  })),
  plant('identifier: hashes in a column called label', survey, 500, (base, random) => ({
    columns: { ...base.columns, label: column(500, () => hex(random, 40)) },
    expected: [{ codes: ['identifier_column'], columns: ['label'] }],
  })),
  plant('identifier: sample numbers, some lost', clinic, 450, (base, random) => {
    const first = Math.round(normal(random, 70_000, 900));
    return {
      columns: {
        ...base.columns,
        sample_no: changed(
          column(450, (row) => first + 3 * row),
          someRows(random, 450, 20),
          () => '',
        ),
      },
      expected: [{ codes: ['identifier_column'], columns: ['sample_no'] }],
    };
  }),
];

function hex(random: RandomStream, length: number): string {
  return Array.from({ length }, () => random.integer(16).toString(16)).join('');
}

/** A random UUID, version 4 (RFC 9562, section 5.4). */
function uuid(random: RandomStream): string {
  const variant = pick(random, ['8', '9', 'a', 'b']);
  const parts = [hex(random, 8), hex(random, 4), `4${hex(random, 3)}`, variant + hex(random, 3)];
  return [...parts, hex(random, 12)].join('-');
}
