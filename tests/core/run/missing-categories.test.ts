import { describe, expect, it } from 'vitest';
import type { SpecStep } from '#core/spec/spec.ts';
import { expectEndsWell, noise, runCsv, tableOf } from '../../support/experiment.ts';

/** Of late orders the carrier is mostly missing, of others seldom; who it is says nothing. */
const csv = tableOf(1000, {
  carrier: (row) => {
    const isLate = noise(row) < 0.4;
    const isMissing = noise(row, 1) < (isLate ? 0.8 : 0.1);
    return isMissing ? '' : (['north', 'south', 'east'][Math.floor(3 * noise(row, 2))] ?? '');
  },
  weight: (row) => (10 * noise(row, 3)).toFixed(2),
  order: (row) => (noise(row) < 0.4 ? 'late' : 'in time'),
});

const impute = (add_indicator: boolean): SpecStep => ({
  step: 'impute',
  columns: 'categorical',
  parameters: { strategy: 'most_frequent', add_indicator },
});

describe('that a category was missing', () => {
  it.each([
    ['one_hot', ['carrier missing=no', 'carrier missing=yes']],
    ['ordinal', ['carrier missing']],
  ])('is a feature behind %s, which ships with the model', async (encoder, names) => {
    const encode: SpecStep = { step: encoder, columns: 'categorical', parameters: {} };
    const tree = { model: 'decision_tree', parameters: { max_leaf_nodes: 4 } };
    const done = await runCsv(csv, 'order', (spec) => ({
      ...spec,
      candidates: [
        { name: 'baseline', model: 'majority', parameters: {} },
        { name: 'filled', ...tree, steps: [impute(false), encode] },
        { name: 'marked', ...tree, steps: [impute(true), encode] },
      ],
    }));
    expectEndsWell(done);
    const [, filled, marked] = done.outcome.record.candidates;
    const accuracy = (one: typeof filled) => one?.metrics.test['accuracy']?.value ?? NaN;
    expect(accuracy(marked)).toBeGreaterThan(accuracy(filled) + 0.05);
    expect(names).toContain(marked?.importances?.[0]?.feature);
  });
});
