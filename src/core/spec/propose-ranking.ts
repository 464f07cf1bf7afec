import type { DatasetInfo } from '#core/data/table.ts';
import type { Spec } from './spec.ts';
import { withStepsThatFollow } from './steps-follow.ts';

/** A ranking over another column of queries, by which rows are dealt; steps follow the inputs that are left. */
export function withQuery(spec: Spec, info: DatasetInfo, query: string): Spec {
  const isOwn = spec.split.by === spec.query || spec.split.method === 'random';
  const { [query]: own, ...others } = spec.columns;
  const kept = Object.fromEntries(Object.entries(own ?? {}).filter(([key]) => key !== 'type'));
  const changed: Spec = {
    ...spec,
    query,
    columns: Object.keys(kept).length === 0 ? others : { ...others, [query]: kept },
    split: isOwn ? { ...spec.split, method: 'group', by: query } : spec.split,
  };
  return withStepsThatFollow(spec, changed, info);
}
