import type { SplitRows } from '#core/data/split/parts.ts';
import { splitRows } from '#core/data/split/split-rows.ts';
import type { Dataset } from '#core/data/table.ts';
import { TerrariumError } from '#core/errors.ts';
import { prepareQueries } from '#core/ranking/prepare-queries.ts';
import { splitInput } from '#core/run/prepare-split.ts';
import { prepareTarget } from '#core/run/prepare-target.ts';
import type { Spec } from '#core/spec/spec.ts';

/** The parts of the spec's split, as a run would make them. */
export interface AuditSplit {
  readonly parts: SplitRows;
  readonly method: Spec['split']['method'];
  readonly by: string | undefined;
}

/**
 * Null for a language model, of which windows of the text are dealt and no rows.
 * @param isGiven whether a person wrote the spec: then a split that cannot be made is an error, and of a
 * proposed one there is just nothing to check
 * @throws TerrariumError naming the path in the spec
 */
export function auditSplit(spec: Spec, dataset: Dataset, isGiven: boolean): AuditSplit | null {
  if (spec.task === 'language') return null;
  try {
    const target = prepareTarget(spec, dataset);
    const queries = spec.task === 'ranking' ? prepareQueries(spec, dataset, target) : null;
    const input = splitInput(spec, dataset, target, queries);
    const { parts } = splitRows(spec.split.method, input, spec.split);
    return { parts, method: spec.split.method, by: spec.split.by };
  } catch (thrown) {
    if (isGiven || !(thrown instanceof TerrariumError)) throw thrown;
    return null;
  }
}
