import { metricNamed } from '#core/evaluation/registry.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { CandidateRecord, Interval } from '#core/spec/candidate-record.ts';
import type { MetricName } from '#core/spec/spec.ts';
import { unitOf } from '#core/spec/tasks.ts';
import { boundsText, figureText } from '#ui/charts/number-text.ts';

export interface Verdict {
  readonly headline: string;
  /** How it compares with the baseline, and whether that can be told from chance. */
  readonly comparison: string;
  readonly real: boolean;
}

/** What the run found, in two sentences. */
export function verdictOf(record: RunRecord): Verdict {
  const best = record.candidates.find(({ name }) => name === record.best);
  const baseline = record.candidates[0];
  if (best === undefined || baseline === undefined) {
    return {
      headline: 'No candidate can be used',
      comparison:
        'None of the exported models agrees with what was trained, so none of their figures counts.',
      real: false,
    };
  }
  const metric = metricNamed(record.spec.metric);
  if (best.name === baseline.name) {
    return {
      headline: 'Nothing beats the baseline',
      comparison: `${chosenOn(record)} no candidate had a better ${metric.title} than ${baseline.name}.`,
      real: false,
    };
  }
  const { versusBaseline } = best;
  const headline = `${best.name} is the best candidate`;
  if (versusBaseline === undefined) {
    const comparison = `Its ${metric.title} cannot be compared with the baseline’s on these ${unitOf(record.contract.task)}s.`;
    return { headline, comparison, real: false };
  }
  const { difference, low, high, real } = versusBaseline;
  const named = baseline.name === 'baseline' ? 'the baseline' : `the baseline ${baseline.name}`;
  const by = `By ${metric.title} it is ${figureText(Math.abs(difference))}`;
  const side = difference >= 0 ? 'better' : 'worse';
  const interval = `95% interval of the difference ${boundsText(low, high)}`;
  const comparison = real
    ? `${by} ${side} than ${named}, a real difference (${interval}).`
    : `${by} ${side} than ${named}, which chance alone could explain (${interval}).`;
  return { headline, comparison, real: real && difference > 0 };
}

/** Where the best was chosen: it is seldom where its figures are shown. */
function chosenOn({ split, contract }: RunRecord): string {
  return split.folds === undefined
    ? `On the validation ${unitOf(contract.task)}s`
    : `In the mean over ${split.folds.length} folds`;
}

/** The unit of a metric's number, where it has one. */
export function metricUnit(name: MetricName, record: RunRecord): string | undefined {
  if (name === 'mae' || name === 'rmse') return `in units of ${record.contract.target.name}`;
  return name === 'log_loss' ? 'nats' : undefined;
}

export type Part = 'validation' | 'test';

export function figureOf(candidate: CandidateRecord, part: Part, metric: MetricName): Interval {
  const missing = { value: null, low: null, high: null, reason: 'not measured' };
  return candidate.metrics[part][metric] ?? missing;
}
