import { beforeAll, describe, expect, it } from 'vitest';
import type { Spec } from '#core/spec/spec.ts';
import { writeCsv } from '../support/csv.ts';
import { candidateOf, expectEndsWell, runCsv, type Experiment } from '../support/experiment.ts';
import { drawSequences } from '../support/sequence-data.ts';

const LENGTH = 24;

/** One wave a row: a sine, a square or a saw that begins anywhere. */
function wavesCsv(rows: number): string {
  const { features, target } = drawSequences({ seed: 5, rows, length: LENGTH, channels: 1 });
  const names = Array.from({ length: LENGTH }, (_, t) => `t${t + 1}`);
  const shapes = ['sine', 'square', 'saw'];
  const cells = Array.from({ length: rows }, (_, i) => [
    ...features.values.slice(i * LENGTH, (i + 1) * LENGTH),
    shapes[target[i] ?? 0] ?? '',
  ]);
  return writeCsv([[...names, 'shape'], ...cells.map((row) => row.map(String))]);
}

const candidate = (model: string, parameters: object = {}): Spec['candidates'][number] => ({
  ...{ name: model, model, parameters: { ...parameters } },
});

describe('which of three shapes a sequence has, wherever it begins', () => {
  let experiment: Experiment;
  beforeAll(async () => {
    experiment = await runCsv(wavesCsv(400), 'shape', (spec) => ({
      ...spec,
      metric: 'accuracy',
      steps: [{ step: 'sequence', columns: 'numeric', parameters: {} }],
      candidates: [
        ...[candidate('majority'), candidate('logistic_regression')],
        candidate('conv1d', { epochs: 20 }),
        candidate('gru', { epochs: 40 }),
      ],
    }));
  });

  it('is told by networks that look along it, and not by a linear model', () => {
    expectEndsWell(experiment);
    const accuracyOf = (model: string): number =>
      candidateOf(experiment, model).metrics.test.accuracy?.value ?? NaN;
    expect(accuracyOf('logistic_regression')).toBeLessThan(0.6);
    expect(accuracyOf('conv1d')).toBeGreaterThan(0.95);
    expect(accuracyOf('gru')).toBeGreaterThan(0.95);
  });
});
