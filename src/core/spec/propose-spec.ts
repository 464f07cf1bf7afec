import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { stepNamed } from '#core/features/registry.ts';
import type { Estimator } from '#core/models/estimator.ts';
import { hintNear } from '#core/nearest-name.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { estimatorsFor } from '#core/models/registry.ts';
import { resolveParameters } from './parameters.ts';
import { likelyQuery } from './likely-query.ts';
import { inputColumns, type ColumnReading } from './input-columns.ts';
import { checkShape } from './parse-spec.ts';
import { characterSteps, textAlone } from './propose-language.ts';
import { imageSettings, imageSteps, seesImagesAlone } from './propose-images.ts';
import { SPEC_VERSION, type InputType, type Spec, type SpecStep, type Task } from './spec.ts';
import { taskFacts } from './tasks.ts';

/**
 * An integer target with at most this many distinct values, each on at least three rows on average,
 * is a set of classes; with more it is a quantity.
 */
const MAX_INTEGER_CLASSES = 20;
const MIN_ROWS_PER_CLASS = 3;

/** The task that a target suggests, and why, in a sentence. */
export function describeTask(
  info: DatasetInfo,
  target: string,
): { readonly task: Task; readonly reason: string } {
  const column = targetSchema(info, target);
  const isNumeric =
    column.type === 'numeric' || (column.type === 'identifier' && column.dtype !== 'string');
  if (!isNumeric) {
    return {
      task: 'classification',
      reason: `${target} holds texts, ${column.distinct.toLocaleString('en')} distinct.`,
    };
  }
  if (!column.integer) {
    return { task: 'regression', reason: `${target} holds numbers with decimals.` };
  }
  const present = info.rows - column.missingCount;
  const few =
    column.distinct <= MAX_INTEGER_CLASSES && present >= MIN_ROWS_PER_CLASS * column.distinct;
  return few
    ? {
        task: 'classification',
        reason: `${target} holds integers with few distinct values (${column.distinct}; at most ${MAX_INTEGER_CLASSES}, with ${MIN_ROWS_PER_CLASS} rows each on average, count as classes).`,
      }
    : {
        task: 'regression',
        reason: `${target} holds integers with many distinct values (${column.distinct.toLocaleString('en')} in ${present.toLocaleString('en')} rows).`,
      };
}

/** What may be said beforehand of a spec that is proposed. */
export interface ProposalOptions {
  /** 1 where absent. */
  readonly seed?: number | undefined;
  /** Puts what somebody has settled into the proposal; its steps are then proposed for the inputs that there are. */
  readonly settle?: ((proposal: unknown) => unknown) | undefined;
}

export interface TargetProposalOptions extends ProposalOptions {
  /** The one that the target suggests, where absent. */
  readonly task?: Task | undefined;
  /** The column of queries of a ranking; one that looks like it where absent. */
  readonly query?: string | undefined;
}

/**
 * The spec that the app and the command line fill in for a table and a target.
 * @throws TerrariumError where there is no such target, or a ranking has no column of queries
 */
export function proposeSpec(
  info: DatasetInfo,
  target: string,
  { seed = 1, task = describeTask(info, target).task, query, settle }: TargetProposalOptions = {},
): Spec {
  if (task !== 'ranking') return proposeFor(info, { target, seed, task }, settle);
  const found = query ?? likelyQuery(info, target);
  if (found !== undefined) return proposeFor(info, { target, seed, task, query: found }, settle);
  throw inputError(
    'no_query_column',
    'query: a ranking needs a column that says which rows are ranked against one another, and no column has values that rows share.',
    'Add such a column to the data, for example the search that a result was shown for.',
    { path: 'query' },
  );
}

/** The same for a task that has no target. */
export function proposeWithoutTarget(
  info: DatasetInfo,
  task: Task,
  { seed = 1, settle }: ProposalOptions = {},
): Spec {
  return proposeFor(info, { seed, task }, settle);
}

function proposeFor(
  info: DatasetInfo,
  { task, target, query, seed }: Pick<Spec, 'task' | 'target' | 'query' | 'seed'>,
  settle: ProposalOptions['settle'] = (proposal) => proposal,
): Spec {
  const proposal = {
    version: SPEC_VERSION,
    name: `${info.name.replace(/\.[^.]+$/, '')}: ${target ?? taskFacts[task].title.toLowerCase()}`,
    data: {
      source: info.name,
      sha256: info.sha256,
      ...(info.settings === undefined ? {} : { read: info.settings }),
    },
    task,
    ...(target === undefined ? {} : { target }),
    ...(query === undefined ? {} : { query }),
    columns: task === 'language' ? textAlone(info) : {},
    seed,
    split: { stratify: task === 'classification' },
    steps: task === 'language' ? characterSteps() : [],
    candidates: estimatorsFor({ task })
      .filter(({ proposed }) => proposed)
      .flatMap((estimator) =>
        estimator.name === 'k_means' ? groupings(estimator) : candidateOf(estimator),
      ),
    metric: taskFacts[task].metric,
    backend: 'auto',
    evaluation: { resamples: 1000 },
    ...imageSettings(info, target),
  };
  const spec = checkShape(settle(proposal));
  if (task === 'language') return spec;
  const inputs = inputColumns(spec, info);
  const steps = proposeSteps(inputs, info);
  const { candidates } = spec;
  return {
    ...spec,
    steps,
    candidates: seesImagesAlone(inputs, steps) ? candidates.map(lookingAtNeighbours) : candidates,
  };
}

/** Of images the network that looks at neighbouring pixels takes the place of the one that does not. */
function lookingAtNeighbours(candidate: Spec['candidates'][number]): Spec['candidates'][number] {
  return candidate.model === mlp.name ? candidateOf(cnn) : candidate;
}

/** The usual steps of the types that the inputs have. */
export function proposeSteps(inputs: readonly ColumnReading[], info: DatasetInfo): SpecStep[] {
  const types = new Set(inputs.map((input) => input.type));
  return [...imageSteps(info), ...defaultSteps, textStep(info.rows, inputs)]
    .filter((step) => types.has(step.columns))
    .map(withDefaults);
}

/** What each type of input goes through; what parameters are left out here is resolved to the step's own. */
const defaultSteps = [
  { step: 'impute', columns: 'numeric', parameters: { strategy: 'median' } },
  { step: 'scale', columns: 'numeric', parameters: { method: 'standard' } },
  { step: 'impute', columns: 'categorical', parameters: { strategy: 'constant' } },
  { step: 'one_hot', columns: 'categorical', parameters: { max_categories: 50, min_frequency: 1 } },
  { step: 'date_parts', columns: 'datetime', parameters: {} },
  { step: 'impute', columns: 'datetime', parameters: { strategy: 'median' } },
  { step: 'scale', columns: 'datetime', parameters: { method: 'standard' } },
] satisfies (SpecStep & { columns: InputType })[];

/** Numbers that the features of all texts together may be: 240 MB, in both forms that a run keeps. */
const MOST_TEXT_NUMBERS = 20_000_000;
const FEWEST_TERMS = 20;
const MOST_TERMS = 1000;

/** Words of texts, fewer of each column where there are many rows or columns. */
function textStep(rows: number, inputs: readonly ColumnReading[]) {
  const columns = inputs.filter(({ type }) => type === 'text').length;
  const affordable = Math.floor(MOST_TEXT_NUMBERS / Math.max(1, rows * columns));
  const terms = Math.max(FEWEST_TERMS, Math.min(MOST_TERMS, affordable));
  return { step: 'tfidf', columns: 'text', parameters: { max_features: terms } } as const;
}

function withDefaults({ step, columns, parameters }: SpecStep): SpecStep {
  const known = stepNamed(step).parameters;
  return { step, columns, parameters: resolveParameters(known, parameters, step) };
}

export function candidateOf(estimator: Estimator): Spec['candidates'][number] {
  return {
    name: estimator.shortName,
    model: estimator.name,
    parameters: resolveParameters(estimator.parameters, {}, estimator.name),
  };
}

/** As many groups as fit best are seldom known before: a few numbers of them, for the metric to choose from. */
function groupings(estimator: Estimator): Spec['candidates'] {
  return [2, 3, 4, 5].map((k) => ({
    name: `${estimator.shortName} ${k}`,
    model: estimator.name,
    parameters: resolveParameters(estimator.parameters, { k }, estimator.name),
  }));
}

function targetSchema(info: DatasetInfo, target: string): ColumnSchema {
  const column = info.columns.find(({ name }) => name === target);
  if (column !== undefined) return column;
  throw inputError(
    'unknown_target',
    `The data has no column named "${target}".`,
    hintNear(
      target,
      info.columns.map(({ name }) => name),
      `It has: ${info.columns
        .map(({ name }) => (name === name.trim() ? name : `"${name}"`))
        .slice(0, 20)
        .join(', ')}.`,
    ),
    { path: 'target' },
  );
}
