import { beforeAll, describe, expect, it } from 'vitest';
import { columnCells } from '#core/data/table.ts';
import { predictRecords, predictTable, readContract } from '#core/predict.ts';
import { predictionsCsv } from '#core/predictions-csv.ts';
import { contractAsRead } from '#core/spec/contract-as-read.ts';
import { contractJsonSchema } from '#core/spec/json-schema.ts';
import { pythonSnippet } from '#core/registry/python-snippet.ts';
import { withForecast } from '#core/spec/propose-forecast.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { noise, runDataset, tableOf, type Experiment } from '../../support/experiment.ts';
import { readText, textsOf } from '../../support/csv.ts';
import { refusalOf } from '../../support/refusal.ts';

const ROWS = 70;
const day = (row: number): string =>
  new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
const columns = {
  day: (row: number) => day(row % ROWS),
  shop: (row: number) => (row < ROWS ? 'east' : 'west'),
  sales: (row: number) => (30 + 5 * (row % 7) + 4 * noise(row)).toFixed(2),
};

let experiment: Experiment;
beforeAll(async () => {
  const dataset = await readText(tableOf(2 * ROWS, columns));
  experiment = await runDataset(dataset, 'sales', (spec) => {
    const made = withForecast(spec, dataset.info, {
      ...{ time: 'day', series: 'shop', horizon: 2, season: 7 },
      ...{ lags: [0, 1], inputs: [], rolling: { windows: [3], statistics: ['mean', 'max'] } },
    });
    return { ...made, candidates: made.candidates.filter(({ model }) => model !== 'mlp') };
  });
});

/** The ridge of the run, asked in its exported graph. */
async function asked<T>(
  question: (
    session: Awaited<ReturnType<typeof openModelOnNode>>,
    contract: ReturnType<typeof readContract>,
  ) => Promise<T>,
): Promise<T> {
  const name = experiment.outcome.record.candidates.find(({ model }) => model === 'ridge')?.name;
  const bytes = experiment.outcome.models.get(name ?? '') ?? new Uint8Array();
  const session = await openModelOnNode(bytes);
  try {
    return await question(session, readContract(bytes));
  } finally {
    await session.release();
  }
}

/** Rows of both shops from one day to another, the latest first. */
function rowsOf(
  from: number,
  to: number,
  all: Readonly<Record<string, (row: number) => string>> = columns,
): string {
  const days = Array.from({ length: to - from }, (_, i) => to - 1 - i);
  const rows = days.flatMap((one) => [one, one + ROWS]);
  return tableOf(
    rows.length,
    Object.fromEntries(
      Object.entries(all).map(([name, of]) => [name, (i: number) => of(rows[i] ?? 0)]),
    ),
  );
}

describe('a table of the last rows', () => {
  it('gives one forecast for each series, whatever the order of its rows', async () => {
    const { table } = await readText(rowsOf(40, 60));
    const csv = await asked(async (session, contract) =>
      predictionsCsv(table, contract, await predictTable(session, contract, table)),
    );
    const [header, east, west, ...rest] = csv.trim().split('\n');
    expect(header).toBe('shop,day,predicted_sales');
    expect(east).toMatch(/^east,2024-03-02,\d/);
    expect(west).toMatch(/^west,2024-03-02,\d/);
    expect(rest).toEqual([]);
  });

  it('is read as it is said to be written: times with the day first, decimal commas', async () => {
    const german = {
      ...columns,
      day: (row: number) =>
        day(row % ROWS)
          .split('-')
          .toReversed()
          .join('/'),
      sales: (row: number) => columns.sales(row).replace('.', ','),
    };
    const { table } = await readText(rowsOf(40, 60));
    const { table: written } = await readText(rowsOf(40, 60, german));
    const settings = { dates: 'day_first', decimal: ',' } as const;
    const values = (predictions: Awaited<ReturnType<typeof predictTable>>) =>
      predictions.map((one) => (one.task === 'regression' ? one.value : NaN));
    await asked(async (session, contract) => {
      const said = await predictTable(session, contractAsRead(contract, settings), written);
      expect(values(said)).toEqual(values(await predictTable(session, contract, table)));
    });
  });

  it('says the same as a record of windows, oldest first', async () => {
    const { table } = await readText(rowsOf(40, 60));
    const [fromRows] = await asked((session, contract) => predictTable(session, contract, table));
    const sales = Array.from({ length: 6 }, (_, i) => Number(columns.sales(54 + i)));
    const [fromRecord] = await asked((session, contract) =>
      predictRecords(session, contract, [{ shop: 'east', day: '2024-03-02', sales }]),
    );
    expect(fromRows).toMatchObject({ moment: { series: 'east', last: '2024-02-29' } });
    expect(fromRecord).toEqual({ task: 'regression', value: valueOf(fromRows) });
  });

  it('needs as many rows as the model looks back on, and its columns', async () => {
    const { table } = await readText(rowsOf(56, 60));
    const { message } = await refusalOf(() =>
      asked((session, contract) => predictTable(session, contract, table)),
    );
    expect(message).toContain('The series "east" has 4 rows');
    expect(message).toContain('from the last 6');
    const without = await readText(rowsOf(40, 60, { shop: columns.shop, sales: columns.sales }));
    const refused = await refusalOf(() =>
      asked((session, contract) => predictTable(session, contract, without.table)),
    );
    expect(refused.message).toContain('lack the column "day"');
  });
});

it('a value outside of the contract is named by its row in the table, whose rows are in any order', async () => {
  const { table } = await readText(rowsOf(40, 60));
  const { message } = await refusalOf(() =>
    asked((session, contract) => {
      const max = Math.max(...textsOf(columnCells(table, 'sales')).map(Number)) - 0.01;
      const inputs = contract.inputs.map((input) =>
        input.name === 'sales' ? { ...input, allowed: { range: { max } } } : input,
      );
      return predictTable(session, { ...contract, inputs }, table);
    }),
  );
  const [, row = '', value] =
    /^Row (\d+), column "sales": the value is ([\d.]+),/.exec(message) ?? [];
  expect(columnCells(table, 'sales').at(Number(row) - 1)).toContain(value);
});

it('a record whose window has another length is refused', async () => {
  const { message } = await refusalOf(() =>
    asked((session, contract) =>
      predictRecords(session, contract, [{ shop: 'east', day: '2024-03-02', sales: [1, 2] }]),
    ),
  );
  expect(message).toContain('Record 1, "sales"');
  expect(message).toContain('got a list of 2');
});

it('the contract says in JSON Schema and in Python what shape a window has', async () => {
  const contract = await asked((_, found) => Promise.resolve(found));
  expect(contractJsonSchema(contract)['properties']).toMatchObject({
    sales: { type: 'array', minItems: 6, maxItems: 6, items: { type: ['number', 'null'] } },
  });
  expect(pythonSnippet(contract)).toMatch(/"sales": np\.full\(\(1, 6\), .+oldest first/);
});

function valueOf(prediction: object | undefined): number {
  return prediction !== undefined && 'value' in prediction ? Number(prediction.value) : NaN;
}
