import { audit } from '#core/data/audit/audit.ts';
import type { Finding } from '#core/data/audit/finding.ts';
import type { Dataset, DatasetInfo } from '#core/data/table.ts';
import { checkShape } from '#core/spec/parse-spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { setAt } from '#core/spec/spec-path.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readText } from '../../../../support/csv.ts';
import type { Expected, GeneratedTable, PlantedTable } from './table.ts';

/** The day on which every table is audited. */
const TODAY = '2026-06-15';
const SEED = 7;

export interface Examined {
  readonly dataset: Dataset;
  readonly findings: readonly Finding[];
}

const examined = new Map<string, Promise<Examined>>();

/** Reads and audits a table, once. */
export function examine(table: GeneratedTable): Promise<Examined> {
  const known = examined.get(table.name) ?? readAndAudit(table);
  examined.set(table.name, known);
  return known;
}

async function readAndAudit(table: GeneratedTable): Promise<Examined> {
  const dataset = await readText(table.csv);
  const { target, split } = table;
  const spec =
    target === undefined || split === undefined ? undefined : specOf(dataset.info, target, split);
  const findings = await audit(dataset, {
    today: TODAY,
    ...(target === undefined ? {} : { target }),
    ...(spec === undefined ? {} : { spec }),
  });
  return { dataset, findings };
}

/** The proposed spec, with the table's split. */
function specOf(
  info: DatasetInfo,
  target: string,
  split: Readonly<Record<string, unknown>> = {},
): Spec {
  const spec = proposeSpec(info, target, { seed: SEED });
  return checkShape(setAt(spec, 'split', { ...spec.split, ...split }));
}

/**
 * The spec that a finding's remedies are for. A table audited without a target gets one that the finding
 * is not about, where there is one.
 */
export function specFor(table: GeneratedTable, { info }: Dataset, finding: Finding): Spec {
  const usable = info.columns.filter(
    ({ distinct, missingCount }) => distinct > 1 && missingCount === 0,
  );
  const stranger = usable.find(({ name }) => !finding.columns.includes(name)) ?? usable[0];
  const target = table.target ?? stranger?.name;
  if (target === undefined) throw new RangeError(`${table.name}: no column to be a target`);
  return specOf(info, target, table.split);
}

/** The expected findings that did not come. */
export function missed(table: PlantedTable, findings: readonly Finding[]): readonly Expected[] {
  return table.expected.filter((expected) => !findings.some((found) => meets(found, expected)));
}

function meets(found: Finding, expected: Expected): boolean {
  const { codes, columns, rows, minimumCount = 0, alarm = false } = expected;
  return (
    codes.includes(found.code) &&
    columns.every((name) => found.columns.includes(name)) &&
    (rows === undefined || found.rows.some((row) => rows.includes(row))) &&
    found.count >= minimumCount &&
    (!alarm || isAlarm(found))
  );
}

/** Severe findings and warnings ask for something to be done; notes do not. */
export function isAlarm({ severity }: Finding): boolean {
  return severity !== 'note';
}

/** A finding in a line, for a failing test's message. */
export function shown({ code, severity, columns, count }: Finding): string {
  return `${severity} ${code} [${columns.join(', ')}] ${count}`;
}
