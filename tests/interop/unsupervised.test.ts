import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { metricsFor } from '#core/evaluation/registry.ts';
import type { ScoredGroups } from '#core/evaluation/metric.ts';
import { isolationForest } from '#core/models/anomalies/isolation-forest.ts';
import { averagePathLength } from '#core/models/anomalies/path-length.ts';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { weightOf, weightOfType, type WeightTensor } from '#core/models/weight-tensor.ts';
import { distancesTo } from '#core/models/groups/centres.ts';
import { spreadRows } from '#core/models/groups/first-centres.ts';
import { posteriors } from '#core/models/groups/gaussians.ts';
import { lloyd } from '#core/models/groups/lloyd.ts';
import { assignRows } from '#core/models/groups/nearest-centre.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { TreeList } from '#core/models/trees/tree-list.ts';
import { Breather } from '#core/breather.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainToEnd } from '../support/training-data.ts';
import { areaUnder } from './area-under.ts';
import { drawAnomalies, drawGroups, withoutTarget, type Grouped } from './group-data.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('unsupervised.py', import.meta.url));

async function scikitLearn<Answer>(cases: readonly unknown[]): Promise<readonly Answer[]> {
  return JSON.parse(await runPython(script, { input: JSON.stringify(cases) })) as Answer[];
}

async function trained(
  model: string,
  data: TrainingData,
  given: Readonly<Record<string, unknown>>,
  seed = 1,
): Promise<TrainedModel> {
  const { train, parameters } = estimatorNamed(model);
  if (train === undefined) throw new Error(`${model} has no trainer of its own`);
  const values = resolveParameters(parameters, given, model);
  return (await trainToEnd(train, data, values, seed, data)).model;
}

const tables = [
  ['far apart', drawGroups(1, { rows: 400, width: 3, groups: 4, apart: 12 }), 4],
  ['overlapping', drawGroups(2, { rows: 500, width: 4, groups: 3, apart: 1.5 }), 3],
  ['far from 0', drawGroups(3, { rows: 300, width: 2, groups: 3, apart: 10, offset: 1000 }), 3],
  ['one feature', drawGroups(4, { rows: 200, width: 1, groups: 2, apart: 4 }), 5],
  ['many features', drawGroups(5, { rows: 600, width: 30, groups: 6, apart: 2 }), 6],
  ['no groups at all', drawGroups(6, { rows: 400, width: 5, groups: 1, apart: 1 }), 8],
] as const satisfies readonly (readonly [string, Grouped, number])[];

describe('figures of groups equal those of scikit-learn', () => {
  const cases = tables.flatMap(([name, { features }, k], i) => {
    const random = new RandomStream(50 + i);
    const labels = assignRows(features, spreadRows(features, k, random), k).labels;
    const resampled = new Uint32Array(features.rows);
    for (let n = 0; n < features.rows; n += 1) {
      const row = random.integer(features.rows);
      resampled[row] = (resampled[row] ?? 0) + 1;
    }
    const scored: ScoredGroups = { task: 'clustering', labels, groups: k + 2, features };
    return [
      { name, scored, counts: new Uint32Array(features.rows).fill(1), once: true },
      { name: `${name}, resampled`, scored, counts: resampled, once: false },
    ];
  });
  let reference: readonly Readonly<Record<string, number | null>>[] = [];
  beforeAll(async () => {
    reference = await scikitLearn(
      cases.map(({ scored, counts, once }) => ({
        kind: 'figures',
        width: scored.features.width,
        features: [...scored.features.values],
        labels: [...scored.labels],
        counts: [...counts],
        once,
      })),
    );
  });

  it.each(cases.map((one, i) => [one.name, one, i] as const))('%s', (_, one, i) => {
    for (const metric of metricsFor('clustering')) {
      const wanted = reference[i]?.[metric.name];
      // Resamples weigh the silhouettes of the rows as they are, where scikit-learn would compute them anew.
      if (wanted === null) continue;
      const value = metric.prepare(one.scored)(one.counts) ?? NaN;
      const unit = Math.max(1, Math.abs(wanted ?? NaN));
      expect(Math.abs(value - (wanted ?? NaN)) / unit, metric.name).toBeLessThanOrEqual(1e-9);
    }
  });
});

describe('k-means', () => {
  interface Reference {
    readonly inertia: number;
    readonly labels: readonly number[];
    readonly new_labels: readonly number[];
    readonly new_distances: readonly number[];
  }
  const later = tables.map(([, { features }], i) => {
    const { width } = features;
    return drawGroups(70 + i, { rows: 50, width, groups: 3, apart: 4 }).features;
  });
  const models: TrainedModel[] = [];
  let reference: readonly Reference[] = [];
  const centresOf = (i: number): Float64Array =>
    weightOfType(models[i]?.weights ?? [], 'centres', Float64Array).values;
  beforeAll(async () => {
    for (const [, { features }, k] of tables) {
      models.push(await trained('k_means', withoutTarget('clustering', features), { k }));
    }
    reference = await scikitLearn(
      tables.map(([, { features }, k], i) => ({
        kind: 'k_means',
        width: features.width,
        features: [...features.values],
        new: [...(later[i]?.values ?? [])],
        centres: [...centresOf(i)],
        k,
      })),
    );
  });

  it.each(tables.map(([name], i) => [name, i] as const))(
    'fits as closely as scikit-learn’s: %s',
    (_, i) => {
      const [, { features }, k] = tables[i] ?? tables[0];
      const { inertia } = assignRows(features, centresOf(i), k);
      expect(inertia).toBeLessThanOrEqual(1.01 * (reference[i]?.inertia ?? NaN));
    },
  );

  it('finds the same groups where they lie apart', () => {
    const [, { features, truth }, k] = tables[0];
    const { labels } = assignRows(features, centresOf(0), k);
    expect(pairs(labels)).toEqual(pairs(Int32Array.from(reference[0]?.labels ?? [])));
    expect(pairs(labels)).toEqual(pairs(truth));
  });

  it.each(tables.map(([name], i) => [name, i] as const))(
    'puts new rows where scikit-learn would, given the same centres: %s',
    (_, i) => {
      const [, , k] = tables[i] ?? tables[0];
      const rows = later[i];
      if (rows === undefined) throw new Error('no rows');
      const { labels } = assignRows(rows, centresOf(i), k);
      expect(Array.from(labels)).toEqual(reference[i]?.new_labels);
      for (const [at, distance] of distancesTo(centresOf(i), k, rows).entries()) {
        const wanted = reference[i]?.new_distances[at] ?? NaN;
        expect(Math.abs(distance - wanted) / Math.max(1, wanted)).toBeLessThanOrEqual(1e-6);
      }
    },
  );
});

/** Labels as the row in which each one's group first appears: equal for equal partitions. */
function pairs(labels: Int32Array): number[] {
  return Array.from(labels, (label) => labels.indexOf(label));
}

describe('a Gaussian mixture from the same k-means ends where scikit-learn’s does', () => {
  const cases = (['full', 'tied', 'diag', 'spherical'] as const).flatMap((covariance) =>
    [0, 1, 3].map((table) => ({ covariance, table })),
  );
  const models: TrainedModel[] = [];
  let reference: readonly {
    readonly probabilities: readonly number[];
    readonly log_likelihood: number;
  }[] = [];
  beforeAll(async () => {
    const asked: unknown[] = [];
    for (const { covariance, table } of cases) {
      const [, { features }, k] = tables[table] ?? tables[0];
      const data = withoutTarget('clustering', features);
      const given = { k, covariance, tol: 1e-12, max_iter: 5000, reg_covar: 1e-6 };
      models.push(await trained('gaussian_mixture', data, given));
      const random = new RandomStream(1).fork('start:0');
      const options = { tolerance: 0, maxIterations: 300, breather: new Breather() };
      const { labels } = await lloyd(features, spreadRows(features, k, random), k, options);
      asked.push({
        kind: 'mixture',
        width: features.width,
        features: [...features.values],
        start: [...labels],
        ...given,
      });
    }
    reference = await scikitLearn(asked);
  });

  it.each(
    cases.map((one, i) => [`${one.covariance}, ${tables[one.table]?.[0] ?? ''}`, i] as const),
  )('%s', async (_, i) => {
    const [, { features }, k] = tables[cases[i]?.table ?? 0] ?? tables[0];
    const model = models[i];
    const wanted = reference[i];
    if (model === undefined || wanted === undefined) throw new Error('no reference');
    const shares = await model.predict(features);
    expect(shares).toHaveLength(wanted.probabilities.length);
    for (const [at, share] of shares.entries()) {
      expect(Math.abs(share - (wanted.probabilities[at] ?? NaN))).toBeLessThanOrEqual(1e-5);
    }
    const factors = weightOfType(model.weights, 'factors', Float64Array);
    const { logLikelihood } = posteriors(
      {
        k,
        width: features.width,
        means: weightOfType(model.weights, 'means', Float64Array).values,
        factors: factors.values,
        factorShape: factors.shape,
        constants: weightOfType(model.weights, 'constants', Float64Array).values,
      },
      features,
    );
    const mean = logLikelihood.reduce((sum, one) => sum + one, 0) / features.rows;
    expect(Math.abs(mean - wanted.log_likelihood)).toBeLessThanOrEqual(1e-5);
  });
});

describe('an isolation forest', () => {
  interface Tree {
    readonly feature: readonly number[];
    readonly threshold: readonly number[];
    readonly left: readonly number[];
    readonly right: readonly number[];
    readonly rows: readonly number[];
  }

  it.each([
    [100, 256],
    [10, 50],
  ])('scores as scikit-learn’s of the same %i trees over %i rows', async (count, samples) => {
    const { features } = drawAnomalies(1, 400, 4);
    const later = drawAnomalies(2, 200, 4).features;
    const [answer] = await scikitLearn<{ trees: readonly Tree[]; scores: readonly number[] }>([
      {
        kind: 'forest_trees',
        width: 4,
        features: [...features.values],
        new: [...later.values],
        n_estimators: count,
        max_samples: samples,
      },
    ]);
    const trees = new TreeList();
    for (const tree of answer?.trees ?? []) addTree(trees, tree);
    const scores = await scoresOf(later, [
      ...trees.weights(Float64Array.of(0)),
      { name: 'samples', shape: [1], values: Float64Array.of(samples) },
      { name: 'score_threshold', shape: [1], values: Float32Array.of(0.5) },
    ]);
    expect(scores).toHaveLength(later.rows);
    for (const [i, score] of scores.entries()) {
      expect(Math.abs(score - (answer?.scores[i] ?? NaN))).toBeLessThanOrEqual(1e-6);
    }
  });

  /** What the graph of these weights answers. */
  async function scoresOf(
    { rows, width, values, names }: FeatureMatrix,
    weights: readonly WeightTensor[],
  ): Promise<readonly number[]> {
    const graph = new GraphBuilder(['answers', ...names]);
    const features = graph.concat(names.map((name) => graph.input(name, 'float32', 1)));
    const model = {
      task: 'anomaly_detection',
      outputs: 1,
      width,
      parameters: {},
      weights,
    } as const;
    graph.output('answers', 'float32', isolationForest.emit(graph, features, model), 2);
    const about = { graphName: 'forest', producerVersion: '0', docString: '', metadata: {} };
    const session = await openModelOnNode(graph.finish(about));
    const columns = names.map((name, j) => {
      const column = values.filter((_, at) => at % width === j);
      return [name, { dtype: 'float32', values: column }] as const;
    });
    const { answers = [] } = await session.run(Object.fromEntries(columns), rows);
    await session.release();
    return Array.from(answers, Number).filter((_, at) => at % 2 === 1);
  }

  /** scikit-learn's tree as ours: a leaf's value is its depth and the mean path among its rows. */
  function addTree(trees: TreeList, { feature, threshold, left, right, rows }: Tree): void {
    trees.startTree();
    const nodes = rows.map((count) => trees.addNode(count));
    const visit = (at: number, depth: number): void => {
      const node = nodes[at] ?? 0;
      if ((feature[at] ?? -1) < 0) {
        trees.setValue(node, depth + averagePathLength(rows[at] ?? 0));
        return;
      }
      const [l, r] = [left[at] ?? 0, right[at] ?? 0];
      trees.split(
        node,
        {
          feature: feature[at] ?? 0,
          threshold: threshold[at] ?? 0,
          missingGoesLeft: true,
          gain: 0,
        },
        { left: nodes[l] ?? 0, right: nodes[r] ?? 0 },
      );
      visit(l, depth + 1);
      visit(r, depth + 1);
    };
    visit(0, 0);
  }

  const planted = [
    drawAnomalies(11, 400, 3),
    drawAnomalies(12, 800, 8),
    drawAnomalies(13, 300, 2),
  ] as const;

  it('finds planted anomalies as scikit-learn’s does, in the mean over five seeds', async () => {
    const wanted = await scikitLearn<readonly number[]>(
      planted.map(({ features, truth }) => ({
        kind: 'forest_auc',
        width: features.width,
        features: [...features.values],
        truth: [...truth],
      })),
    );
    for (const [i, { features, truth }] of planted.entries()) {
      const data = withoutTarget('anomaly_detection', features);
      const areas: number[] = [];
      for (const seed of [1, 2, 3, 4, 5]) {
        const model = await trained('isolation_forest', data, {}, seed);
        const answers = await model.predict(features);
        areas.push(
          areaUnder(
            truth,
            answers.filter((_, at) => at % 2 === 1),
          ),
        );
      }
      expect(Math.abs(mean(areas) - mean(wanted[i] ?? []))).toBeLessThanOrEqual(0.01);
      expect(mean(areas)).toBeGreaterThan(0.8);
    }
  });

  it('flags the share of the training rows that it is asked for, as scikit-learn’s does', async () => {
    const [{ features }] = planted;
    const shares = [0, 0.01, 0.05, 0.5];
    const wanted = await scikitLearn<number>(
      shares.slice(1).map((contamination) => ({
        kind: 'forest_flags',
        width: features.width,
        features: [...features.values],
        contamination,
      })),
    );
    const data = withoutTarget('anomaly_detection', features);
    for (const [i, contamination] of shares.entries()) {
      const model = await trained('isolation_forest', data, { contamination });
      const [threshold = NaN] = weightOf(model.weights, 'score_threshold').values;
      const answers = await model.predict(features);
      const flagged = answers.filter((value, at) => at % 2 === 1 && value > threshold).length;
      expect(flagged).toBe([0, ...wanted][i]);
    }
  });
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
