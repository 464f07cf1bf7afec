import { expect, it } from 'vitest';
import { pythonSnippet } from '#core/registry/python-snippet.ts';
import { candidateOf, runCsv, tableOf } from '../../support/experiment.ts';

it('shows examples as the form does, without what rounding left of a median', async () => {
  const csv = tableOf(40, { length: (row) => (row % 2 === 0 ? 2.8 : 2.9), value: (row) => row });
  const done = await runCsv(csv, 'value', (spec) => ({
    ...spec,
    candidates: [{ name: 'baseline', model: 'mean', parameters: {} }],
  }));
  expect(candidateOf(done, 'mean').parity.passed).toBe(true);
  const { contract } = done.outcome.record;
  const inputs = contract.inputs.map((input) => ({ ...input, example: 2.8499999999999996 }));
  expect(pythonSnippet({ ...contract, inputs })).toContain('np.array([[2.85]]');
});
