import { clinic, houses, machines, orders, survey } from './domains.ts';
import { between, changed, column, dayFirst, fromOne, isoDate, isoHour, monthFirst, someRows } from './draw.ts'; // prettier-ignore
import { plant, type Expected, type PlantedTable } from './table.ts';

/** Ends before starts, and moments that jump back in a record of one after the other. */
export const outOfOrderTables: readonly PlantedTable[] = [
  plant('out of order: discharged before admitted', clinic, 600, (base, random) => {
    const wrong = someRows(random, 600, 18);
    const start = column(600, () => between(random, 0, 700));
    const stay = changed(column(600, () => between(random, 1, 21)), wrong, () => -between(random, 2, 30)); // prettier-ignore
    const [admitted, discharged] = dates('2024-01-08', start, stay);
    return {
      columns: { admission_date: admitted, discharge_date: discharged, ...base.columns },
      expected: [pair('admission_date', 'discharge_date', wrong)],
    };
  }),
  plant('out of order: German headers, day first', clinic, 400, (base, random) => {
    const wrong = someRows(random, 400, 12);
    const start = column(400, () => between(random, 0, 500));
    const stay = changed(column(400, () => between(random, 0, 40)), wrong, () => -between(random, 5, 90)); // prettier-ignore
    const [from, to] = dates('2024-03-01', start, stay);
    return {
      columns: {
        ...base.columns,
        Aufnahmedatum: from.map((date) => dayFirst(date)),
        Entlassungsdatum: to.map((date) => dayFirst(date)),
      },
      expected: [pair('Aufnahmedatum', 'Entlassungsdatum', wrong)],
    };
  }),
  plant(
    'out of order: shipped before ordered, 1% of the rows, no target',
    orders,
    900,
    (base, random) => {
      const wrong = someRows(random, 900, 9);
      const ordered = Array.from({ length: 900 }, () => between(random, 0, 9000));
      const hours = column(900, () => between(random, 3, 120));
      const late = changed(hours, wrong, () => -between(random, 48, 400)).map(Number);
      return {
        columns: {
          ordered_at: ordered.map((hour) => isoHour('2025-01-02', hour)),
          ...base.columns,
          shipped_at: ordered.map((hour, row) => isoHour('2025-01-02', hour + (late[row] ?? 0))),
        },
        target: null,
        expected: [pair('ordered_at', 'shipped_at', wrong)],
      };
    },
  ),
  plant(
    'out of order: eight rows of a running record lie a year back',
    machines,
    600,
    (base, random) => {
      const wrong = someRows(random, 599, 8).map((row) => row + 1);
      return {
        columns: {
          recorded_at: column(600, (row) =>
            isoHour('2025-04-01', 6 * row - (wrong.includes(row) ? 365 * 24 : 0)),
          ),
          ...base.columns,
        },
        expected: [{ codes: ['dates_out_of_order'], columns: ['recorded_at'] }],
      };
    },
  ),
  plant(
    'out of order: treated before enrolled, gaps among the dates',
    survey,
    500,
    (base, random) => {
      const wrong = someRows(random, 500, 15);
      const start = column(500, () => between(random, 0, 600));
      const wait = changed(column(500, () => between(random, 1, 30)), wrong, () => -between(random, 10, 60)); // prettier-ignore
      const [enrolled, treated] = dates('2023-09-04', start, wait);
      const [, left] = dates(
        '2023-09-04',
        start,
        column(500, () => between(random, 60, 300)),
      );
      const blank = someRows(random, 500, 40).filter((row) => !wrong.includes(row));
      return {
        columns: {
          enrolled: enrolled.map((date) => dayFirst(date, '/')),
          treated: changed(treated, blank, () => '').map((date) => dayFirst(date, '/')),
          follow_up: left.map((date) => dayFirst(date, '/')),
          ...base.columns,
        },
        expected: [pair('enrolled', 'treated', wrong)],
      };
    },
  ),
];

/** Two columns of ISO dates: days after a start, and days after those. */
function dates(
  start: string,
  days: readonly string[],
  later: readonly string[],
): readonly [string[], string[]] {
  return [
    days.map((day) => isoDate(start, Number(day))),
    days.map((day, row) => isoDate(start, Number(day) + Number(later[row] ?? 0))),
  ];
}

function pair(from: string, to: string, wrong: readonly number[]): Expected {
  return {
    codes: ['dates_out_of_order'],
    columns: [from, to],
    rows: fromOne(wrong),
    minimumCount: wrong.length,
  };
}

/** Records of things that have not happened yet, read on 15 June 2026. */
export const futureTables: readonly PlantedTable[] = [
  plant('future: five years mistyped', clinic, 500, (base, random) => {
    const rows = someRows(random, 500, 5);
    const visits = column(500, () => isoDate('2024-01-01', between(random, 0, 880)));
    return {
      columns: {
        visit_date: changed(visits, rows, (date) => date.replace(/^202\d/, '2062')),
        ...base.columns,
      },
      expected: [inFuture('visit_date', rows)],
    };
  }),
  plant('future: invoices of next year, as in the United States', orders, 600, (base, random) => {
    const rows = someRows(random, 600, 12);
    const day = column(600, () => isoDate('2025-01-01', between(random, 0, 520)));
    const invoiced = changed(day, rows, () => isoDate('2027-01-01', between(random, 0, 330)));
    return {
      columns: { ...base.columns, invoice_date: invoiced.map(monthFirst) },
      expected: [inFuture('invoice_date', rows)],
    };
  }),
  plant('future: three visits in 2031, French, no target', houses, 450, (base, random) => {
    const rows = someRows(random, 450, 3);
    const day = column(450, () => isoDate('2023-02-01', between(random, 0, 1100)));
    const visited = changed(day, rows, () => isoDate('2031-05-01', between(random, 0, 200)));
    return {
      columns: {
        'date de visite': visited.map((date) => dayFirst(date, '/')),
        ...base.columns,
      },
      target: null,
      expected: [inFuture('date de visite', rows)],
    };
  }),
  plant('future: a clock that runs months ahead', machines, 800, (base, random) => {
    const rows = someRows(random, 800, 40);
    const hour = column(800, () => isoHour('2026-01-01', between(random, 0, 3900)));
    return {
      columns: {
        ...base.columns,
        measured_at: changed(hour, rows, () => isoHour('2026-09-01', between(random, 0, 900))),
      },
      expected: [inFuture('measured_at', rows)],
    };
  }),
];

function inFuture(name: string, rows: readonly number[]): Expected {
  return {
    codes: ['dates_in_future'],
    columns: [name],
    rows: fromOne(rows),
    minimumCount: rows.length,
  };
}
