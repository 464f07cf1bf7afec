import { describe, expect, it } from 'vitest';
import { modelCard } from '#core/registry/model-card.ts';
import { expectEndsWell, noise, runCsv, tableOf } from '../../support/experiment.ts';

/** The value is decided by the length, a little by the kind, and by nothing else. */
const csv = tableOf(300, {
  length: (row) => (10 * noise(row)).toFixed(3),
  weight: (row) => (10 * noise(row, 1)).toFixed(3),
  kind: (row) => (row % 3 === 0 ? 'long' : 'short'),
  value: (row) => (20 * noise(row) + (row % 3 === 0 ? 3 : 0)).toFixed(3),
});

describe('a run with trees', () => {
  it.each(['decision_tree', 'random_forest', 'extra_trees', 'gradient_boosting'])(
    'keeps which features the %s uses most, by the names that they have behind the steps',
    async (model) => {
      const done = await runCsv(csv, 'value', (spec) => ({
        ...spec,
        candidates: [
          { name: 'baseline', model: 'mean', parameters: {} },
          { name: 'linear', model: 'ridge', parameters: {} },
          { name: 'trees', model, parameters: {} },
        ],
      }));
      expectEndsWell(done);
      const [baseline, linear, trees] = done.outcome.record.candidates;
      expect(baseline?.importances).toBeUndefined();
      expect(linear?.importances).toBeUndefined();
      const [first, ...others] = trees?.importances ?? [];
      expect(first?.feature).toBe('length');
      expect(first?.share).toBeGreaterThan(0.6);
      expect(others.map(({ feature }) => feature)).toContain('weight');
      expect(others.some(({ feature }) => feature.startsWith('kind='))).toBe(true);
      const best = { ...done.outcome.record, best: 'trees' };
      expect(modelCard(best)).toContain('| `length` | ');
    },
  );
});
