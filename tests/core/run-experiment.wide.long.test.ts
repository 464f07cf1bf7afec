import { describe, expect, it } from 'vitest';
import { candidateOf, expectEndsWell, noise, runCsv, tableOf } from '../support/experiment.ts';

describe('wide tables', () => {
  it('two hundred columns of numbers, texts and missing cells', async () => {
    const columns = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [
        `column ${i}.x`,
        (row: number): string => {
          if (noise(row, 1000 + i) < 0.05) return i % 2 === 0 ? 'NA' : '';
          return i % 5 === 0
            ? `k${Math.floor(noise(row, i) * 6)}`
            : (noise(row, i) * 10 ** (i % 7)).toFixed(3);
        },
      ]),
    );
    const csv = tableOf(300, {
      ...columns,
      y: (row) => (noise(row, 1) + noise(row, 2) > 1 ? 'hi' : 'lo'),
    });
    const experiment = await runCsv(csv, 'y');
    expectEndsWell(experiment);
    expect(experiment.outcome.record.contract.inputs).toHaveLength(200);
    expect(
      candidateOf(experiment, 'logistic_regression').metrics.test.accuracy?.value,
    ).toBeGreaterThan(0.6);
  }, 120_000);

  it('a category with five hundred values', async () => {
    const csv = tableOf(1500, {
      town: (row) => `town ${Math.floor(noise(row, 4) * 500)}`,
      x: (row) => noise(row).toFixed(3),
      y: (row) => (noise(row) * 3 + noise(row, 1)).toFixed(3),
    });
    expectEndsWell(await runCsv(csv, 'y'));
  }, 120_000);

  it('twenty thousand rows', async () => {
    const csv = tableOf(20_000, {
      x: (row) => noise(row).toFixed(4),
      k: (row) => `k${row % 9}`,
      y: (row) => (noise(row) > 0.5 ? 'hi' : 'lo'),
    });
    const experiment = await runCsv(csv, 'y');
    expectEndsWell(experiment);
    expect(candidateOf(experiment, 'mlp').metrics.test.accuracy?.value).toBeGreaterThan(0.95);
  }, 180_000);
});
