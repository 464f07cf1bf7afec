import { beforeAll, describe, expect, it } from 'vitest';
import { estimatorNamed, estimators } from '#core/models/registry.ts';
import { readContract } from '#core/predict.ts';
import type { RunOutcome } from '#core/run-experiment.ts';
import { proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import { tasks, type SpecCandidate, type Task } from '#core/spec/spec.ts';
import { hasTarget } from '#core/spec/tasks.ts';
import { readText } from '../support/csv.ts';
import { runSpec } from '../support/experiment.ts';
import { feedsOf } from './feeds.ts';
import { oddCsv, oddRows, targets } from './odd-table.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

/** Candidates whose parameters write another graph than the defaults do. */
const variants: Partial<Record<Task, readonly SpecCandidate[]>> = {
  clustering: ['tied', 'diag', 'spherical'].map((covariance) => ({
    name: `gaussian_mixture, ${covariance}`,
    model: 'gaussian_mixture',
    parameters: { covariance, k: 4 },
  })),
  reduction: [
    { name: 'pca, whitened', model: 'pca', parameters: { n_components: 3, whiten: true } },
    { name: 'pca, by share', model: 'pca', parameters: { keep: 'share', share: 0.99 } },
  ],
};

/** A language model learns from a text and not from rows: `language.test.ts` has its graphs. */
const untargeted = tasks.filter((task) => !hasTarget(task) && task !== 'language');
const candidates = new Map(
  untargeted.map((task) => [
    task,
    [
      ...estimators
        .filter((one) => one.tasks.includes(task))
        .map(({ name }): SpecCandidate => ({ name, model: name, parameters: {} })),
      ...(variants[task] ?? []),
    ],
  ]),
);
const outcomes = new Map<Task, RunOutcome>();

beforeAll(async () => {
  const dataset = await readText(oddCsv);
  for (const task of untargeted) {
    const proposed = proposeWithoutTarget(dataset.info, task, { seed: 7 });
    const columns = Object.keys(targets).map((name) => [name, { type: 'ignore' as const }]);
    const { outcome } = await runSpec(dataset, {
      ...proposed,
      columns: Object.fromEntries(columns) as typeof proposed.columns,
      candidates: candidates.get(task) ?? [],
      evaluation: { resamples: 100 },
    });
    outcomes.set(task, outcome);
  }
});

const cases = untargeted.flatMap((task) =>
  (candidates.get(task) ?? []).map(({ name, model }) => ({ task, name, model })),
);

describe.each(cases)('the ONNX file of $name', ({ task, name, model }) => {
  it('agrees with its trainer on held-out rows', () => {
    const record = outcomes.get(task)?.record.candidates.find((one) => one.name === name);
    expect(record?.parity.maxAbsDifference).toBeLessThanOrEqual(1e-5);
  });

  it('passes onnx.checker and answers alike in three runtimes, on odd rows too', async () => {
    const bytes = outcomes.get(task)?.models.get(name) ?? new Uint8Array();
    const contract = readContract(bytes);
    const kind = estimatorNamed(model).answers ?? 'score';
    const rows = oddRows.rowCount;
    const { web, node, python } = await inThreeRuntimes(
      bytes,
      feedsOf(contract, oddRows),
      rows,
      kind,
    );
    expect(web.length % rows).toBe(0);
    expect(web.length).toBeGreaterThanOrEqual(rows);
    for (const other of [node, python]) {
      expect(other).toHaveLength(web.length);
      for (const [i, value] of web.entries()) {
        const isUnbounded = kind === 'distances' || kind === 'components';
        const unit = isUnbounded ? Math.max(1, Math.abs(value)) : 1;
        expect(Math.abs(value - (other[i] ?? NaN)) / unit).toBeLessThanOrEqual(1e-5);
      }
    }
  });
});
