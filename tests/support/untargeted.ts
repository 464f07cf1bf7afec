import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { predictTable } from '#core/predict.ts';
import { predictionsCsv } from '#core/predictions-csv.ts';
import { contractJsonSchema } from '#core/spec/json-schema.ts';
import { proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { Spec, Task } from '#core/spec/spec.ts';
import { readText } from './csv.ts';
import { openBest, runSpec, type Experiment } from './experiment.ts';

/** A run of a task without a target, by the proposed spec or a change of it. */
export async function runWithout(
  task: Task,
  text: string,
  change: (spec: Spec) => Spec = (spec) => spec,
): Promise<Experiment> {
  const dataset = await readText(text);
  const proposed = proposeWithoutTarget(dataset.info, task, { seed: 7 });
  return runSpec(dataset, change({ ...proposed, evaluation: { resamples: 100 } }));
}

/** The table with the best model's predictions, each of which is what the contract's JSON Schema says of answers. */
export async function predictedBy(experiment: Experiment): Promise<string> {
  const { dataset } = experiment;
  const { session, contract } = await openBest(experiment);
  const predictions = await predictTable(session, contract, dataset.table);
  await session.release();
  const { $defs } = contractJsonSchema(contract) as { readonly $defs: { readonly answer: object } };
  const isAnswer = new Ajv2020({ strict: true }).compile($defs.answer);
  expect(
    predictions.every((one) => isAnswer(one)),
    JSON.stringify(isAnswer.errors),
  ).toBe(true);
  expect(isAnswer({ ...predictions[0], label: 'another' })).toBe(false);
  return predictionsCsv(dataset.table, contract, predictions);
}
