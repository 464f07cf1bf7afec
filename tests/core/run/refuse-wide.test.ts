import { describe, expect, it } from 'vitest';
import type { Spec } from '#core/spec/spec.ts';
import { candidateOf, expectEndsWell, noise, runCsv, tableOf } from '../../support/experiment.ts';
import { refusalOf } from '../../support/refusal.ts';

/** As many categories as rows, in a column that nobody would encode so. */
const ids = tableOf(16_000, {
  id: (row) => `id ${row}`,
  x: (row) => noise(row, 1),
  y: (row) => (noise(row) > 0.5 ? 'yes' : 'no'),
});
const encoded = (spec: Spec, models: readonly string[]): Spec => ({
  ...spec,
  columns: { id: { type: 'categorical' } },
  steps: [{ step: 'one_hot', columns: 'categorical', parameters: { max_categories: 200_000 } }],
  candidates: models.map((model) => ({ name: model, model, parameters: {} })),
});

describe('a column with as many categories as rows', () => {
  it('is refused for a model that needs every number, by the candidate and how many there would be', async () => {
    const error = await refusalOf(() =>
      runCsv(ids, 'y', (spec) => encoded(spec, ['majority', 'random_forest'])),
    );
    expect(error.message).toMatch(
      /"random_forest" \(Random forest\) would need all 153,6\d\d,\d{3} numbers/,
    );
    expect(error.message).toContain('at most 100,000,000 fit into memory');
    expect(error.hint).toContain('Logistic regression');
  });

  it('trains a linear model, and says what was kept', async () => {
    const run = await runCsv(ids, 'y', (spec) =>
      encoded(spec, ['majority', 'logistic_regression']),
    );
    expectEndsWell(run);
    expect(run.outcome.record.warnings.join(' ')).toMatch(/only these are kept, 1 MB in the place/);
    // Nothing is known of a row whose category was never seen.
    const { metrics } = candidateOf(run, 'logistic_regression');
    expect(metrics.test.accuracy?.value).toBeLessThan(0.6);
  });
});
