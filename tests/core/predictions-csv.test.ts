import { expect, it } from 'vitest';
import { predictionsCsv } from '#core/predictions-csv.ts';
import type { Contract } from '#core/spec/contract.ts';
import { readText } from '../support/csv.ts';

it('every column has a name of its own, whatever the rows and the classes are called', async () => {
  const { table } = await readText('probability_a,predicted_kind\n1,2\n');
  // What names the columns, and nothing else of a contract, is read here.
  const contract = {
    ...{ version: 1, name: 'kinds', task: 'classification', inputs: [] },
    ...{ primaryMetric: 'accuracy', target: { name: 'kind', missing: [''], classes: ['a', 'a_'] } },
  } as unknown as Contract;
  const csv = predictionsCsv(table, contract, [
    { task: 'classification', label: 'a', probabilities: [0.75, 0.25] },
  ]);
  expect(csv.split('\n')[0]).toBe(
    'probability_a,predicted_kind,predicted_kind_,probability_a_,probability_a__',
  );
});
