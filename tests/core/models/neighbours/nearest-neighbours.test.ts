import { describe, expect, it } from 'vitest';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { closest } from '#core/models/neighbours/closest.ts';
import { MAX_CELLS, nearestNeighbours } from '#core/models/neighbours/nearest-neighbours.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { expectSentence } from '../../../support/refusal.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

async function trained(
  given: Readonly<Record<string, number | string>>,
  data: TrainingData,
): Promise<TrainedModel> {
  if (nearestNeighbours.train === undefined) throw new Error('nearest neighbours has no trainer');
  const parameters = resolveParameters(nearestNeighbours.parameters, given, 'nearest_neighbours');
  return (await trainToEnd(nearestNeighbours.train, data, parameters)).model;
}

/** One feature, and a value for each of its places. */
function onALine(places: readonly number[], target: readonly number[]): TrainingData {
  const values = Float32Array.from(places);
  return {
    task: 'regression',
    features: { rows: places.length, width: 1, values, names: ['x'] },
    target: Float64Array.from(target),
    outputs: 1,
  };
}
const at = (...places: number[]) => onALine(places, places).features;

describe('the closest rows', () => {
  it('come nearest first, and of equally close ones the first first', () => {
    const kept = Float32Array.of(4, 1, -1, 1, 9);
    const { places, sums } = closest(Float32Array.of(0), kept, 5, 3, true);
    expect([...places]).toEqual([1, 2, 3]);
    expect([...sums]).toEqual([1, 1, 1]);
  });

  it('equal those of a plain sort, with many ties', () => {
    for (const k of [1, 4, 30]) {
      const kept = Float32Array.from({ length: 60 }, (_, i) => (i * 7) % 5);
      const row = Float32Array.of(2, 1);
      const sum = (m: number) =>
        [0, 1].reduce((s, j) => s + Math.abs((kept[j * 30 + m] ?? 0) - (row[j] ?? 0)), 0);
      const sorted = Array.from({ length: 30 }, (_, m) => m).sort(
        (a, b) => sum(a) - sum(b) || a - b,
      );
      expect([...closest(row, kept, 30, k, false).places]).toEqual(sorted.slice(0, k));
    }
  });
});

describe('nearest neighbours', () => {
  it('answer with the mean of the k closest, or weigh them by distance', async () => {
    const data = onALine([0, 1, 3, 10], [0, 2, 4, 100]);
    const plain = await trained({ k: 2 }, data);
    expect([...(await plain.predict(at(0.25, 2.5)))]).toEqual([1, 3]);
    const weighed = await trained({ k: 2, weights: 'distance' }, data);
    expect([...(await weighed.predict(at(0.25, 1)))]).toEqual([0.5, 2]);
  });

  it('a row of weight 2 votes twice, and one of weight 0 is not kept', async () => {
    const data = { ...onALine([0, 1, 2], [3, 6, 99]), weights: Float64Array.of(2, 1, 0) };
    const model = await trained({ k: 2 }, data);
    expect([...(await model.predict(at(5)))]).toEqual([4]);
    expect(model.weights[0]?.shape).toEqual([1, 2]);
  });

  it('says that it keeps the training rows', () => {
    expectSentence(nearestNeighbours.carriesData ?? '');
  });

  it('refuses a k above the number of rows, and more rows than a prediction can look at', async () => {
    const few = drawTraining('regression', { seed: 1, rows: 1 });
    await expect(trained({ k: 2 }, few)).rejects.toThrow(/k is 2, and there is 1 training row\./);
    expect(await (await trained({ k: 1 }, few)).predict(few.features)).toEqual(
      Float32Array.from(few.target),
    );
    const rows = MAX_CELLS + 1;
    const many = {
      ...onALine([], []),
      features: { ...at(), rows, values: new Float32Array(rows) },
      target: new Float64Array(rows),
    };
    const refused = trained({}, many);
    await expect(refused).rejects.toMatchObject({ code: 'too_many_neighbours', kind: 'input' });
    await expect(refused).rejects.toThrow(new RegExp(`${rows} training rows of 1 features`));
  });
});
