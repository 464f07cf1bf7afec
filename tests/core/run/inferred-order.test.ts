import { beforeAll, describe, expect, it } from 'vitest';
import { textCells } from '#core/data/text-cells.ts';
import { predictTable } from '#core/predict.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import {
  expectEndsWell,
  noise,
  openBest,
  runCsv,
  tableOf,
  type Experiment,
} from '../../support/experiment.ts';

const words = ['low', 'medium', 'high', 'very high'];
/** What rises with the words as they are meant, and not as the alphabet has them. */
const csv = tableOf(160, {
  risk: (row) => (row % 23 === 3 ? '' : (words[(row * 7) % 4] ?? '')),
  y: (row) => (((row * 7) % 4) * 10 + noise(row, 1)).toFixed(3),
});

/** One feature of each category, and a line through it. */
function byPlace(columns: Spec['columns'] = {}): (spec: Spec) => Spec {
  return (spec) => ({
    ...spec,
    columns,
    steps: [
      { step: 'ordinal', columns: 'categorical', parameters: { other: 'missing' } },
      { step: 'impute', columns: 'categorical', parameters: { strategy: 'median' } },
    ],
    candidates: spec.candidates.filter(({ model }) => model === 'mean' || model === 'ridge'),
  });
}

const r2 = ({ outcome }: Experiment) =>
  outcome.record.candidates.find(({ model }) => model === 'ridge')?.metrics.test.r2?.value ?? NaN;

describe('an order that the reader found', () => {
  let found: Experiment;
  let set: Experiment;
  beforeAll(async () => {
    found = await runCsv(csv, 'y', byPlace());
    set = await runCsv(csv, 'y', byPlace({ risk: { type: 'ordinal', order: words } }));
  });

  it('is the one that steps take, as if somebody had set it', async () => {
    expect(found.dataset.info.columns[0]).toMatchObject({ type: 'ordinal', ranks: words });
    expectEndsWell(found);
    const hashes = [found, set].map(({ outcome }) =>
      outcome.record.candidates.map(({ weightsSha256 }) => weightsSha256),
    );
    expect(hashes[0]).toEqual(hashes[1]);
    const plain = await runCsv(csv, 'y', byPlace({ risk: { type: 'categorical' } }));
    expect(r2(found)).toBeGreaterThan(0.8);
    expect(r2(plain)).toBeLessThan(r2(found) - 0.2);
  });

  it('refuses no new word, for nobody has set it, and is no part of the contract', async () => {
    const ask = async (experiment: Experiment) => {
      const { session, contract } = await openBest(experiment);
      const columns = [textCells(['low', 'enormous', ''])];
      const rows = { names: ['risk'], columns, rowCount: 3 };
      return predictTable(session, contract, rows).finally(() => session.release());
    };
    const [low, strange, missing] = await ask(found);
    expect(strange).toEqual(missing);
    expect(strange).not.toEqual(low);
    expect(found.outcome.record.contract.inputs[0]).not.toHaveProperty('order');
    await expect(ask(set)).rejects.toMatchObject({ code: 'not_in_order' });
  });

  it('leaves out what the spec reads as missing, and folds as its column does', async () => {
    const without = await runCsv(csv, 'y', byPlace({ risk: { missing: ['medium'] } }));
    expectEndsWell(without);
    const loud = csv.replaceAll('high', 'HIGH').replace('HIGH', 'high');
    const folded = await runCsv(loud, 'y', byPlace({ risk: { fold: true } }));
    expect(folded.dataset.info.columns[0]?.type).toBe('ordinal');
    expectEndsWell(folded);
    expect(r2(folded)).toBeCloseTo(r2(found), 6);
  });

  it('changes nothing of the proposal: categories are one-hot encoded with an order too', () => {
    const proposed = proposeSpec(found.dataset.info, 'y');
    expect(proposed.steps.map(({ step }) => step)).toEqual(['impute', 'one_hot']);
    expect(proposed.columns).toEqual({});
  });
});
