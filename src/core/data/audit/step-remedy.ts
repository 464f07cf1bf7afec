import { stepNamed } from '#core/features/registry.ts';
import { inputKind, isSetAside } from '#core/spec/input-columns.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { Spec } from '#core/spec/spec.ts';
import type { AuditColumn } from './audit-column.ts';
import type { Remedy } from './finding.ts';

/**
 * A remedy that puts a feature step for one column in front of all others; none where the step does not take the column,
 * or no step of the spec reaches it.
 */
export function stepRemedy(
  label: string,
  column: AuditColumn,
  spec: Spec | null,
  name: string,
  given: Readonly<Record<string, unknown>> = {},
): Remedy[] {
  const step = stepNamed(name);
  const kind = inputKind(column.schema.type);
  if (!column.isInput || kind === null || !step.accepts.includes(kind)) return [];
  if (spec !== null && !reachesSteps(column, spec)) return [];
  const parameters = { ...resolveParameters(step.parameters, given, name) };
  const value = { step: name, columns: [column.name], parameters };
  return [{ label, changes: [{ path: 'steps', value, item: 'add' }] }];
}

/** Of a forecast steps take what is made of a column, a text's characters have steps of their own, and what is masked or hashed is another column. */
function reachesSteps({ name, settings }: AuditColumn, spec: Spec): boolean {
  const decision = settings.personal?.decision;
  const isReplaced = decision === 'mask' || decision === 'hash';
  const hasOthers = spec.forecast !== undefined || spec.task === 'language';
  return !hasOthers && !isReplaced && !isSetAside(spec, name);
}
