import type { Forecast } from '#core/spec/forecast.ts';
import type { DatasetInfo } from '#core/data/table.ts';
import { shippedExtractorFile } from '#core/extractors/shipped-extractor.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { stepNamed } from '#core/features/registry.ts';
import { tokens } from '#core/features/texts/tokens.ts';
import { inputColumns } from '#core/spec/input-columns.ts';
import { resolveParameters, type ParameterSpec } from '#core/spec/parameters.ts';
import { withQuery } from '#core/spec/propose-ranking.ts';
import { proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { SpecCandidate, SpecStep, Task } from '#core/spec/spec.ts';
import { settableTypes, type Spec } from '#core/spec/spec.ts';
import { acrossLanguage } from './language-edits.ts';

/**
 * The spec for another target: what the person changed stays, what was proposed follows the new target.
 * @throws TerrariumError where nothing can be proposed for the target
 */
export function retargeted(spec: Spec, info: DatasetInfo, target: string): Spec {
  const proposal = proposeSpec(info, target, { seed: spec.seed });
  const { [target]: own, ...others } = rebased(spec, info, proposal).columns;
  const missing = own?.missing === undefined ? {} : { [target]: { missing: own.missing } };
  return { ...rebased(spec, info, proposal), columns: { ...others, ...missing } };
}

/**
 * The spec for a task that has no target. What was the target is left out of the inputs, so that what is found is found
 * without it.
 * @throws TerrariumError where nothing can be proposed without it
 */
export function untargeted(spec: Spec, info: DatasetInfo, task: Task): Spec {
  const without = rebased(spec, info, proposeWithoutTarget(info, task, { seed: spec.seed }));
  if (spec.target === undefined) return without;
  return { ...without, columns: { ...without.columns, [spec.target]: { type: 'ignore' } } };
}

/**
 * The spec for another task: candidates and metric are proposed anew, since the old ones can't do it, and for a ranking
 * its queries.
 * @throws TerrariumError where nothing can be proposed for the task
 */
export function retasked(spec: Spec, info: DatasetInfo, task: Task): Spec {
  const changed = rebased(spec, info, proposed(info, { ...spec, task }));
  return changed.query === undefined ? changed : withQuery(changed, info, changed.query);
}

function proposed(info: DatasetInfo, { target, task, seed, query }: Spec): Spec {
  return target === undefined
    ? proposeWithoutTarget(info, task, { seed })
    : proposeSpec(info, target, { seed, task, query });
}

function rebased(spec: Spec, info: DatasetInfo, onto: Spec): Spec {
  const before = proposed(info, spec);
  const follow = <Key extends keyof Spec>(key: Key): Spec[Key] =>
    same(spec[key], before[key]) ? onto[key] : spec[key];
  const retask = onto.task !== spec.task;
  const isAcross = retask && [spec.task, onto.task].includes('language');
  return {
    ...spec,
    name: follow('name'),
    target: onto.target,
    task: onto.task,
    ...(spec.forecast === undefined
      ? {}
      : { forecast: retask ? undefined : aimed(spec.forecast, onto.target) }),
    ...(spec.query === undefined && onto.query === undefined ? {} : { query: onto.query }),
    split: retask ? resplit(spec, onto) : spec.split,
    steps: follow('steps'),
    candidates: retask ? onto.candidates : spec.candidates,
    metric: retask ? onto.metric : spec.metric,
    ...(isAcross ? acrossLanguage(spec, before, onto) : {}),
  };
}

/** Rows are dealt as before, but that queries come and go with a ranking. */
function resplit({ split, query }: Spec, onto: Spec): Spec['split'] {
  const { stratify, method, by } = onto.split;
  const isOfQueries = onto.query !== undefined || (query !== undefined && split.by === query);
  if (!isOfQueries) return { ...split, stratify };
  const { train, validation, test, folds } = split;
  return {
    ...{ method, stratify, train, validation, test },
    ...(by === undefined ? {} : { by }),
    ...(folds === undefined ? {} : { folds }),
  };
}

/** A forecast of another target, which it looks back at anyhow. */
function aimed(forecast: Forecast, target: string | undefined): Forecast {
  return { ...forecast, inputs: forecast.inputs.filter((name) => name !== target) };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export interface ColumnSettings extends Omit<
  Spec['columns'][string],
  'type' | 'missing' | 'order'
> {
  /** One of `settableTypes`; any other text means as inferred. */
  readonly type?: string | undefined;
  readonly missing?: readonly string[] | undefined;
  /** The values of an ordinal column, lowest first. */
  readonly order?: readonly string[] | undefined;
}

/** Sets a column's settings; without any, its entry goes. */
export function withColumn(spec: Spec, name: string, settings: ColumnSettings): Spec {
  const { type: wanted, missing, order, ...others } = settings;
  const type = settableTypes.find((one) => one === wanted);
  const said = Object.entries(others).filter(([, value]) => value !== undefined);
  const entry: Spec['columns'][string] = {
    ...(type === undefined ? {} : { type }),
    ...(missing === undefined ? {} : { missing: [...missing] }),
    ...Object.fromEntries(said),
    ...(type === 'ordinal' && order !== undefined ? { order: [...order] } : {}),
  };
  const entries = Object.entries(spec.columns).filter(([other]) => other !== name);
  if (Object.keys(entry).length > 0) entries.push([name, entry]);
  return { ...spec, columns: Object.fromEntries(entries) };
}

/** Inputs that are no texts: a network that reads words takes none beside its texts. */
export function besideTexts(spec: Spec, info: DatasetInfo): string[] {
  return inputColumns(spec, info).flatMap(({ name, type }) => (type === 'text' ? [] : [name]));
}

/** The spec without these columns among its inputs. */
export function leavingOut(spec: Spec, names: readonly string[]): Spec {
  return names.reduce(
    (next, name) => withColumn(next, name, { ...next.columns[name], type: 'ignore' }),
    spec,
  );
}

/** A list with one item in another place; out of range nothing changes. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const copy = [...items];
  const item = copy[from];
  if (item === undefined || to < 0 || to >= copy.length) return copy;
  copy.splice(from, 1);
  copy.splice(to, 0, item);
  return copy;
}

export function replaced<T>(items: readonly T[], at: number, item: T): T[] {
  return items.map((old, i) => (i === at ? item : old));
}

export function without<T>(items: readonly T[], at: number): T[] {
  return items.filter((_, i) => i !== at);
}

/** A new candidate of a model, with its defaults, a name that no other one has, and steps of its own where it reads words. */
export function newCandidate(model: string, others: readonly SpecCandidate[]): SpecCandidate {
  const estimator = estimatorNamed(model);
  const names = others.map((candidate) => candidate.name);
  let name = estimator.shortName;
  for (let n = 2; names.includes(name); n += 1) name = `${estimator.shortName}-${n}`;
  const parameters = defaultsOf(tokens.parameters);
  const reads: SpecStep = { step: tokens.name, columns: 'text', parameters };
  return {
    ...{ name, model, parameters: defaultsOf(estimator.parameters) },
    ...(estimator.readsTokens === true && { steps: [reads] }),
  };
}

/** The candidate with a part of its own set, or left out. */
export function withPart<Part extends 'balance' | 'steps'>(
  candidate: SpecCandidate,
  part: Part,
  value: SpecCandidate[Part] | undefined,
): SpecCandidate {
  const changed = { ...candidate, [part]: value };
  if (value === undefined) Reflect.deleteProperty(changed, part);
  return changed;
}

/** A new step, over all columns of the first type that it takes. */
export function newStep(name: string): SpecStep {
  const step = stepNamed(name);
  const [columns = 'numeric'] = step.accepts;
  const plain = { step: name, columns, parameters: defaultsOf(step.parameters) };
  return step.extraction === undefined
    ? plain
    : { ...plain, extractor: { ...shippedExtractorFile } };
}

function defaultsOf(specs: readonly ParameterSpec[]): Record<string, unknown> {
  return { ...resolveParameters(specs, {}, 'parameters') };
}
