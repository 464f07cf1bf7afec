import type { FindingCode } from '#core/data/audit/finding.ts';
import { exp, ln, pow } from '#core/math.ts';
import { classes, clinic, houses, machines, orders, survey } from './domains.ts';
import { chance, changed, column, normal, pick, someRows, type Texts } from './draw.ts';
import { plant, without, type Expected, type PlantedTable } from './table.ts';

const leak = (columns: readonly string[], ...codes: readonly FindingCode[]): Expected[] => [
  { codes, columns, alarm: true },
];
const numbers = (cells: Texts | undefined): number[] => (cells ?? []).map(Number);

/** One column from which the target can be told almost surely. */
export const predictingTables: readonly PlantedTable[] = [
  plant('predicts: a score made after the outcome (AUC 0.997)', clinic, 700, (base, random) => ({
    columns: {
      ...base.columns,
      risk_points: (base.columns['outcome'] ?? []).map((label) =>
        normal(random, label === 'yes' ? 64 : 40, 6).toFixed(1),
      ),
    },
    expected: leak(['risk_points'], 'predicts_target', 'determines_target'),
  })),
  plant('predicts: the ward, right in 99% of the rows', clinic, 900, (base, random) => ({
    columns: {
      ward: (base.columns['outcome'] ?? []).map((label) =>
        (label === 'yes') !== chance(random, 0.01)
          ? pick(random, ['palliative', 'hospice'])
          : pick(random, ['surgery', 'home', 'day clinic']),
      ),
      ...base.columns,
    },
    expected: leak(['ward'], 'predicts_target', 'determines_target'),
  })),
  plant(
    'predicts: the tax on the price, rounded by hand (r 0.999)',
    houses,
    600,
    (base, random) => ({
      columns: {
        ...base.columns,
        transfer_tax: numbers(base.columns['price']).map((price) =>
          (price * 0.06 * (1 + 0.006 * random.normal())).toFixed(0),
        ),
      },
      expected: leak(['transfer_tax'], 'predicts_target', 'function_of_target'),
    }),
  ),
  plant('predicts: three classes, not in their order', machines, 750, (base, random) => {
    const means: Readonly<Record<string, number>> = { fine: 50, worn: 90, failing: 10 };
    return {
      columns: {
        ...base.columns,
        Wartungskosten: (base.columns['state'] ?? []).map((label) =>
          normal(random, means[label] ?? 0, 7).toFixed(1),
        ),
      },
      expected: leak(['Wartungskosten'], 'predicts_target', 'determines_target'),
    };
  }),
  plant(
    'predicts: 4% of positives, with missing cells (AUC 0.998)',
    orders,
    2500,
    (base, random) => {
      const fraud = classes(random, base.score, { no: 0.96, yes: 0.04 });
      const points = fraud.map((label) => normal(random, label === 'yes' ? 8 : 0, 2).toFixed(2));
      return {
        columns: {
          ...without(base.columns, 'returned'),
          chargeback: changed(points, someRows(random, 2500, 300), () => ''),
          fraud,
        },
        target: 'fraud',
        expected: leak(['chargeback'], 'predicts_target', 'determines_target'),
      };
    },
  ),
];

/** One column from which the target follows. */
export const determiningTables: readonly PlantedTable[] = [
  plant('determines: a threshold', survey, 500, (base, random) => ({
    columns: {
      ...base.columns,
      recommend: (base.columns['satisfied'] ?? []).map((label) =>
        String(label === 'yes' ? 7 + random.integer(4) : random.integer(7)),
      ),
    },
    expected: leak(['recommend'], 'determines_target', 'predicts_target'),
  })),
  plant(
    'determines: nine reasons, each of one outcome, some missing',
    orders,
    800,
    (base, random) => {
      const reasons = {
        yes: ['too small', 'too large', 'broken', 'late'],
        no: ['gift', 'own use', 'repeat', 'trial', 'office'],
      };
      const reason = (base.columns['returned'] ?? []).map((label) =>
        pick(random, reasons[label === 'yes' ? 'yes' : 'no']),
      );
      return {
        columns: {
          closing_reason: changed(reason, someRows(random, 800, 60), () => ''),
          ...base.columns,
        },
        expected: leak(['closing_reason'], 'determines_target', 'predicts_target'),
      };
    },
  ),
  plant('determines: far from the middle on either side', machines, 900, (base, random) => {
    const deviation = column(900, () => normal(random, 0, 1).toFixed(3));
    return {
      columns: {
        ...without(base.columns, 'state'),
        offset_mm: deviation,
        rejected: deviation.map((value) => (Math.abs(Number(value)) > 0.9 ? 'yes' : 'no')),
      },
      target: 'rejected',
      expected: leak(['offset_mm'], 'determines_target', 'predicts_target'),
    };
  }),
  plant('determines: the cause of death tells who died', clinic, 600, (base) => ({
    columns: {
      ...base.columns,
      cause_of_death: (base.columns['outcome'] ?? []).map((label, row) =>
        label === 'yes' ? (['cardiac', 'sepsis', 'stroke'][row % 3] ?? '') : 'none (alive)',
      ),
    },
    expected: leak(['cause_of_death'], 'determines_target', 'predicts_target'),
  })),
];

/** One column computed from the target. */
export const functionTables: readonly PlantedTable[] = [
  plant('function: degrees Fahrenheit', machines, 500, (base, random) => {
    const celsius = column(500, () => normal(random, 21, 6).toFixed(1));
    return {
      columns: {
        ...base.columns,
        reading_b: celsius.map((text) => (Number(text) * 1.8 + 32).toFixed(1)),
        outlet_c: celsius,
      },
      target: 'outlet_c',
      expected: exact('reading_b'),
    };
  }),
  plant('function: the price in thousands', houses, 400, (base) => ({
    columns: {
      Wert: numbers(base.columns['price']).map((price) => (price / 1000).toFixed(1)),
      ...base.columns,
    },
    expected: exact('Wert'),
  })),
  plant('function: yes and no as 1 and 0', clinic, 600, (base) => ({
    columns: {
      ...base.columns,
      flag: (base.columns['outcome'] ?? []).map((label) => (label === 'yes' ? '1' : '0')),
    },
    expected: exact('flag'),
  })),
  plant('function: the logarithm of the price', houses, 700, (base) => ({
    columns: {
      ...base.columns,
      price_feature: numbers(base.columns['price']).map((price) => ln(price).toFixed(4)),
    },
    expected: exact('price_feature'),
  })),
  plant('function: three classes in German', machines, 450, (base, random) => {
    const other: Readonly<Record<string, string>> = {
      fine: 'gut', worn: 'verschlissen', failing: 'defekt',
    }; // prettier-ignore
    const german = (base.columns['state'] ?? []).map((label) => other[label] ?? '');
    return {
      columns: { zustand: changed(german, someRows(random, 450, 30), () => ''), ...base.columns },
      expected: exact('zustand'),
    };
  }),
  plant('function: what is left of 100', survey, 500, (base, random) => {
    const done = base.score.map((value) =>
      Math.min(100, Math.max(0, Math.round(50 + 11 * value + normal(random, 0, 11)))),
    );
    return {
      columns: {
        ...base.columns,
        remaining: done.map((value) => String(100 - value)),
        done: done.map(String),
      },
      target: 'done',
      expected: exact('remaining'),
    };
  }),
  plant('function: whether it is the first of three classes', machines, 600, (base) => ({
    columns: {
      ...base.columns,
      is_fine: (base.columns['state'] ?? []).map((label) => String(label === 'fine')),
    },
    expected: leak(['is_fine'], 'function_of_target', 'determines_target', 'predicts_target'),
  })),
  plant('function: the square of a side', houses, 500, (base) => {
    const side = base.score.map((value) => exp(3 + 0.25 * value).toFixed(2));
    return {
      columns: {
        ...without(base.columns, 'price'),
        surface: side.map((text) => pow(Number(text), 2).toFixed(2)),
        side,
      },
      target: 'side',
      expected: exact('surface'),
    };
  }),
  plant('function: the decile of the price', houses, 1000, (base) => {
    const price = numbers(base.columns['price']);
    const sorted = [...price].sort((a, b) => a - b);
    return {
      columns: {
        ...base.columns,
        price_band: price.map((value) => String(1 + Math.floor(sorted.indexOf(value) / 100))),
      },
      expected: leak(['price_band'], 'function_of_target', 'determines_target', 'predicts_target'),
    };
  }),
];

function exact(name: string): Expected[] {
  return leak([name], 'function_of_target', 'determines_target');
}
