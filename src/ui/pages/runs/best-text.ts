import { metricNamed } from '#core/evaluation/registry.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { intervalText } from '#ui/charts/metric-intervals.ts';

/** The best candidate on test rows: `network: Macro F1 0.985 (0.950 to 1.00)`; nothing without one. */
export function bestText(record: RunRecord | undefined): string {
  const best = record?.candidates.find(({ name }) => name === record.best);
  if (record === undefined || best === undefined) return '';
  const figure = best.metrics.test[record.spec.metric];
  if (figure === undefined) return best.name;
  return `${best.name}: ${metricNamed(record.spec.metric).title} ${intervalText(figure)}`;
}
