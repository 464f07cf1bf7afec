import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { textCells } from '#core/data/text-cells.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import { circleNames, dateParts } from '#core/features/dates/date-fields.ts';
import { stepNamed } from '#core/features/registry.ts';
import { RandomStream } from '#core/random.ts';
import { stepFeeds, stepGraph } from '../support/step-graph.ts';
import { runPython } from './python.ts';
import { inThreeRuntimes, type ThreeAnswers } from './three-runtimes.ts';

/** Every day of two hundred years, each with another time, and times as files write them. */
const FIRST = Date.UTC(1900, 0, 1);
const DAYS = 73_414;
const everyDay = Array.from({ length: DAYS }, (_, i) => {
  const moment = new Date(FIRST + i * 86_400_000 + ((i * 7_919) % 86_400) * 1000).toISOString();
  return i % 3 === 0 ? moment.slice(0, 10) : moment.slice(0, i % 3 === 1 ? 19 : 23);
});
const odd = [
  '2024-02-29T23:59:59.999999',
  '2024-02-29 07:05',
  '2023-12-31T23:30:00-05:00',
  '2024-01-01T00:30:00+05:30',
  '2024-03-01T00:00:00+14:00',
  '2024-06-15T12:00:00.5Z',
  '1999-12-31T23:59',
  '0001-01-01',
  '0004-02-29T12:00:00',
  '9999-12-31T23:59:59',
  '1582-10-15',
  '2000-02-29',
  '2100-02-28',
];
const texts = [...odd, ...everyDay];
/** What a pipeline may be given beside them: no date, and what the reader would not have let through. */
const strangers = ['', 'NaT', '2023-02-29', '2024-1-1', '2024-01-01T25:00:00', '٢٠٢٤-٠١-٠١', ' '];

/** As whoever asks the graph itself may write them. */
const unread = [
  '1999-12-31T23:59',
  '2024-02-29 07:05:09',
  '2024-02-29 07:05',
  '1969-07-20 20:17:40.25Z',
  '2024-03-01T00:00Z',
  '2024-02-29T23:30:00-05:00',
  '2024-01-01 00:30+05:30',
  '2023-12-31T23:30-00:45',
  '1900-03-01T00:59:59.5+01:00',
  '2000-03-01T00:00+23:59',
  '0001-01-02T00:00:00+14:00',
  '9999-12-30T23:59:59.25-23:59',
  '2024-07-07T07:07:07+00:00',
];

const step = stepNamed('date_parts');
const parameters = { parts: dateParts, cyclical: circleNames };
const earliest = '1900-01-01T06:00:00';
const state = step.fit([dates(['', earliest, '1950-01-01'])], parameters, {
  task: 'regression',
  target: new Float64Array(3),
  outputs: 1,
  random: new RandomStream(1),
});

function dates(values: readonly string[]): FeatureColumn {
  const table = { names: ['when'], columns: [textCells(values)], rowCount: values.length };
  return typedColumn(table, { name: 'when', type: 'datetime', missing: [''] });
}

const given: FeatureColumn = {
  kind: 'text',
  name: 'when',
  values: [...strangers, ...unread, ...(dates(texts).values as readonly string[])],
};
const own = step.transform([given], state);

describe('parts of dates', () => {
  it('are those of Python’s datetime, on every day from 1900 to 2100 and at odd times', async () => {
    const script = fileURLToPath(new URL('dates.py', import.meta.url));
    const all = [...unread, ...texts];
    const python = JSON.parse(
      await runPython(script, { input: JSON.stringify({ earliest, texts: all }) }),
    ) as Readonly<Record<string, readonly number[]>>;
    const names = own.map(({ name }) => name.replace('when.', ''));
    expect(names.toSorted()).toEqual(Object.keys(python).toSorted());
    for (const [j, name] of names.entries()) {
      const wrong = all.filter((_, row) => {
        const wanted = python[name]?.[row] ?? NaN;
        const got = Number(own[j]?.values[strangers.length + row]);
        return !(Math.abs(got - wanted) <= (name === 'elapsed_days' ? 1e-9 : 1e-15));
      });
      expect(wrong, name).toEqual([]);
    }
  });

  it('are missing where there is no date', () => {
    for (const { name, values } of own) {
      const found = Array.from(values.slice(0, strangers.length), Number);
      expect(found, name).toEqual(strangers.map(() => (name === 'when.is_missing' ? 1 : NaN)));
    }
  });
});

describe('the graph takes dates apart to the same bits', () => {
  /** All that is odd, and of the days every eleventh. */
  const few = strangers.length + unread.length + odd.length;
  const some = given.values.map((_, row) => row).filter((row) => row < few || row % 11 === 0);
  let answers: ThreeAnswers;
  beforeAll(async () => {
    const values = some.map((row) => String(given.values[row]));
    const feeds = stepFeeds([[{ kind: 'text', name: 'when', values }]]);
    const bytes = stepGraph(step, [{ state, columns: [given] }]);
    answers = await inThreeRuntimes(bytes, feeds, some.length, 'features0');
  });

  it.each(['web', 'node', 'python'] as const)('%s', (runtime) => {
    const got = answers[runtime];
    expect(got).toHaveLength(some.length * own.length);
    for (const [j, { name, values }] of own.entries()) {
      const wrong = some.filter(
        (row, i) => !Object.is(got[i * own.length + j], Number(values[row])),
      );
      expect(wrong, name).toEqual([]);
    }
  });
});
