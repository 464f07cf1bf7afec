import { mean, median, standardDeviation } from '#core/features/statistics.ts';
import { valuesSeen, type RawColumn } from '#core/features/windows/window-column.ts';
import type { ImageColumn } from '#core/features/images/image-column.ts';
import type { Contract, ContractInput } from './contract.ts';
import type { ColumnReading } from './input-columns.ts';
import type { InputType, Spec, Task } from './spec.ts';
import { answerName } from './tasks.ts';

/** Names of the graph's outputs; an input column of such a name gets another tensor name. */
export const OUTPUT_NAMES = {
  label: 'label',
  probabilities: 'probabilities',
  value: 'value',
  score: 'score',
} as const;
const outputsOf = {
  classification: ['label', 'probabilities', 'value'],
  regression: ['label', 'probabilities', 'value'],
  ranking: ['score'],
  clustering: ['label', 'distances', 'probabilities'],
  anomaly_detection: ['label', 'score', 'threshold'],
  reduction: ['components', 'reconstruction_error'],
  language: ['probabilities', 'nats'],
} as const satisfies Readonly<Record<Task, readonly string[]>>;
/** Names that the graph of a task gives to its outputs. */
export function outputNames(task: Task): readonly string[] {
  return outputsOf[task];
}
/** Categories that the contract lists, for forms. */
const MAX_CATEGORIES = 50;

/**
 * What the model will take and give, with ranges, categories and target statistics from the training
 * rows alone.
 * @param trainTarget class indexes or values of the training rows
 */
export function buildContract(
  spec: Spec,
  readings: readonly ColumnReading[],
  trainColumns: readonly RawColumn[],
  target: { readonly classes: readonly string[] | null; readonly missing: readonly string[] },
  trainTarget: Float64Array,
  { forecast, query }: Partial<Pick<Contract, 'forecast' | 'query'>> = {},
): Contract {
  const outputs = outputNames(spec.task);
  const taken = new Set<string>(outputs);
  for (const { name } of readings) taken.add(name);
  const inputs = readings.map((reading, i): ContractInput => {
    const { name, type, dtype, missing, decimal, dates, integer, order } = reading;
    const { fold, masked, salt, verbatim, allowed, window } = reading;
    const shared = {
      name,
      tensor: outputs.includes(name) ? otherName(name, taken) : name,
      type,
      dtype,
      missing: [...missing],
      ...(decimal === undefined ? {} : { decimal }),
      ...(dates === undefined ? {} : { dates }),
      ...(integer === undefined ? {} : { integer }),
      ...(order === undefined ? {} : { order: [...order] }),
      ...(fold === undefined ? {} : { fold }),
      ...(masked === undefined ? {} : { masked }),
      ...(salt === undefined ? {} : { salt }),
      ...(verbatim === undefined ? {} : { verbatim }),
      ...(allowed === undefined ? {} : { allowed }),
      ...(window === undefined ? {} : { window }),
    };
    const column = trainColumns[i];
    if (column?.kind === 'image') {
      const { preprocessing, extracted } = column;
      if (extracted === undefined) return { ...shared, missing: [], preprocessing, example: '' };
      const { file, sha256, bytes } = extracted.extractor;
      const extractor = { file, sha256, bytes, features: extracted.width };
      return { ...shared, missing: [], preprocessing, extractor, example: '' };
    }
    return { ...shared, ...factsOf(type, valuesOf(column)) };
  });
  const common = { name: answerName(spec), missing: [...target.missing] };
  return {
    version: 1,
    name: spec.name,
    task: spec.task,
    target:
      target.classes === null
        ? { ...common, ...(spec.task === 'regression' ? targetScale(trainTarget) : {}) }
        : { ...common, classes: [...target.classes] },
    inputs,
    ...(query === undefined ? {} : { query }),
    ...(forecast === undefined ? {} : { forecast }),
    primaryMetric: spec.metric,
    ...(spec.contract === undefined ? {} : { terms: spec.contract }),
  };
}

/** Mean and deviation of a training target; the deviation is 1 where all its values are equal. */
function targetScale(values: Float64Array): { mean: number; standardDeviation: number } {
  const centre = mean(values);
  return { mean: centre, standardDeviation: standardDeviation(values, centre) || 1 };
}

/** For the tensor of a column that is called as an output. */
function otherName(column: string, taken: Set<string>): string {
  let name = `${column}_input`;
  while (taken.has(name)) name += '_';
  taken.add(name);
  return name;
}

function valuesOf(
  column: Exclude<RawColumn, ImageColumn> | undefined,
): Float64Array | readonly string[] {
  if (column?.kind === 'window') return valuesSeen(column);
  return column?.values ?? [];
}

type Facts = Pick<ContractInput, 'range' | 'categories' | 'period' | 'example'>;

/** What the training rows held of a column. Of free texts nothing is told: a model's file is no place for letters. */
function factsOf(type: InputType, values: Float64Array | readonly string[]): Facts {
  if (values instanceof Float64Array) return numericFacts(values);
  const present = values.filter((value) => value !== '');
  if (type === 'datetime') return dateFacts(present);
  return type === 'text' ? { example: '' } : categoryFacts(present);
}

function numericFacts(values: Float64Array): Facts {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length === 0) return { example: 0 };
  let min = Infinity;
  let max = -Infinity;
  for (const value of present) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { range: { min, max }, example: median(present) };
}

/** Dates in ISO 8601 stand in the order of their texts, a day before its times. */
function dateFacts(present: readonly string[]): Facts {
  const sorted = present.toSorted();
  const [from] = sorted;
  const to = sorted.at(-1);
  if (from === undefined || to === undefined) return { example: '' };
  return { period: { from, to }, example: sorted[sorted.length >> 1] ?? from };
}

function categoryFacts(present: readonly string[]): Facts {
  const counts = new Map<string, number>();
  for (const value of present) counts.set(value, (counts.get(value) ?? 0) + 1);
  const categories = [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MAX_CATEGORIES)
    .map(([category]) => category);
  return { categories, example: categories[0] ?? '' };
}
