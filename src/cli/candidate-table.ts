import { metricNamed, metricsFor } from '#core/evaluation/registry.ts';
import { foldsText, intervalText } from '#core/registry/figure-text.ts';
import { measuredLines } from '#core/registry/measured-lines.ts';
import { failureSentence } from '#core/run/failure-sentence.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { unitOf } from '#core/spec/tasks.ts';

/** The candidates' figures on the test part as a table for a terminal; the best one has a star. What the contract asks for follows. */
export function candidateTable(record: RunRecord): string {
  const { split, spec } = record;
  const metrics = metricsFor(record.contract.task, record.contract.forecast !== undefined);
  const folds = split.folds?.length;
  const primary = metricNamed(spec.metric);
  const rows = [
    [
      '',
      'candidate',
      ...(folds === undefined ? [] : [`${primary.title}, ${folds} folds`]),
      ...metrics.map((metric) => metric.title),
      'parity',
    ],
    ...record.candidates.map((candidate) => [
      candidate.name === record.best ? '*' : '',
      candidate.name,
      ...(folds === undefined ? [] : [foldsText(candidate.crossValidation, spec.metric)]),
      ...metrics.map((metric) => intervalText(candidate.metrics.test[metric.name])),
      candidate.parity.passed ? 'passed' : 'FAILED',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, j) => Math.max(...rows.map((row) => row[j]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, j) => cell.padEnd(widths[j] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const over =
    folds === undefined
      ? `* is the best by ${spec.metric} on validation`
      : `± is the deviation over the folds, whose mean ${spec.metric} chose the best (*)`;
  const note = `On ${split.test} test ${unitOf(record.contract.task)}s, 95% intervals in brackets; ${over}.`;
  const asked = measuredLines(record).filter(({ met }) => met !== null);
  return [
    ...lines,
    '',
    ...(record.failures ?? []).map(failureSentence),
    ...record.candidates.flatMap(({ name, warnings }) =>
      warnings.map((said) => `${name}: ${said}`),
    ),
    note,
    ...asked.map(
      ({ title, text, met }) => `${met === true ? 'Met' : 'NOT MET'}: ${title}. ${text}`,
    ),
  ].join('\n');
}
