import {
  findingCodes,
  severities,
  type Finding,
  type FindingCode,
  type Severity,
} from '#core/data/audit/finding.ts';
import type { SettledFinding } from '#app/kept-settlements.ts';
import { findingKey } from '#app/settled-findings.svelte.ts';

/** A finding as the list shows it: with the remedy that settled it, if one did. */
export interface ListedFinding {
  readonly key: string;
  readonly finding: Finding;
  readonly settled: SettledFinding | null;
}

/** Findings of one kind and severity; a few stand by themselves, many in one group. */
export interface FindingGroup {
  readonly key: string;
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly items: readonly ListedFinding[];
}

/**
 * What the last audit found, and what was settled before it, in one order: a finding keeps its place and its
 * severity when it is settled.
 */
export function listFindings(
  findings: readonly Finding[],
  settled: readonly SettledFinding[],
): readonly ListedFinding[] {
  const open = findings.filter((finding) => !settled.some((one) => isOf(finding, one)));
  const all = [
    ...settled.map((one) => ({ finding: one.finding, settled: one })),
    ...open.map((finding) => ({ finding, settled: null })),
  ];
  const seen = new Map<string, number>();
  return all
    .sort((a, b) => rank(a.finding) - rank(b.finding))
    .map((one) => {
      const key = findingKey(one.finding);
      const twins = seen.get(key) ?? 0;
      seen.set(key, twins + 1);
      return { ...one, key: `${key} ${twins}` };
    });
}

/** A later audit finds what was settled no more, or without a remedy. */
function isOf(finding: Finding, { finding: settled }: SettledFinding): boolean {
  if (findingKey(finding) === findingKey(settled)) return true;
  const isSameColumns = JSON.stringify(finding.columns) === JSON.stringify(settled.columns);
  return finding.remedies.length === 0 && finding.code === settled.code && isSameColumns;
}

function rank({ severity, code }: Finding): number {
  return severities.indexOf(severity) * findingCodes.length + findingCodes.indexOf(code);
}

/** How many findings there are of each severity, and how many of all are settled. */
export function countFindings(listed: readonly ListedFinding[]): {
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly settled: number;
} {
  const of = (severity: Severity) =>
    listed.filter(({ finding }) => finding.severity === severity).length;
  return {
    bySeverity: { severe: of('severe'), warning: of('warning'), note: of('note') },
    settled: listed.filter(({ settled }) => settled !== null).length,
  };
}

/** Those of a severity, and about a column whose name holds a text, in whatever case. */
export function filterFindings(
  listed: readonly ListedFinding[],
  severity: Severity | 'all',
  column: string,
): readonly ListedFinding[] {
  const wanted = column.trim().toLowerCase();
  return listed.filter(
    ({ finding }) =>
      (severity === 'all' || finding.severity === severity) &&
      (wanted === '' || finding.columns.some((name) => name.toLowerCase().includes(wanted))),
  );
}

/** In the order of the list; findings of one kind stand together where the first of them does. */
export function groupFindings(listed: readonly ListedFinding[]): readonly FindingGroup[] {
  const groups = new Map<string, ListedFinding[]>();
  for (const one of listed) {
    const key = `${one.finding.severity} ${one.finding.code}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].flatMap(([key, items]) => {
    const first = items[0]?.finding;
    return first === undefined ? [] : [{ key, code: first.code, severity: first.severity, items }];
  });
}
