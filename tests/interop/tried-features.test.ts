import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { gradientBoosting } from '#core/models/trees/boosting/gradient-boosting.ts';
import { triedFeatures } from '#core/models/trees/forest/tried-features.ts';
import { weightOfType } from '#core/models/weight-tensor.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { runPython } from './python.ts';
import { trainToEnd } from '../support/training-data.ts';

const width = 6;
const share = 0.4;
const iterations = 40;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const shares = [0.3, 0.55, 0.999, 1e-6, 0.1, 0.7, 1 / 3, 0.29];
const widths = [10, 20, 7, 5, 10, 10, 9, 100];

interface Reference {
  readonly tried: readonly number[];
  readonly boosted: { readonly losses: readonly number[]; readonly roots: readonly number[] };
}

/** Two features say most, and all say something. */
function draw(seed: number, rows: number): TrainingData {
  const random = new RandomStream(seed);
  const values = new Float32Array(rows * width).map(() => random.normal());
  const target = Float64Array.from({ length: rows }, (_, i) => {
    const row = values.subarray(i * width, (i + 1) * width);
    const score = row.reduce((sum, x, j) => sum + x / (1 + j), 0);
    return Number(score + random.normal() > 0);
  });
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    ...{ task: 'classification', target, outputs: 2 },
    features: { rows, width, values, names },
  };
}

const [train, held] = [draw(1, 800), draw(2, 2000)];

async function boosted(seed: number): Promise<{ loss: number; roots: Int32Array }> {
  const { parameters, train: trainer, name } = gradientBoosting;
  if (trainer === undefined) throw new Error(`${name} has no trainer`);
  const given = { max_features: share, max_iter: iterations, patience: 0 };
  const { model } = await trainToEnd(
    trainer,
    train,
    resolveParameters(parameters, given, name),
    seed,
  );
  const shares = await model.predict(held.features);
  const loss = held.target.reduce(
    (sum, label, i) => sum - Math.log(shares[2 * i + label] ?? NaN) / held.target.length,
    0,
  );
  const { values: starts } = weightOfType(model.weights, 'tree_start', Int32Array);
  const { values: feature } = weightOfType(model.weights, 'feature', Int32Array);
  return { loss, roots: starts.map((start) => feature[start] ?? -1) };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const varianceOf = (values: readonly number[]): number =>
  meanOf(values.map((value) => (value - meanOf(values)) ** 2));

describe('some of the features, as scikit-learn has it', () => {
  let reference: Reference = { tried: [], boosted: { losses: [], roots: [] } };
  beforeAll(async () => {
    const input = JSON.stringify({
      tried: { widths, shares },
      boosted: {
        ...{ width, share, seeds, iterations },
        ...{ train: [...train.features.values], trainTarget: [...train.target] },
        ...{ held: [...held.features.values], heldTarget: [...held.target] },
      },
    });
    const script = fileURLToPath(new URL('tried_features.py', import.meta.url));
    reference = JSON.parse(await runPython(script, { input })) as Reference;
  });

  it('a tree tries as many of a share', () => {
    const own = shares.map((one, i) => {
      const features = { ...train.features, width: widths[i] ?? 0 };
      return triedFeatures(one, { features, task: 'classification' });
    });
    expect(own).toEqual(reference.tried);
  });

  it('boosting draws otherwise, and is as good over several seeds, with as even roots', async () => {
    const own: Awaited<ReturnType<typeof boosted>>[] = [];
    for (const seed of seeds) own.push(await boosted(seed));
    const losses = own.map(({ loss }) => loss);
    const { losses: wanted, roots } = reference.boosted;
    expect(new Set(losses).size).toBe(seeds.length);
    const error = Math.sqrt((varianceOf(losses) + varianceOf(wanted)) / seeds.length);
    expect(Math.abs(meanOf(losses) - meanOf(wanted))).toBeLessThan(4 * error);
    const counts = Array.from(roots, (_, j) =>
      own.reduce((sum, one) => sum + one.roots.filter((feature) => feature === j).length, 0),
    );
    const all = seeds.length * iterations;
    for (const [j, count] of counts.entries()) {
      expect(Math.abs(count - (roots[j] ?? NaN)) / all, `x${j}`).toBeLessThan(0.12);
    }
  });
});
