import type { RandomStream } from '#core/random.ts';
import { classes, clinic, houses, machines, orders, standardized } from './domains.ts';
import { between, changed, column, dayFirst, fromOne, isoDate, isoHour, normal, padded, rowsWith, someRows, weighted } from './draw.ts'; // prettier-ignore
import { plant, rowsAt, without, type Columns, type Expected, type PlantedTable } from './table.ts';

const shares = { train: 0.6, validation: 0.2, test: 0.2 };
const byPart = { method: 'column', by: 'part', stratify: false };
const random60 = { method: 'random', stratify: false };

/** The same rows to learn from and to be judged by. */
export const sharedRowsTables: readonly PlantedTable[] = [
  plant('shared rows: 60 duplicates under a random split', machines, 540, (base, random) => {
    const order = [...Array(540).keys(), ...someRows(random, 540, 60)];
    return {
      columns: rowsAt(base.columns, random.shuffle(order)),
      split: random60,
      expected: [
        { codes: ['rows_in_train_and_test'], columns: [], alarm: true },
        { codes: ['duplicate_rows'], columns: [], minimumCount: 60 },
      ],
    };
  }),
  plant('shared rows: test rows copied into the training part', clinic, 500, (base, random) => {
    const part = column(500, () => weighted(random, shares));
    const copied = rowsWith(part, 'test').slice(0, 20);
    const order = [...Array(500).keys(), ...copied];
    const columns = rowsAt({ ...base.columns, part }, order);
    const added = copied.map((_, i) => 500 + i);
    return {
      columns: { ...columns, part: changed(columns['part'] ?? [], added, () => 'train') },
      split: byPart,
      expected: [
        {
          codes: ['rows_in_train_and_test'],
          columns: [],
          rows: fromOne([...copied, ...added]),
          minimumCount: 20,
          alarm: true,
        },
      ],
    };
  }),
  plant('shared rows: the rare class repeated before the split', orders, 700, (base, random) => {
    const rare = rowsWith(base.columns['returned'] ?? [], 'yes').slice(0, 60);
    const order = [...Array(700).keys(), ...rare, ...rare, ...rare, ...rare];
    return {
      columns: rowsAt(base.columns, random.shuffle(order)),
      split: { method: 'random', stratify: true },
      expected: [
        { codes: ['rows_in_train_and_test'], columns: [], alarm: true },
        { codes: ['duplicate_rows'], columns: [], minimumCount: 240 },
      ],
    };
  }),
];

/** Several rows of one person or thing, and some of them on the other side. */
export const entityTables: readonly PlantedTable[] = [
  plant('entity: patients with several visits', clinic, 640, (base, random) => ({
    columns: { patient_id: owners(random, 640, 160, (i) => String(20_310 + i)), ...base.columns },
    split: random60,
    expected: [onBothSides('patient_id')],
  })),
  plant('entity: users, stratified by class', orders, 1200, (base, random) => ({
    columns: { ...base.columns, user: owners(random, 1200, 200, (i) => `u-${padded(i, 4)}`) },
    split: { method: 'random', stratify: true },
    expected: [onBothSides('user')],
  })),
  plant('entity: record numbers in a given split', clinic, 600, (base, random) => ({
    columns: {
      mrn: owners(random, 600, 150, (i) => `MR${padded(7 * i + 1003, 6)}`),
      ...base.columns,
      part: column(600, () => weighted(random, shares)),
    },
    split: byPart,
    expected: [onBothSides('mrn')],
  })),
  plant('entity: grouped by the visit and not by the patient', clinic, 500, (base, random) => ({
    columns: {
      visit_no: column(500, (row) => `V${padded(row + 1, 5)}`),
      Patientennummer: owners(random, 500, 120, (i) => String(5001 + i)),
      ...base.columns,
    },
    split: { method: 'group', by: 'visit_no', stratify: false },
    expected: [onBothSides('Patientennummer')],
  })),
  plant('entity: forty machines read twenty times', machines, 800, (base, random) => {
    const serial = owners(random, 800, 40, (i) => `SN-${padded(3391 + 17 * i, 7)}`);
    const level = new Map([...new Set(serial)].map((name) => [name, normal(random, 0, 9)]));
    return {
      columns: {
        'device.serial_number': serial,
        ...base.columns,
        hours_left: serial.map((name) =>
          normal(random, 120 + 3 * (level.get(name) ?? 0), 9).toFixed(1),
        ),
      },
      target: 'hours_left',
      split: random60,
      expected: [onBothSides('device.serial_number')],
    };
  }),
];

/** `count` owners dealt to the rows, each about equally often. */
function owners(
  random: RandomStream,
  rows: number,
  count: number,
  name: (index: number) => string,
): string[] {
  return random.shuffle(column(rows, (row) => name(row % count)));
}

function onBothSides(name: string): Expected {
  return { codes: ['entity_in_train_and_test'], columns: [name], alarm: true };
}

/** Rows that lie after those that the model is judged by. */
export const futureTrainingTables: readonly PlantedTable[] = [
  plant('future training: daily sales dealt at random', orders, 700, (base, random) => ({
    columns: {
      date: column(700, (row) => isoDate('2024-02-01', row)),
      ...numeric(base.columns),
      sales: series(random, 700, 5200, 400),
    },
    target: 'sales',
    split: random60,
    expected: [fromFuture('date')],
  })),
  plant('future training: an hourly sensor dealt at random', machines, 1400, (base, random) => ({
    columns: {
      timestamp: column(1400, (row) => isoHour('2025-11-03', row)),
      ...numeric(base.columns),
      load_kw: series(random, 1400, 85, 9),
    },
    target: 'load_kw',
    split: random60,
    expected: [fromFuture('timestamp')],
  })),
  plant('future training: a given split, backwards', houses, 600, (base, random) => {
    const day = Array.from({ length: 600 }, () => between(random, 0, 1000));
    return {
      columns: {
        sold_on: day.map((days) => isoDate('2022-05-01', days)),
        ...base.columns,
        part: day.map((days) => (days > 400 ? 'train' : days > 200 ? 'validation' : 'test')),
      },
      split: byPart,
      expected: [fromFuture('sold_on')],
    };
  }),
  plant('future training: seconds since 1970', machines, 1000, (base, random) => ({
    columns: {
      ts: column(1000, (row) => 1_735_689_600 + 900 * row),
      ...numeric(base.columns),
      next_power: series(random, 1000, 340, 30),
    },
    target: 'next_power',
    split: random60,
    expected: [fromFuture('ts')],
  })),
  plant('future training: day first, German, with classes', machines, 500, (base, random) => {
    const wear = standardized(series(random, 500, 0, 1).map(Number));
    return {
      columns: {
        Datum: column(500, (row) => dayFirst(isoDate('2024-10-01', row))),
        ...without(base.columns, 'state'),
        Störung: classes(random, wear, { nein: 0.6, ja: 0.4 }, 0.3),
      },
      target: 'Störung',
      split: { method: 'random', stratify: true },
      expected: [fromFuture('Datum')],
    };
  }),
];

/** A series in which each value follows the one before (an AR(1) process, coefficient 0.97). */
function series(random: RandomStream, length: number, mean: number, deviation: number): string[] {
  let at = 0;
  return column(length, () => {
    at = 0.97 * at + Math.sqrt(1 - 0.97 * 0.97) * random.normal();
    return (mean + deviation * at).toFixed(1);
  });
}

function numeric(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).filter(([, cells]) => !Number.isNaN(Number(cells[0]))),
  );
}

function fromFuture(name: string): Expected {
  return { codes: ['trains_on_future'], columns: [name], alarm: true };
}
