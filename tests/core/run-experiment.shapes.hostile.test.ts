import { describe, expect, it } from 'vitest';
import { predictRecords } from '#core/predict.ts';
import {
  candidateOf,
  endsWellOrRefused,
  expectEndsWell,
  noise,
  openBest,
  runCsv,
  tableOf,
  withoutNetwork,
  type Experiment,
} from '../support/experiment.ts';

/** Predictions of the best model for raw records, as the form of the app asks for them. */
async function predict(experiment: Experiment, records: readonly Record<string, string>[]) {
  const { session, contract } = await openBest(experiment);
  try {
    return await predictRecords(session, contract, records);
  } finally {
    await session.release();
  }
}

const strange = [
  'label',
  'probabilities',
  'value',
  ' spaced ',
  'a.b',
  'ünï',
  'input',
  'output',
  '__proto__',
  '1',
];
const strangeTable = (y: (row: number) => string | number): string =>
  tableOf(90, {
    ...Object.fromEntries(
      strange.map((name, i) => [
        name,
        (row: number) => (i % 2 === 0 ? noise(row, i).toFixed(3) : `k${(row + i) % 3}`),
      ]),
    ),
    // An object literal would set the prototype instead.
    ['__proto__']: (row: number) => noise(row, 9).toFixed(2),
    target: y,
  });

describe('columns named like outputs of the graph, or oddly', () => {
  it('in a classification', async () => {
    const experiment = await runCsv(
      strangeTable((row) => (noise(row) > 0.4 ? 'up' : 'down')),
      'target',
    );
    expectEndsWell(experiment);
    const { inputs } = experiment.outcome.record.contract;
    expect(inputs.map(({ name }) => name)).toEqual(expect.arrayContaining(strange));
    expect(new Set(inputs.map(({ tensor }) => tensor)).size).toBe(inputs.length);
    const first = Object.fromEntries(inputs.map(({ name, example }) => [name, String(example)]));
    const [prediction] = await predict(experiment, [first]);
    expect(prediction).toMatchObject({
      task: 'classification',
      label: expect.stringMatching(/^(up|down)$/) as string,
    });
  });

  it('in a regression, where one is the target', async () => {
    const csv = tableOf(90, {
      label: (row) => noise(row, 1).toFixed(3),
      probabilities: (row) => `k${row % 3}`,
      value: (row) => (noise(row, 1) * 8 + noise(row, 2)).toFixed(4),
    });
    const experiment = await runCsv(csv, 'value');
    expectEndsWell(experiment);
    const [low, high] = await predict(experiment, [
      { label: '0.05', probabilities: 'k1' },
      { label: '0.95', probabilities: 'k1' },
    ]);
    if (low?.task !== 'regression' || high?.task !== 'regression') throw new Error('no values');
    expect(high.value).toBeGreaterThan(low.value + 3);
  });
});

describe('raw records', () => {
  it('with empty cells, missing tokens, unseen categories and values far outside are all predicted', async () => {
    const csv = tableOf(120, {
      size: (row) => (row % 10 === 0 ? 'NA' : noise(row).toFixed(3)),
      colour: (row) => (row % 7 === 0 ? '' : noise(row) > 0.5 ? 'red' : 'blue'),
      y: (row) => (noise(row) > 0.5 ? 'hi' : 'lo'),
    });
    const experiment = await runCsv(csv, 'y', withoutNetwork);
    const predictions = await predict(experiment, [
      { size: '', colour: '' },
      { size: 'NA', colour: 'NA' },
      { size: '0.5', colour: 'never seen' },
      { size: '1e30', colour: 'red' },
      { size: ' 0.9 ', colour: ' red ' },
      { size: '0.9', colour: 'red' },
    ]);
    expect(predictions).toHaveLength(6);
    for (const prediction of predictions) {
      if (prediction.task !== 'classification') throw new Error('not a classification');
      expect(['hi', 'lo']).toContain(prediction.label);
      expect(prediction.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    }
    expect(predictions[4]).toEqual(predictions[5]);
    await expect(predict(experiment, [{ size: '-1e300', colour: 'red' }])).rejects.toThrow(
      /row 1\b/i,
    );
  });

  it('a number that is none is refused with its column', async () => {
    const csv = tableOf(80, {
      size: (row) => noise(row).toFixed(3),
      y: (row) => (noise(row) > 0.5 ? 'hi' : 'lo'),
    });
    const experiment = await runCsv(csv, 'y', withoutNetwork);
    await expect(predict(experiment, [{ size: '0.5' }, { size: 'big' }])).rejects.toThrow(
      /size.*big|big.*size/s,
    );
  });
});

describe('small tables', () => {
  it('thirty rows', async () => {
    const csv = tableOf(30, {
      x: (row) => noise(row).toFixed(3),
      k: (row) => `k${row % 4}`,
      y: (row) => ['a', 'b', 'c'][row % 3] ?? '',
    });
    expectEndsWell(await runCsv(csv, 'y'));
  });

  it('thirty rows of values', async () => {
    const csv = tableOf(30, {
      x: (row) => noise(row).toFixed(3),
      y: (row) => (noise(row) * 5 + 1).toFixed(3),
    });
    expectEndsWell(await runCsv(csv, 'y'));
  });

  it('twenty classes of five rows each', async () => {
    const csv = tableOf(100, {
      x: (row) => ((row % 20) + noise(row)).toFixed(2),
      k: (row) => `g${row % 5}`,
      y: (row) => `class ${row % 20}`,
    });
    const experiment = await runCsv(csv, 'y');
    expectEndsWell(experiment);
    expect(experiment.outcome.record.contract.target.classes).toHaveLength(20);
    for (const counts of Object.values(experiment.outcome.record.split.classes ?? {})) {
      expect(counts.train + counts.validation + counts.test).toBe(5);
      expect(counts.train).toBeGreaterThanOrEqual(1);
    }
  });

  it('classes that appear once or twice beside common ones', async () => {
    const csv = tableOf(90, {
      x: (row) => noise(row).toFixed(3),
      y: (row) =>
        row === 5 ? 'once' : row === 50 || row === 51 ? 'twice' : noise(row) > 0.5 ? 'hi' : 'lo',
    });
    const ended = await endsWellOrRefused(runCsv(csv, 'y'));
    if (ended instanceof Error) expect(ended.message).toMatch(/once/);
    else expect(ended.outcome.record.split.classes?.once?.train).toBeGreaterThanOrEqual(0);
  });
});

describe('numbers at the edges', () => {
  it('a large mean with a small deviation keeps its digits', async () => {
    const csv = tableOf(120, {
      x: (row) => noise(row).toFixed(4),
      y: (row) => (1.6e9 + 20 * noise(row) + 0.5 * noise(row, 1)).toFixed(3),
    });
    const experiment = await runCsv(csv, 'y');
    expectEndsWell(experiment);
    expect(candidateOf(experiment, 'ridge').metrics.test.r2?.value).toBeGreaterThan(0.95);
    expect(candidateOf(experiment, 'mlp').metrics.test.r2?.value).toBeGreaterThan(0.8);
    const [low, high] = await predict(experiment, [{ x: '0.1' }, { x: '0.9' }]);
    if (low?.task !== 'regression' || high?.task !== 'regression') throw new Error('no values');
    expect(high.value - low.value).toBeGreaterThan(10);
    expect(high.value - low.value).toBeLessThan(22);
  });

  it('a feature with a large mean and a small deviation keeps its digits', async () => {
    const csv = tableOf(120, {
      seconds: (row) => (1.6e9 + 100 * noise(row)).toFixed(3),
      y: (row) => (noise(row) > 0.5 ? 'late' : 'early'),
    });
    const experiment = await runCsv(csv, 'y');
    expectEndsWell(experiment);
    expect(
      candidateOf(experiment, 'logistic_regression').metrics.test.accuracy?.value,
    ).toBeGreaterThan(0.9);
  });

  it.each([
    [-99, 0],
    [-99, 21],
    [-999, 36],
    [99_999, 52],
    [999_999, 12],
  ])('a code for nothing, %d, among values below 1, in row %d', async (code, at) => {
    const csv = tableOf(90, {
      x: (row) => (row === at ? code : noise(row).toFixed(3)),
      z: (row) => noise(row, 2).toFixed(3),
      y: (row) => (3 * noise(row) + noise(row, 2) + 0.2 * noise(row, 3)).toFixed(3),
    });
    expectEndsWell(await runCsv(csv, 'y'));
  });

  it.each(['e-300', 'e-100', 'e-12'])('one feature of about 1%s', async (exponent) => {
    const csv = tableOf(90, {
      x: (row) => `${(noise(row) + 0.5).toFixed(4)}${exponent}`,
      y: (row) => noise(row).toFixed(4),
    });
    const experiment = await runCsv(csv, 'y');
    expectEndsWell(experiment);
    expect(candidateOf(experiment, 'ridge').metrics.test.r2?.value).toBeGreaterThan(0.95);
  });

  it.each([
    ['1e300', (row: number) => `${(noise(row) + 0.5).toFixed(4)}e300`],
    ['1e300 of either sign', (row: number) => `${(noise(row) - 0.5).toFixed(4)}e300`],
    ['1e-300', (row: number) => `${(noise(row) + 0.5).toFixed(4)}e-300`],
    ['mostly small and one of 1e30', (row: number) => (row === 7 ? '1e30' : noise(row).toFixed(4))],
    ['mostly small and one huge', (row: number) => (row === 7 ? '1e300' : noise(row).toFixed(4))],
    [
      'mostly small and one beyond float32',
      (row: number) => (row === 7 ? '1e39' : noise(row).toFixed(4)),
    ],
  ])('features of about %s', async (_, x) => {
    const csv = tableOf(90, {
      x,
      z: (row) => noise(row, 2).toFixed(3),
      y: (row) => (noise(row) > 0.5 ? 'hi' : 'lo'),
    });
    const ended = await endsWellOrRefused(runCsv(csv, 'y'));
    if (ended instanceof Error) expect(ended.message).toMatch(/\bx\b/);
  });

  it.each([
    ['1e300', (row: number) => `${(noise(row) + 0.5).toFixed(4)}e300`],
    ['1e-300', (row: number) => `${(noise(row) + 0.5).toFixed(4)}e-300`],
    ['1e-100', (row: number) => `${(noise(row) + 0.5).toFixed(4)}e-100`],
    ['1e30', (row: number) => `${(noise(row) - 0.5).toFixed(4)}e30`],
  ])('targets of about %s', async (_, y) => {
    const csv = tableOf(90, { x: (row) => noise(row).toFixed(3), y });
    const ended = await endsWellOrRefused(runCsv(csv, 'y'));
    if (ended instanceof Error) expect(ended.message).toMatch(/\by\b|target/);
  });
});
