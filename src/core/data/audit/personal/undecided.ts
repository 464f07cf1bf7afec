import type { DatasetInfo } from '#core/data/table.ts';
import type { Spec } from '#core/spec/spec.ts';
import { usedColumns } from '#core/spec/used-columns.ts';
import type { Finding } from '../finding.ts';

/**
 * The findings that a run waits for: personal data, sure enough to be severe, in a column that the run would use and
 * that nobody has decided on. A column that is not used goes neither into the model nor into the record.
 */
export function undecided(
  findings: readonly Finding[],
  spec: Spec,
  info: DatasetInfo,
): readonly Finding[] {
  const used = usedColumns(spec, info);
  return findings.filter(
    ({ code, severity, columns: [name = ''] }) =>
      code.startsWith('personal_') &&
      severity === 'severe' &&
      used.has(name) &&
      spec.columns[name]?.personal === undefined,
  );
}
