import { describe, expect, it } from 'vitest';
import type { GraphInput } from '#core/engine.ts';
import { predictRecords } from '#core/predict.ts';
import type { Contract } from '#core/spec/contract.ts';
import type { Spec } from '#core/spec/spec.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import {
  candidateOf,
  expectEndsWell,
  noise,
  runCsv,
  tableOf,
  type Experiment,
} from '../support/experiment.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

const words = Array.from({ length: 700 }, (_, i) => `word${i}`);
const text = (row: number): string =>
  Array.from({ length: 12 }, (_, i) => words[Math.floor(700 * noise(row, 20 + i) ** 2)]).join(' ');
const shop = (row: number): string =>
  row < 1100 ? `shop ${row}` : `shop ${Math.floor(1100 * noise(row, 1))}`;
const score = (row: number): number =>
  (row % 3) + noise(row, 2) + (Number(shop(row).slice(5)) % 7) / 5;

/** More than a thousand one-hot features, hashes, words and numbers, some of them missing. */
const table = tableOf(1800, {
  shop,
  part: (row) => `part ${Math.floor(400 * noise(row, 4))}`,
  note: text,
  size: (row) => (row % 11 === 0 ? '' : (10 * noise(row, 2)).toFixed(2)),
  turn: (row) => `t${row % 3}`,
  kind: (row) => (score(row) > 2 ? 'high' : score(row) > 1 ? 'middle' : 'low'),
  price: (row) => score(row).toFixed(4),
});

const models = {
  kind: [
    ['logistic_regression', { penalty: 'l2' }],
    ['naive_bayes', { kind: 'bernoulli' }],
  ],
  price: [
    ['ridge', {}],
    ['lasso', { alpha: 0.001 }],
    ['elastic_net', { alpha: 0.001 }],
    ['poisson_regression', { alpha: 0.01 }],
  ],
} as const;

function change(spec: Spec, target: keyof typeof models, steps: Spec['steps']): Spec {
  const other = target === 'kind' ? 'price' : 'kind';
  return {
    ...spec,
    columns: {
      ...{ shop: { type: 'categorical' }, part: { type: 'categorical' } },
      ...{ note: { type: 'text' }, [other]: { type: 'ignore' } },
    },
    steps,
    candidates: [
      ...spec.candidates.slice(0, 1),
      ...models[target].map(([model, parameters]) => ({ name: model, model, parameters })),
    ],
  };
}

const steps: Spec['steps'] = [
  { step: 'impute', columns: 'numeric', parameters: { add_indicator: true } },
  { step: 'scale', columns: 'numeric', parameters: {} },
  { step: 'impute', columns: ['shop', 'turn'], parameters: {} },
  { step: 'one_hot', columns: ['shop', 'turn'], parameters: { max_categories: 2000 } },
  { step: 'hashing', columns: ['part'], parameters: { n_features: 3000 } },
  { step: 'tfidf', columns: 'text', parameters: { min_df: 1 } },
];

/** A known row, one of which nothing was seen, and one without a value. */
const odd = [
  { shop: 'shop 5', part: 'part 7', note: text(3), size: 4, turn: 't1' },
  { shop: 'unseen', part: 'nothing like it', note: 'nothing known', size: 1e6, turn: 't9' },
  { shop: '', part: '', note: '', size: null, turn: '' },
];

function feedsOf({ inputs }: Contract): Record<string, GraphInput> {
  return Object.fromEntries(
    inputs.map(({ name, tensor, dtype }) => {
      const cells = odd.map((row) => (row as Record<string, string | number | null>)[name] ?? '');
      const numbers = cells.map((cell) => (cell === '' ? NaN : Number(cell)));
      return [
        tensor,
        dtype === 'string'
          ? { dtype, values: cells.map(String) }
          : dtype === 'float32'
            ? { dtype, values: Float32Array.from(numbers) }
            : { dtype, values: Float64Array.from(numbers) },
      ];
    }),
  );
}

describe.each(['kind', 'price'] as const)('thousands of features for %s', (target) => {
  let run: Experiment | undefined;
  const ran = async (): Promise<Experiment> =>
    (run ??= await runCsv(table, target, (spec) => change(spec, target, steps)));

  it('the graph agrees with the trainer on held-out rows, and the contract says how many', async () => {
    const experiment = await ran();
    expectEndsWell(experiment);
    const { contract, warnings } = experiment.outcome.record;
    expect(contract.features).toBeGreaterThan(4000);
    expect(warnings.join(' ')).toMatch(/features of each row, of which 0\.\d+% are not 0/);
  });

  it.each(models[target].map(([model]) => model))('%s in three runtimes', async (model) => {
    const { outcome } = await ran();
    const { contract } = outcome.record;
    const bytes = outcome.models.get(candidateOf(await ran(), model).name) ?? new Uint8Array();
    const output = target === 'kind' ? 'probabilities' : 'value';
    const { web, node, python } = await inThreeRuntimes(
      bytes,
      feedsOf(contract),
      odd.length,
      output,
    );
    const unit = contract.target.standardDeviation ?? 1;
    for (const other of [node, python]) {
      expect(other).toHaveLength(web.length);
      for (const [i, value] of other.entries()) {
        expect(Math.abs(value - (web[i] ?? NaN))).toBeLessThanOrEqual(1e-5 * unit);
      }
    }
    const session = await openModelOnNode(bytes);
    const predictions = await predictRecords(session, contract, odd);
    await session.release();
    const own = predictions.flatMap((one) =>
      one.task === 'classification'
        ? one.probabilities
        : one.task === 'regression'
          ? one.value
          : [],
    );
    for (const [i, value] of own.entries()) expect(value).toBeCloseTo(web[i] ?? NaN, 5);
  });
});
