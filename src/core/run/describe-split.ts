import type { Dataset } from '#core/data/table.ts';
import { inWindows } from '#core/language/windows.ts';
import { checkPinnedRows } from './check-pinned-rows.ts';
import { prepareSplit } from './prepare-split.ts';
import { prepareRows } from './prepare-rows.ts';
import { checkMeaning, checkSpec } from '#core/spec/check-spec.ts';
import type { SplitRecord } from '#core/spec/split-record.ts';
import type { Spec } from '#core/spec/spec.ts';

export interface SplitDescription {
  /** As run.json will say it. */
  readonly split: SplitRecord;
  readonly rowsWithoutTarget: number;
  readonly warnings: readonly string[];
}

/**
 * What each part of a spec's split holds, before anything is trained on it.
 * @throws TerrariumError naming the path in the spec where the split cannot be made, or rows break what is pinned
 */
export function describeSplit(spec: Spec, given: Dataset): SplitDescription {
  checkMeaning(spec);
  checkSpec(spec, given.info);
  const dataset = inWindows(spec, given);
  const rows = prepareRows(spec, dataset);
  const { target, forecast, queries } = rows;
  checkPinnedRows(spec, dataset, target.rows);
  const { record, warnings } = prepareSplit(spec, dataset, target, rows);
  return {
    split: record,
    rowsWithoutTarget: target.rowsWithoutTarget,
    warnings: [...warnings, ...(forecast?.warnings ?? []), ...(queries?.warnings ?? [])],
  };
}
