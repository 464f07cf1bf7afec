import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#core/engine.ts';
import { columnsOf } from '#core/models/linear/centred-columns.ts';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { estimators } from '#core/models/registry.ts';
import { RandomStream } from '#core/random.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { nodeEngine } from '../../support/experiment.ts';
import { thrownBy } from '../../support/refusal.ts';
import { withSparse } from '../../support/sparse-data.ts';
import { trainToEnd } from '../../support/training-data.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine();
});

interface Shape {
  readonly seed: number;
  readonly rows: number;
  readonly width: number;
  readonly outputs: number;
  readonly isWeighted?: boolean;
}

/** Mostly zeros: rows without a cell, a feature that is always 0, one that is always 5, one that is never 0. */
function drawSparse({ seed, rows, width, outputs, isWeighted = false }: Shape): TrainingData {
  const random = new RandomStream(seed);
  const values = new Float32Array(rows * width);
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    let score = random.normal();
    for (let j = 0; j < width; j += 1) {
      const isKept = i % 7 !== 0 && j > 0 && random.uniform() < 0.1;
      const value = j === 1 ? 5 : j === 2 ? 100 + random.uniform() : isKept ? random.uniform() : 0;
      values[i * width + j] = value;
      if (j > 2) score += value * (j % 2 === 0 ? 1 : -1.5);
    }
    if (outputs === 1) target[i] = score;
    else
      target[i] =
        i < outputs ? i : Math.min(outputs - 1, Math.max(0, Math.floor(score + outputs / 2)));
  }
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    task: outputs === 1 ? 'regression' : 'classification',
    features: { rows, width, values, names },
    target,
    outputs,
    ...(outputs === 1 && { targetScale: { mean: 20, standardDeviation: 2 } }),
    ...(isWeighted && { weights: Float64Array.from(target, (_, i) => [0, 0.5, 2.5][i % 3] ?? 1) }),
  };
}

/** Each choice that an estimator has changed once, and what stops an optimizer set so that it goes to the end. */
function variants({ parameters, name }: Estimator): readonly ParameterValues[] {
  const tight = Object.fromEntries(
    parameters.flatMap((one) =>
      one.name === 'tol' ? [['tol', 1e-11]] : one.name === 'max_iter' ? [['max_iter', 1000]] : [],
    ),
  );
  const changes = parameters.flatMap((one): Record<string, unknown>[] =>
    one.kind === 'choice'
      ? one.choices.filter((c) => c !== one.default).map((c) => ({ [one.name]: c }))
      : [],
  );
  return [{}, ...changes].map((given) =>
    resolveParameters(parameters, { ...tight, ...given }, name),
  );
}

const cases = estimators.flatMap((estimator) =>
  variants(estimator)
    .filter((parameters) => estimator.acceptsSparse?.(parameters) === true)
    .flatMap((parameters) =>
      (estimator.tasks.includes('classification') ? [2, 4] : [1]).map((outputs) => ({
        title: `${estimator.name} ${Object.values(parameters).map(String).join(' ')}, ${outputs} outputs`,
        estimator,
        parameters,
        outputs,
      })),
    ),
);

it('linear models, naive Bayes and baselines are among those that take sparse features', () => {
  expect([...new Set(cases.map(({ estimator }) => estimator.name))]).toEqual(
    expect.arrayContaining([
      ...['majority', 'mean', 'median', 'naive_bayes', 'logistic_regression', 'ridge'],
      ...['lasso', 'elastic_net', 'poisson_regression'],
    ]),
  );
});

describe.each(cases)('$title', ({ estimator, parameters, outputs }) => {
  const train = async (data: TrainingData, validation = data) => {
    const trainer = estimator.train ?? engine.trainers[estimator.name];
    if (trainer === undefined) throw new Error(`nobody trains ${estimator.name}`);
    return trainToEnd(trainer, data, parameters, 1, validation);
  };

  // Without a penalty there is no one answer where few rows tell the classes apart.
  const isFree = parameters['penalty'] === 'none';
  const shapes: readonly Shape[] = isFree
    ? [{ seed: 4, rows: 1500, width: 8, outputs }]
    : [
        { seed: 1, rows: 150, width: 30, outputs },
        { seed: 2, rows: 40, width: 90, outputs, isWeighted: true },
        { seed: 3, rows: 200, width: 12, outputs },
      ];

  it.each(shapes)('seed $seed: sparse features give what dense ones give', async (shape) => {
    if (shape.isWeighted === true && estimator.acceptsWeights !== true) return;
    const data = drawSparse(shape);
    const fresh = drawSparse({ ...shape, seed: shape.seed + 50 });
    const dense = await train(data);
    const sparse = await train(withSparse(data), withSparse(fresh));
    const [wanted, got] = [
      await dense.model.predict(fresh.features),
      await sparse.model.predict(withSparse(fresh).features),
    ];
    expect(got).toHaveLength(wanted.length);
    for (const [i, value] of got.entries()) {
      expect(Math.abs(value - (wanted[i] ?? NaN))).toBeLessThanOrEqual(
        1e-5 * Math.max(1, Math.abs(value)),
      );
    }
    expect(await sparse.model.predict(fresh.features)).toEqual(got);
  });

  it('never writes the features out, and trains the same bits again', async () => {
    const data = drawSparse({ seed: 5, rows: 60, width: 25, outputs });
    const features = { ...withSparse(data).features };
    Object.defineProperty(features, 'values', {
      get: () => {
        throw new Error('the features were written out');
      },
    });
    const sealed = { ...data, features };
    const first = await train(sealed);
    await first.model.predict(features);
    const again = await train(withSparse(data));
    expect(await weightsSha256(again.model.weights)).toBe(await weightsSha256(first.model.weights));
    expect(first.history.map(({ epoch }) => epoch)).toEqual(first.history.map((_, i) => i + 1));
  });
});

describe('a long sparse fit', () => {
  const wide = drawSparse({ seed: 9, rows: 3000, width: 1500, outputs: 2 });
  const long = estimators.filter(({ name }) =>
    ['logistic_regression', 'ridge', 'lasso'].includes(name),
  );

  it.each(long.map((estimator) => [estimator.name, estimator] as const))(
    '%s hears a cancel',
    async (name, { train, parameters }) => {
      const controller = new AbortController();
      const training = train?.({
        train: {
          ...withSparse(wide),
          ...(name !== 'logistic_regression' && { task: 'regression' }),
        },
        validation: withSparse(wide),
        parameters: resolveParameters(parameters, name === 'lasso' ? { alpha: 1e-6 } : {}, name),
        random: new RandomStream(1),
        signal: controller.signal,
      });
      await training?.next();
      controller.abort();
      const thrown = await thrownBy(async () => {
        for (;;) if ((await training?.next())?.done !== false) return;
      });
      expect(thrown.kind).toBe('cancelled');
    },
  );
});

it('centred columns without zeros are those with them', () => {
  const data = drawSparse({ seed: 4, rows: 50, width: 10, outputs: 1, isWeighted: true });
  const counts = data.weights ?? new Float64Array(0);
  const [dense, sparse] = [data, withSparse(data)].map(({ features }) => {
    const residual = data.target.slice();
    return { residual, columns: columnsOf(features).over(counts, residual) };
  });
  for (const [j, share] of [2, -0.5, 1, 0.25].entries()) {
    for (const one of [dense, sparse]) one?.columns.take(j, share);
    for (let k = 0; k < 10; k += 1) {
      expect(sparse?.columns.slope(k)).toBeCloseTo(dense?.columns.slope(k) ?? NaN, 8);
    }
  }
  sparse?.columns.settle();
  for (const [i, r] of (sparse?.residual ?? []).entries()) {
    expect(r).toBeCloseTo(dense?.residual[i] ?? NaN, 8);
  }
  expect(sparse?.columns.curvatures[0]).toBe(0);
  expect(sparse?.columns.curvatures[1]).toBe(0);
});
