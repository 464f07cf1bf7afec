import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareRun, type PreparedRun } from '#core/run/prepare-run.ts';
import type { SplitRows } from '#core/data/split/parts.ts';
import { prepareRows } from '#core/run/prepare-rows.ts';
import { prepareSplit } from '#core/run/prepare-split.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { withForecast } from '#core/spec/propose-forecast.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Dataset } from '#core/data/table.ts';
import type { Spec } from '#core/spec/spec.ts';
import { noise, tableOf } from '../../support/experiment.ts';
import { readText } from '../../support/csv.ts';

const ROWS = 80;
const day = (row: number): string =>
  new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);

/** Two columns by the day; from a day on, all that is known of it is something else. */
function csvChangedFrom(first: number): string {
  const salt = (row: number): number => (row >= first ? 9 : 0);
  return tableOf(ROWS, {
    day,
    y: (row) => (10 * noise(row, salt(row))).toFixed(3),
    x: (row) => (10 * noise(row, 1 + salt(row))).toFixed(3),
  });
}

async function specAndData(csv: string, horizon: number, folds?: number) {
  const dataset = await readText(csv);
  const spec = withForecast(proposeSpec(dataset.info, 'y'), dataset.info, {
    time: 'day',
    horizon,
    lags: [0, 2],
    inputs: ['x'],
    rolling: { windows: [3, 5], statistics: ['mean', 'std', 'min', 'max'] },
    season: 4,
  });
  const split = folds === undefined ? spec.split : { ...spec.split, folds };
  return { dataset, spec: { ...spec, split } };
}

/** Features of each held-out row, by the row: those of most models, or of one that reads windows as sequences. */
function featuresOf(
  prepared: PreparedRun,
  model: 'ridge' | 'gru' = 'ridge',
): Map<number, readonly number[]> {
  const { parts } = prepared.fittedFor({ model });
  const found = new Map<number, readonly number[]>();
  for (const { rows, data } of [parts.validation, parts.test]) {
    const { values, width } = data.features;
    for (const [i, row] of rows.entries()) {
      found.set(row, [...values.subarray(i * width, (i + 1) * width)]);
    }
  }
  return found;
}

describe('nothing of the future reaches a forecast', () => {
  it('what is known after it was made changes none of its features', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 25 }),
        async (horizon, late) => {
          const original = await specAndData(csvChangedFrom(ROWS), horizon);
          const before = prepareRun(original.spec, original.dataset);
          const lastTrained = before.parts.train.rows.at(-1) ?? 0;
          const first = lastTrained + 1 + late;
          const changed = await specAndData(csvChangedFrom(first), horizon);
          const after = prepareRun(changed.spec, changed.dataset);
          for (const model of ['ridge', 'gru'] as const) {
            const own = featuresOf(after, model);
            let compared = 0;
            for (const [row, features] of featuresOf(before, model)) {
              if (row - horizon >= first) continue;
              expect(own.get(row)).toEqual(features);
              compared += 1;
            }
            expect(compared).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('and what is known when it is made does change them', async () => {
    const original = await specAndData(csvChangedFrom(ROWS), 2);
    const before = prepareRun(original.spec, original.dataset);
    const row = before.parts.test.rows.at(-1) ?? 0;
    const changed = await specAndData(csvChangedFrom(row - 2), 2);
    const after = prepareRun(changed.spec, changed.dataset);
    for (const model of ['ridge', 'gru'] as const) {
      const [own, old] = [featuresOf(after, model), featuresOf(before, model)];
      expect(own.get(row)).not.toEqual(old.get(row));
    }
  });
});

describe('every forecast is made when all rows were known that its model learned from', () => {
  const horizon = 4;
  const madeAt = (rows: Int32Array): number => Math.min(...rows) - horizon;
  const split = ({ spec, dataset }: { spec: Spec; dataset: Dataset }) => {
    const rows = prepareRows(spec, dataset);
    return prepareSplit(spec, dataset, rows.target, rows);
  };

  it('in the parts of the split: horizon − 1 rows lie between two of them', async () => {
    const { parts, record } = split(await specAndData(csvChangedFrom(ROWS), horizon));
    const pairs: [keyof SplitRows, keyof SplitRows][] = [
      ['train', 'validation'],
      ['validation', 'test'],
    ];
    for (const [earlier, own] of pairs) {
      expect(madeAt(parts[own])).toBe(Math.max(...parts[earlier]));
    }
    expect(record.leftOut).toBe(2 * (horizon - 1));
  });

  it('and in each fold, whose window of training rows grows', async () => {
    const { folds } = split(await specAndData(csvChangedFrom(ROWS), horizon, 3));
    expect(folds).toHaveLength(3);
    let trained = 0;
    for (const { train, test, stopping } of folds) {
      expect(madeAt(test)).toBe(Math.max(...train));
      expect(Math.max(...stopping.train, ...stopping.validation)).toBe(Math.max(...train));
      expect(train.length).toBeGreaterThan(trained);
      trained = train.length;
    }
  });

  it('what reads sequences gets the last values of all columns alone, oldest first', async () => {
    const { spec, dataset } = await specAndData(csvChangedFrom(ROWS), horizon);
    const longer = { ...spec, forecast: spec.forecast && { ...spec.forecast, window: 7 } };
    const { pipeline, parts } = prepareRun(longer, dataset).fittedFor({ model: 'conv1d' });
    expect(parts.test.data.features.sequence).toEqual({ length: 7, channels: 2 });
    const lags = [6, 5, 4, 3, 2, 1, 0];
    const names = lags.flatMap((lag) => [`y.lag_${lag}`, `x.lag_${lag}`]);
    expect(pipeline.featureNames).toEqual(names);
  });

  it('a baseline reads one value of the target, and nothing else', async () => {
    const { spec, dataset } = await specAndData(csvChangedFrom(ROWS), horizon);
    const run = prepareRun(spec, dataset);
    for (const [model, name] of [
      ['last_value', 'y.lag_0'],
      ['seasonal_naive', 'y.lag_0'],
    ] as const) {
      expect(estimatorNamed(model).baseline).toBe(true);
      expect(run.fittedFor({ model }).pipeline.featureNames).toEqual([name]);
    }
  });
});
