import type { Dataset } from '#core/data/table.ts';
import { Breather } from '#core/breather.ts';
import { dealsOnly } from '#core/spec/split-columns.ts';
import type { Spec } from '#core/spec/spec.ts';
import { usedColumns } from '#core/spec/used-columns.ts';
import { AuditColumn } from '../audit-column.ts';
import { endOfDay } from '../end-of-day.ts';
import type { Finding } from '../finding.ts';
import { personalDetectors } from './registry.ts';
import { undecided } from './undecided.ts';

/**
 * What the audit would find of `undecided`, without the rest of the audit: only the columns that a run of the spec
 * would use are looked at, one after the other, so that the distinct texts of one alone are held. The spec has been
 * checked.
 * @param today as an ISO date: nobody is born later
 * @throws TerrariumError of kind `cancelled`
 */
export async function findUndecided(
  { info, table }: Dataset,
  spec: Spec,
  today: string,
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const breather = new Breather(signal);
  const used = usedColumns(spec, info);
  const findings: Finding[] = [];
  for (const schema of info.columns) {
    const settings = spec.columns[schema.name] ?? {};
    if (!used.has(schema.name) || settings.personal !== undefined) continue;
    const column = new AuditColumn(table, schema, settings, {
      isTarget: schema.name === spec.target,
      isDealing: dealsOnly(spec, schema.name),
    });
    const context = { columns: [column], breather, salt: '', endOfToday: endOfDay(today) };
    for (const detector of personalDetectors) findings.push(...(await detector.detect(context)));
  }
  return undecided(findings, spec, info);
}
