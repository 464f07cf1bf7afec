import { metricNamed } from '#core/evaluation/registry.ts';
import { rangeText } from '#core/spec/pins.ts';
import type { Measured, RunRecord } from '#core/spec/run-record.ts';
import { unitOf } from '#core/spec/tasks.ts';

/** One thing that a contract may ask for, and what was measured. */
export interface MeasuredLine {
  readonly title: string;
  /** What was measured and what was asked for, in sentences. */
  readonly text: string;
  /** Null where nothing was asked for. */
  readonly met: boolean | null;
}

/** What a run's best candidate gave beside what its contract asks for; none in records of before it was measured. */
export function measuredLines(record: RunRecord): readonly MeasuredLine[] {
  const { measured } = record;
  if (measured === undefined) return [];
  const unit = unitOf(record.contract.task);
  return [
    ...thresholdLine(record, measured, unit),
    latencyLine(measured, unit),
    throughputLine(measured, unit),
  ];
}

function thresholdLine(
  record: RunRecord,
  { threshold, candidate }: Measured,
  unit: string,
): MeasuredLine[] {
  if (threshold === undefined) return [];
  const { wanted, value, met } = threshold;
  const metric = metricNamed(record.contract.primaryMetric);
  const isHigher = metric.better === 'higher';
  const asked = `The contract asks for ${rangeText(isHigher ? { min: wanted } : { max: wanted })}.`;
  const interval = record.candidates.find(({ name }) => name === candidate)?.metrics.test[
    metric.name
  ];
  const { low = null, high = null, reason = 'not defined' } = interval ?? {};
  if (value === null) {
    return [{ title: metric.title, text: `Not defined: ${reason}. ${asked}`, met }];
  }
  const isSure = isHigher ? (low ?? -Infinity) >= wanted : (high ?? Infinity) <= wanted;
  const doubt =
    met && !isSure ? ' Chance may have helped: its 95% interval reaches beyond that.' : '';
  const range = low === null || high === null ? '' : ` (${digits(low)} to ${digits(high)})`;
  const rows = `on ${record.split.test.toLocaleString('en')} test ${unit}s`;
  return [{ title: metric.title, text: `${digits(value)}${range} ${rows}. ${asked}${doubt}`, met }];
}

function latencyLine({ latency }: Measured, unit: string): MeasuredLine {
  const { medianMs, p95Ms, predictions, wanted, met = null } = latency;
  const asked = wanted === undefined ? '' : ` The contract asks for at most ${wanted} ms.`;
  const measured =
    predictions === 1
      ? `${digits(p95Ms)} ms, in a single prediction`
      : `95% within ${digits(p95Ms)} ms, half within ${digits(medianMs)} ms, in ${predictions} predictions`;
  return {
    title: `Latency of one ${unit}`,
    text: `${measured}, where the run was made.${asked}`,
    met,
  };
}

function throughputLine({ throughput }: Measured, unit: string): MeasuredLine {
  const { rowsPerSecond, wanted, met = null } = throughput;
  const asked =
    wanted === undefined ? '' : ` The contract asks for at least ${wanted.toLocaleString('en')}.`;
  const rate = Number(rowsPerSecond.toPrecision(3)).toLocaleString('en');
  return {
    title: 'Throughput',
    text: `${rate} ${unit}s per second, in batches, where the run was made.${asked}`,
    met,
  };
}

/** Three significant digits, without a tail of zeros. */
function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
