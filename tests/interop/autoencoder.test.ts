import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { takeMatrixRows, type FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainedModel } from '#core/models/estimator.ts';
import { weightOf } from '#core/models/weight-tensor.ts';
import { autoencoder } from '#core/models/networks/autoencoder.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { trainToEnd } from '../support/training-data.ts';
import { areaUnder } from './area-under.ts';
import { drawAnomalies, drawOffSurface, withoutTarget, type Grouped } from './group-data.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('autoencoder.py', import.meta.url));

async function scikitLearn<Answer>(cases: readonly unknown[]): Promise<readonly Answer[]> {
  return JSON.parse(await runPython(script, { input: JSON.stringify(cases) })) as Answer[];
}

/** Trained on four fifths of the rows; the others say when to stop. */
async function trained(
  features: FeatureMatrix,
  given: Readonly<Record<string, unknown>>,
  seed = 1,
): Promise<TrainedModel> {
  const rows = Int32Array.from({ length: features.rows }, (_, i) => i);
  new RandomStream(seed).shuffle(rows);
  const cut = Math.floor(0.8 * rows.length);
  const [train, validation] = [rows.slice(0, cut), rows.slice(cut)].map((chosen) =>
    withoutTarget('anomaly_detection', takeMatrixRows(features, chosen)),
  );
  if (train === undefined || validation === undefined) throw new Error('no rows');
  const parameters = resolveParameters(autoencoder.parameters, given, 'test');
  const trainer = trainNetworkOn('wasm', autoencoder);
  return (await trainToEnd(trainer, train, parameters, seed, validation)).model;
}

async function scoresOf(model: TrainedModel, features: FeatureMatrix): Promise<Float32Array> {
  return (await model.predict(features)).filter((_, at) => at % 2 === 1);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('an autoencoder', () => {
  it('scores as scikit-learn’s network of the same weights, far from the training rows too', async () => {
    const networks = [
      { activation: 'tanh', hidden_units: [6], code_units: 0 },
      { activation: 'relu', hidden_units: [9, 5], code_units: 3 },
      { activation: 'tanh', hidden_units: [], code_units: 1 },
    ];
    const { features } = drawOffSurface(3, 200);
    const far = features.values.map((value, at) => (at % 13 === 0 ? 50 * value : value));
    const models: TrainedModel[] = [];
    for (const given of networks) models.push(await trained(features, { ...given, epochs: 8 }));
    const wanted = await scikitLearn<readonly number[]>(
      networks.map(({ activation, hidden_units: hidden, code_units: code }, i) => {
        const weights = models[i]?.weights ?? [];
        const units = [...hidden, code === 0 ? features.width / 2 : code, ...hidden.toReversed()];
        const numbers = Array.from({ length: units.length + 1 }, (_, layer) => layer);
        return {
          kind: 'scores',
          width: features.width,
          features: [...far],
          hidden: units,
          activation,
          kernels: numbers.map((layer) => {
            const { shape, values } = weightOf(weights, `kernel_${layer}`);
            return { shape, values: [...values] };
          }),
          biases: numbers.map((layer) => [...weightOf(weights, `bias_${layer}`).values]),
        };
      }),
    );
    for (const [i, model] of models.entries()) {
      const scores = await scoresOf(model, { ...features, values: far });
      expect(scores).toHaveLength(wanted[i]?.length ?? NaN);
      for (const [row, score] of scores.entries()) {
        expect(Math.abs(score - (wanted[i]?.[row] ?? NaN))).toBeLessThanOrEqual(1e-5);
      }
    }
  });

  it('finds planted anomalies as scikit-learn’s network does, and where only columns together tell, better than a forest', async () => {
    const tables: readonly (readonly [string, Grouped])[] = [
      ['anywhere', drawAnomalies(12, 800, 8)],
      ['off a surface', drawOffSurface(21, 800)],
      ['off another', drawOffSurface(22, 500)],
    ];
    const seeds = [1, 2, 3];
    const wanted = await scikitLearn<Record<'network' | 'forest', readonly number[]>>(
      tables.map(([, { features, truth }]) => ({
        kind: 'areas',
        width: features.width,
        features: [...features.values],
        truth: [...truth],
        hidden: [16, features.width / 2, 16],
        seeds,
      })),
    );
    for (const [i, [name, { features, truth }]] of tables.entries()) {
      const areas: number[] = [];
      for (const seed of seeds) {
        const model = await trained(features, {}, seed);
        areas.push(areaUnder(truth, await scoresOf(model, features)));
      }
      const { network = [], forest = [] } = wanted[i] ?? {};
      expect(mean(areas), name).toBeGreaterThan(mean(network) - 0.02);
      if (name !== 'anywhere') expect(mean(areas), name).toBeGreaterThan(mean(forest) + 0.02);
    }
  });
});
