import { describe, expect, it } from 'vitest';
import { predictTable, readContract } from '#core/predict.ts';
import { modelCard } from '#core/registry/model-card.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readText } from '../../support/csv.ts';
import {
  expectEndsWell,
  nodeEngine,
  noise,
  runCsv,
  tableOf,
  type Experiment,
} from '../../support/experiment.ts';
import { refusalOf } from '../../support/refusal.ts';

/** Two lines, one in rows that count and one in rows that do not. */
const counts = (row: number): boolean => row % 3 !== 0;
const cells = {
  size: (row: number) => noise(row).toFixed(4),
  price: (row: number) =>
    ((counts(row) ? 4 : -4) * Number(noise(row).toFixed(4)) + noise(row, 1) / 50).toFixed(4),
  kind: (row: number) => (noise(row) > 0.5 === counts(row) ? 'large' : 'small'),
  rows: (row: number) => (counts(row) ? 2.5 : 0),
};
const csv = tableOf(240, cells);
const ridge = { name: 'ridge', model: 'ridge', parameters: { alpha: 1e-6 } };

function run(
  change: Partial<Spec> = {},
  text = csv,
  target: 'price' | 'kind' = 'price',
): Promise<Experiment> {
  const other = target === 'price' ? 'kind' : 'price';
  return runCsv(text, target, (spec) => ({
    ...spec,
    columns: { [other]: { type: 'ignore' } },
    rows: { duplicates: 'keep', weights: 'rows' },
    candidates: [...spec.candidates.slice(0, 1), ridge],
    ...change,
  }));
}

/** What the exported model says of a size of 1. */
async function atOne({ outcome }: Experiment): Promise<number> {
  const bytes = outcome.models.get('ridge') ?? new Uint8Array();
  const session = await (await nodeEngine()).openModel(bytes);
  const { table } = await readText('size\n1\n');
  const [prediction] = await predictTable(session, readContract(bytes), table);
  await session.release();
  return prediction?.task === 'regression' ? prediction.value : NaN;
}

describe('a column of weights', () => {
  it('decides what is learned, whatever its unit, and is no input', async () => {
    const weighted = await run();
    expectEndsWell(weighted);
    const { record, models } = weighted.outcome;
    const contract = readContract(models.get('ridge') ?? new Uint8Array());
    expect(contract.inputs.map(({ name }) => name)).toEqual(['size']);
    expect(modelCard(record)).toContain('each row counts as column `rows` says');
    // Rows of weight 0 say nothing; by all rows together the line is a third as steep.
    expect(await atOne(weighted)).toBeCloseTo(4, 1);
    const columns = { kind: { type: 'ignore' }, rows: { type: 'ignore' } } as const;
    const even = await run({ rows: { duplicates: 'keep' }, columns });
    expect(await atOne(even)).toBeLessThan(2);
    const scaled = tableOf(240, { ...cells, rows: (row) => cells.rows(row) / 1e6 });
    expect(await atOne(await run({}, scaled))).toBeCloseTo(await atOne(weighted), 6);
  });

  it('weighs the rows of classes, trees and folds, beside a balance', async () => {
    const quick: Readonly<Record<string, object>> = {
      gradient_boosting: { max_iter: 5 },
      random_forest: { n_estimators: 5 },
    };
    const models = ['logistic_regression', 'gradient_boosting', 'random_forest', 'naive_bayes'];
    const change = {
      split: {
        method: 'random' as const,
        folds: 2,
        stratify: true,
        train: 0.6,
        validation: 0.2,
        test: 0.2,
      },
      candidates: [
        { name: 'baseline', model: 'majority', parameters: {} },
        ...models.map((model) => ({ name: model, model, parameters: { ...quick[model] } })),
        ...['class_weight', 'oversample'].map((method) => ({
          ...{ name: method, model: 'logistic_regression', parameters: {} },
          balance: { method, parameters: {} },
        })),
      ],
    };
    const weighted = await run(change, csv, 'kind');
    expectEndsWell(weighted);
    const even = await run({ ...change, rows: { duplicates: 'keep' } }, csv, 'kind');
    for (const [i, candidate] of weighted.outcome.record.candidates.entries()) {
      const other = even.outcome.record.candidates[i];
      if (candidate.model === 'majority') continue;
      expect(candidate.weightsSha256, candidate.name).not.toBe(other?.weightsSha256);
      const first = candidate.crossValidation?.folds[0]?.weightsSha256;
      expect(first, candidate.name).not.toBe(other?.crossValidation?.folds[0]?.weightsSha256);
    }
  });
});

describe('weights that cannot be', () => {
  const withCell = (row: number, cell: string) =>
    tableOf(240, { ...cells, rows: (at) => (at === row ? cell : cells.rows(at)) });

  it.each([
    [
      'a missing one',
      withCell(6, ''),
      {},
      /^Row 7, column "rows": how much the row counts is miss/,
    ],
    ['one below 0', withCell(9, '-1'), {}, /^Row 10, column "rows": a row cannot count -1;/],
    ['a text', withCell(4, 'much'), {}, /rows/],
    ['none at all', tableOf(240, { ...cells, rows: () => 0 }), {}, /all 144 training rows count 0/],
    [
      'no such column',
      csv,
      { rows: { duplicates: 'keep', weights: 'w' } },
      /^rows\.weights is "w"/,
    ],
    ['the target', csv, { rows: { duplicates: 'keep', weights: 'price' } }, /which is the target/],
    [
      'a model that takes none',
      csv,
      {
        candidates: [
          { name: 'baseline', model: 'mean', parameters: {} },
          { name: 'near', model: 'nearest_neighbours', parameters: {} },
        ],
      },
      /^candidates\[1\]\.model is nearest_neighbours, and Nearest neighbours takes no weights/,
    ],
  ] as const)('%s', async (_, text, change, message) => {
    const error = await refusalOf(() => run(change as Partial<Spec>, text));
    expect(error.message).toMatch(message);
  });

  it('of rows that SMOTE makes', async () => {
    const candidates = [
      { name: 'baseline', model: 'majority', parameters: {} },
      {
        ...{ name: 'smote', model: 'logistic_regression', parameters: {} },
        balance: { method: 'smote', parameters: {} },
      },
    ];
    const error = await refusalOf(() => run({ candidates }, csv, 'kind'));
    expect(error.details?.path).toBe('candidates[1].balance.method');
  });
});
