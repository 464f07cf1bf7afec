import { metricsFor } from '#core/evaluation/registry.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { unitOf } from '#core/spec/tasks.ts';
import { foldsText } from './figure-text.ts';

/** The model card's table of the cross-validation; nothing where a run has none. */
export function foldsSection({ candidates, contract, split }: RunRecord): string[] {
  if (split.folds === undefined) return [];
  const unit = unitOf(contract.task);
  const metrics = metricsFor(contract.task, contract.forecast !== undefined);
  const rows = candidates.map(({ name, crossValidation }) => {
    const cells = metrics.map((metric) => foldsText(crossValidation, metric.name));
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  const table = [
    `| candidate | ${metrics.map((metric) => metric.title).join(' | ')} |`,
    `|---|${metrics.map(() => '---').join('|')}|`,
    ...rows,
  ].join('\n');
  return [
    `## Figures over ${split.folds.length} folds`,
    table,
    `Mean ± standard deviation over ${split.folds.length} folds of the ${split.train + split.validation} ${unit}s that are not for the test. For each fold the candidate was trained anew, features included, and its ONNX graph measured on the fold's own ${unit}s. These figures say how much a candidate depends on the ${unit}s that it saw; the model itself is the one of the table above.`,
  ];
}
