import { expect, test } from 'vitest';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import { bestText } from '#ui/pages/runs/best-text.ts';
import { durationText, elapsedText } from '#ui/pages/run/duration-text.ts';
import { metricUnit, verdictOf } from '#ui/pages/run/verdict.ts';

const figure = { value: 0.9, low: 0.8, high: 0.95 };

/** The parts of a run's record that a verdict reads. */
function recordOf(
  best: string | null,
  versusBaseline?: CandidateRecord['versusBaseline'],
): RunRecord {
  const metrics = { test: { accuracy: figure }, validation: { accuracy: figure } };
  return {
    spec: { metric: 'accuracy' },
    split: {},
    contract: { task: 'classification', target: { name: 'species' } },
    best,
    candidates: [
      { name: 'majority', metrics },
      { name: 'network', metrics, ...(versusBaseline && { versusBaseline }) },
    ],
  } as unknown as RunRecord;
}

test('a real difference is called real, with its size and interval', () => {
  const verdict = verdictOf(
    recordOf('network', { difference: 0.4, low: 0.3, high: 0.5, real: true }),
  );
  expect(verdict).toEqual({
    headline: 'network is the best candidate',
    comparison:
      'By Accuracy it is 0.400 better than the baseline majority, a real difference (95% interval of the difference 0.300 to 0.500).',
    real: true,
  });
});

test('a difference that chance could make is not called real', () => {
  const verdict = verdictOf(
    recordOf('network', { difference: -0.02, low: -0.1, high: 0.05, real: false }),
  );
  expect(verdict.comparison).toMatch(
    /^By Accuracy it is 0\.020 worse .* chance alone could explain/,
  );
  expect(verdict.real).toBe(false);
});

test('a run whose best is the baseline, or that has no usable model, says so', () => {
  const nothing = recordOf('majority');
  expect(verdictOf(nothing).headline).toBe('Nothing beats the baseline');
  expect(verdictOf(nothing).comparison).toMatch(/^On the validation rows no candidate/);
  const folds = [1, 2, 3].map(() => ({ train: 2, test: 1 }));
  const overFolds = { ...nothing, split: { ...nothing.split, folds } };
  expect(verdictOf(overFolds).comparison).toMatch(/^In the mean over 3 folds no candidate/);
  expect(verdictOf(recordOf(null)).headline).toBe('No candidate can be used');
});

test('the list of runs shows the best candidate’s figure', () => {
  expect(bestText(recordOf('network'))).toBe('network: Accuracy 0.900 (0.800 to 0.950)');
  expect(bestText(undefined)).toBe('');
});

test('errors are in units of the target', () => {
  expect(metricUnit('rmse', recordOf('network'))).toBe('in units of species');
  expect(metricUnit('accuracy', recordOf('network'))).toBeUndefined();
});

test('durations are short', () => {
  expect([40, 999.7, 2_400, 12_300, 200_000, 7_260_000].map(durationText)).toEqual([
    '40 ms',
    '1.0 s',
    '2.4 s',
    '12 s',
    '3 min 20 s',
    '2 h 1 min',
  ]);
  expect([900, 59_900, 61_000].map(elapsedText)).toEqual(['0 s', '59 s', '1 min 1 s']);
});
