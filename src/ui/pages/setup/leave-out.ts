import type { Finding, Remedy } from '#core/data/audit/finding.ts';

/** The remedy that leaves a column of personal data out of the model; undefined where there is none, as for the target. */
export function leavesOut(
  { columns: [name], remedies }: Finding,
  target: string | undefined,
): Remedy | undefined {
  if (name === target) return undefined;
  return remedies.find(({ changes }) => changes.every(({ value }) => isDrop(value)));
}

function isDrop(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'decision' in value && value.decision === 'drop'
  );
}
