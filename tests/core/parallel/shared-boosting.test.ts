import { expect, it } from 'vitest';
import type { TrainedModel } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { ONE_THREAD } from '#core/parallel/threads.ts';
import { RandomStream } from '#core/random.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { Task } from '#core/spec/spec.ts';
import { eagerThreads, type EagerThreads } from '../../support/eager-threads.ts';
import { drawTraining } from '../../support/training-data.ts';

/** Enough rows that rows are shared out too, and not features alone. */
const rows = 18_000;

type Case = readonly [model: string, task: Task, outputs: number, given: Record<string, unknown>];

const cases: readonly Case[] = [
  ['gradient_boosting', 'classification', 2, {}],
  ['gradient_boosting', 'classification', 3, { max_features: 0.4 }],
  ['gradient_boosting', 'regression', 1, { loss: 'squared_error' }],
  ['gradient_boosting', 'regression', 1, { loss: 'absolute_error' }],
  ['gradient_boosting', 'regression', 1, { loss: 'quantile', quantile: 0.8 }],
  ['gradient_boosting', 'regression', 1, { loss: 'poisson' }],
  ['lambdamart', 'ranking', 1, {}],
];

async function train(
  [name, task, outputs, given]: Case,
  threads?: EagerThreads,
): Promise<TrainedModel> {
  const estimator = estimatorNamed(name);
  if (estimator.train === undefined) throw new Error(`${name} has no trainer`);
  const data = drawTraining(task, { seed: 3, rows, outputs });
  const training = estimator.train({
    train: data,
    validation: drawTraining(task, { seed: 4, rows: 60, outputs }),
    parameters: resolveParameters(estimator.parameters, { max_iter: 4, ...given }, name),
    random: new RandomStream(5),
    signal: new AbortController().signal,
    threads: threads ?? ONE_THREAD,
  });
  for (;;) {
    const step = await training.next();
    if (step.done === true) return step.value;
    // The first tree may be grown alone, and all others together.
    await threads?.heard(threads.count - 1);
  }
}

it.each(cases)('%s, %s of %i, %o: the same bits by one, two and three threads', async (...one) => {
  const alone = await train(one);
  for (const count of [2, 3]) {
    const threads = eagerThreads(count);
    const { weights } = await train(one, threads);
    expect(await weightsSha256(weights)).toBe(await weightsSha256(alone.weights));
    expect(threads.running()).toBe(0);
  }
});
