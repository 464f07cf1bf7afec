import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { inputColumns } from './input-columns.ts';
import type { ContractOutline, InputOutline } from './json-schema.ts';
import { queryReading } from './query-reading.ts';
import type { Spec } from './spec.ts';
import { answerName } from './tasks.ts';

/**
 * The contract that a spec and its data set amount to before anything is trained: with what the whole data holds where
 * a run will say what its training rows held. The spec has been checked.
 */
export function outlineContract(spec: Spec, info: DatasetInfo): ContractOutline {
  const columns = new Map(info.columns.map((column) => [column.name, column]));
  const classes = classesOf(
    info.columns.find(({ name }) => name === spec.target),
    spec,
  );
  const query = queryReading(spec, info);
  return {
    name: spec.name,
    task: spec.task,
    primaryMetric: spec.metric,
    ...(query === null ? {} : { query }),
    ...(spec.contract === undefined ? {} : { terms: spec.contract }),
    target: { name: answerName(spec), ...(classes === undefined ? {} : { classes }) },
    inputs: inputColumns(spec, info).map(({ missing, order, ...reading }) => ({
      ...reading,
      missing: [...missing],
      ...(order === undefined ? {} : { order: [...order] }),
      ...seenIn(columns.get(reading.name), reading.type),
    })),
  };
}

function seenIn(
  column: ColumnSchema | undefined,
  type: InputOutline['type'],
): Pick<InputOutline, 'range' | 'categories'> {
  if (column === undefined) return {};
  const { min, max, top } = column;
  if (type === 'categorical') return { categories: top.map(({ value }) => value) };
  if (type !== 'numeric') return {};
  return min === undefined || max === undefined ? {} : { range: { min, max } };
}

/** Undefined where there are more classes than the data set's summary lists. */
function classesOf(target: ColumnSchema | undefined, { task }: Spec): string[] | undefined {
  if (task !== 'classification' || target === undefined) return undefined;
  const known = target.top.map(({ value }) => value);
  return known.length < target.distinct ? undefined : known.sort();
}
