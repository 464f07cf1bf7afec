import { houses, machines, orders, survey } from './domains.ts';
import {
  between,
  chance,
  column,
  digits,
  isoDate,
  normal,
  padded,
  pick,
  weighted,
} from './draw.ts';
import { bsnDigit, luhnDigit } from './check-digits.ts';
import { clean, without, type GeneratedTable } from './table.ts';

/** A digit that is not the check digit. */
function wrong(digit: string): string {
  return String((Number(digit) + 3) % 10);
}

/** Tables of words, codes, dates and answers with nothing wrong. */
export const cleanNamedTables: readonly GeneratedTable[] = [
  clean('clean: sales by day', orders, 900, (base, random) => {
    const cells = base.columns;
    const days = column(900, () => between(random, 0, 850))
      .map(Number)
      .sort((a, b) => a - b);
    return {
      columns: {
        sold_on: days.map((day) => isoDate('2024-01-02', day)),
        ...without(cells, 'returned'),
        amount: (cells['unit_price'] ?? []).map((price, row) =>
          (
            Number(price) *
            Number(cells['quantity']?.[row]) *
            (1.1 - 0.2 * random.uniform())
          ).toFixed(2),
        ),
      },
      target: 'amount',
      split: { method: 'time', by: 'sold_on', gap: 0, stratify: false },
    };
  }),
  clean('clean: a survey', survey, 600, (base) => ({
    columns: base.columns,
    split: { method: 'random', stratify: true },
  })),
  clean('clean: a survey without a target', survey, 400, (base) => ({
    columns: without(base.columns, 'satisfied'),
    target: null,
  })),
  clean('clean: reviews', survey, 500, (base, random) => {
    const start = ['The handle', 'My new kettle', 'This lamp', 'The blue one', 'Its battery'];
    const middle = ['is a bit loose', 'works as promised', 'takes ages to warm up', 'looks good'];
    const end = [
      'but I would buy it again.',
      'so it goes back.',
      'for 20 euros.',
      'after 3 weeks.',
    ];
    return {
      columns: {
        review: column(500, (row) => {
          const words = `${pick(random, start)} ${pick(random, middle)}, ${pick(random, end)}`;
          return `${words} ${row % 2 === 0 ? 'Delivery took' : 'I waited'} ${between(random, 2, 15)} days.`;
        }),
        ...base.columns,
      },
    };
  }),
  clean('clean: categories with names alike', orders, 800, (base, random) => ({
    columns: {
      country: column(800, () =>
        pick(random, ['Guinea', 'Guinea-Bissau', 'Niger', 'Nigeria', 'Congo (Kinshasa)', 'Congo (Brazzaville)', 'Dominica', 'Dominican Republic']),
      ), // prettier-ignore
      grade: column(800, () => pick(random, ['A', 'AA', 'A+', 'B', 'BB', 'B+'])),
      ...base.columns,
    },
  })),
  clean('clean: towns with accents, some in capitals', houses, 500, (base, random) => ({
    columns: {
      município: column(500, () =>
        pick(random, ['SÃO PAULO', 'JOÃO PESSOA', 'MACAPÁ', 'GOIÂNIA', 'BRASÍLIA', 'MACEIÓ']),
      ),
      ville: column(500, () =>
        pick(random, ['Orléans', 'Nîmes', 'Besançon', 'Mâcon', 'Angoulême']),
      ),
      miasto: column(500, () => pick(random, ['Łódź', 'Kraków', 'Gdańsk', 'Toruń'])),
      ...base.columns,
    },
  })),
  clean('clean: long numbers that fail every checksum', orders, 700, (base, random) => {
    const articles = column(90, () => {
      const body = `978${digits(random, 11)}2`;
      return body + wrong(luhnDigit(body));
    });
    const tickets = column(60, () => {
      const body = `1${digits(random, 7)}`;
      return body + wrong(bsnDigit(body) ?? '0');
    });
    const depots = column(40, () => `DE00 ${digits(random, 4)} ${digits(random, 4)}`);
    return {
      columns: {
        article: column(700, () => pick(random, articles)),
        depot: column(700, () => pick(random, depots)),
        ticket: column(700, () => pick(random, tickets)),
        ...base.columns,
      },
      split: { method: 'random', stratify: true },
    };
  }),
  clean('clean: product codes', machines, 640, (base, random) => {
    const codes = column(24, (i) => `${'KLMN'[i % 4] ?? ''}-${padded(100 + 7 * i, 4)}/${i % 6}`);
    return { columns: { product_code: column(640, () => pick(random, codes)), ...base.columns } };
  }),
  clean('clean: years and numbers like postcodes', houses, 650, (base, random) => {
    const areas = column(30, () => between(random, 10_100, 98_900));
    return {
      columns: {
        ...base.columns,
        area_code: column(650, () => pick(random, areas)),
        renovated: column(650, () => between(random, 1971, 2024)),
      },
      split: { method: 'random', stratify: false },
    };
  }),
  clean('clean: names of fish', machines, 450, (base, random) => {
    const names = ['Atlantic salmon', 'Rainbow trout', 'Northern pike', 'Common carp', 'European perch', 'Arctic char'];
    const weight = base.score.map((value) => (2.4 + 0.3 * value + normal(random, 0, 0.3)).toFixed(2));
    return {
      columns: {
        name: column(450, () => pick(random, names)),
        pond: column(450, () => pick(random, ['upper', 'lower', 'mill'])),
        length_cm: base.score.map((value) => (48 + 4 * value + normal(random, 0, 5)).toFixed(1)),
        water_c: base.columns['vibration'] ?? [],
        weight_kg: weight,
      },
      target: 'weight_kg',
    };
  }), // prettier-ignore
  clean('clean: names of products', orders, 500, (base, random) => {
    const first = ['Classic', 'Urban', 'Alpine', 'Nordic', 'Compact'];
    const second = ['Backpack', 'Kettle', 'Desk Lamp', 'Bottle', 'Notebook'];
    return {
      columns: {
        product_name: column(500, () => `${pick(random, first)} ${pick(random, second)}`),
        ...base.columns,
      },
    };
  }),
  clean('clean: flags and software versions', machines, 720, (base, random) => ({
    columns: {
      version: column(720, () =>
        pick(random, ['2.14.0', '2.14.3', '2.15.1', '3.0.0', '3.0.2', '10.0.19045.3803']),
      ),
      remote: column(720, () => (chance(random, 0.5) ? 'true' : 'false')),
      http_status: column(720, () => weighted(random, { 200: 0.6, 204: 0.2, 404: 0.2 })),
      duration_ms: column(720, () => Math.round(normal(random, 190, 32))),
      ...base.columns,
    },
    split: { method: 'random', stratify: true },
  })),
  clean('clean: plans that may lie ahead', orders, 520, (base, random) => {
    const made = column(520, () => between(random, 0, 400)).map(Number);
    return {
      columns: {
        ...base.columns,
        made_on: made.map((day) => isoDate('2025-03-01', day)),
        best_before: made.map((day) => isoDate('2025-03-01', day + between(random, 300, 700))),
      },
    };
  }),
];
