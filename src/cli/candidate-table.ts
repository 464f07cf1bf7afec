import { metricsFor } from '#core/evaluation/registry.ts';
import { intervalText } from '#core/registry/model-card.ts';
import type { RunRecord } from '#core/spec/run-record.ts';

/** The candidates on the test rows as a table for a terminal; the best one has a star. */
export function candidateTable(record: RunRecord): string {
  const metrics = metricsFor(record.contract.task);
  const rows = [
    ['', 'candidate', ...metrics.map((metric) => metric.title), 'parity'],
    ...record.candidates.map((candidate) => [
      candidate.name === record.best ? '*' : '',
      candidate.name,
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
  const { split, spec } = record;
  return [
    ...lines,
    '',
    `On ${split.test} test rows, 95% intervals in brackets; * is the best by ${spec.metric} on validation.`,
  ].join('\n');
}
