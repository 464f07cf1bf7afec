import type { DatasetInfo } from '#core/data/table.ts';
import { inputColumns, type ColumnReading } from './input-columns.ts';
import { proposeSteps } from './propose-spec.ts';
import type { Spec, SpecStep } from './spec.ts';

/**
 * A spec that was changed, with steps for the inputs that it has now: a column that becomes an input of a type that none was
 * of before, as a forecast's series do, would else have no step and refuse the run. Steps that were proposed are proposed
 * anew; of those that somebody changed none is touched, and what a new type of input needs stands behind them.
 */
export function withStepsThatFollow(before: Spec, after: Spec, info: DatasetInfo): Spec {
  if (after.task === 'language' || !same(before.steps, after.steps)) return after;
  const [had, has] = [inputsOf(before, info), inputsOf(after, info)];
  const proposed = proposeSteps(has, info);
  if (same(before.steps, proposeSteps(had, info))) return { ...after, steps: proposed };
  const isUnread = (type: SpecStep['columns']): boolean =>
    !had.some((input) => input.type === type) &&
    !after.steps.some(({ columns }) => columns === type);
  const further = proposed.filter(({ columns }) => isUnread(columns));
  return further.length === 0 ? after : { ...after, steps: [...after.steps, ...further] };
}

/** None where the inputs themselves are refused. */
function inputsOf(spec: Spec, info: DatasetInfo): readonly ColumnReading[] {
  try {
    return inputColumns(spec, info);
  } catch {
    return [];
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
