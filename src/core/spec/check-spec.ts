import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { metricNamed } from '#core/evaluation/registry.ts';
import { balanceNamed } from '#core/features/balance/registry.ts';
import { checkSteps } from '#core/features/check-steps.ts';
import { stepNamed } from '#core/features/registry.ts';
import type { FeatureStep } from '#core/features/step.ts';
import type { Estimator } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { checkColumns } from './check-columns.ts';
import { checkForecast, checkForecastColumns } from './check-forecast.ts';
import { checkLanguage, checkText } from './check-language.ts';
import { checkPersonal } from './check-personal.ts';
import { checkPins } from './check-pins.ts';
import { checkQueryColumn, checkRanking } from './check-ranking.ts';
import { checkRows } from './check-rows.ts';
import { checkSplit, checkSplitColumns } from './check-split.ts';
import { checkWeightColumn, checkWeights } from './check-weights.ts';
import { inputColumns } from './input-columns.ts';
import { refuseOtherTasks, resolveParameters } from './parameters.ts';
import { rangeText } from './pins.ts';
import { columnsHint, refuse } from './refuse.ts';
import type { Balance, Spec, SpecStep, Task } from './spec.ts';
import { checkQuestion, hasTarget, taskFacts } from './tasks.ts';

/**
 * Checks what a spec says apart from any data: parts that sum to 1, a baseline first, known names,
 * parameters in range, a metric that fits the task.
 */
export function checkMeaning(spec: Spec): void {
  checkQuestion(spec);
  checkSplit(spec.split);
  checkCandidates(spec);
  checkForecast(spec);
  checkRanking(spec);
  checkLanguage(spec);
  checkRows(spec);
  checkWeights(spec);
  for (const [steps, path] of stepLists(spec)) {
    for (const [i, { step, parameters, extractor }] of steps.entries()) {
      const found = stepNamed(step, `${path}[${i}].step`);
      const resolved = resolveParameters(found.parameters, parameters, `${path}[${i}].parameters`);
      checkExtractor(found, extractor, `${path}[${i}].extractor`);
      if (!hasTarget(spec.task) && found.readsTarget?.(resolved) === true) {
        throw refuse(
          `${path}[${i}].step`,
          `is ${step}, which reads the target, and ${spec.task} has none`,
          'Remove it, or choose a way that needs no target.',
        );
      }
    }
  }
  const metric = metricNamed(spec.metric);
  if (!metric.tasks.includes(spec.task)) {
    throw refuse(
      'metric',
      `is ${spec.metric}, which does not fit the task ${spec.task}`,
      `It is for ${metric.tasks.join(' and ')}.`,
    );
  }
  const [min, max] = metric.bounds;
  const threshold = spec.contract?.threshold;
  if (threshold !== undefined && (threshold < min || threshold > max)) {
    throw refuse(
      'contract.threshold',
      `is ${threshold}, and ${metric.title} can only be ${rangeText({ min, max })}`,
      'Choose a value that the primary metric can reach.',
    );
  }
}

function checkExtractor(step: FeatureStep, extractor: SpecStep['extractor'], path: string): void {
  const { name } = step;
  const isWanted = step.extraction !== undefined;
  if (isWanted && extractor === undefined) {
    throw refuse(
      path,
      `is missing, and the step ${name} reads features by a network in a file`,
      'Bring an ONNX file of a network for images, for example MobileNet, or a model of TensorFlow.js; on the command line with --extractor FILE.',
    );
  }
  if (!isWanted && extractor !== undefined) {
    throw refuse(path, `is there, and the step ${name} has no use for it`, 'Remove it.');
  }
}

function checkCandidates(spec: Spec): void {
  const names = new Set<string>();
  for (const [i, { name, model, parameters, balance }] of spec.candidates.entries()) {
    const path = `candidates[${i}]`;
    const estimator = estimatorNamed(model, `${path}.model`);
    if (!estimator.tasks.includes(spec.task)) {
      throw refuse(
        `${path}.model`,
        `is ${model}, which cannot do ${spec.task}`,
        `It is for ${estimator.tasks.join(' and ')}.`,
      );
    }
    if (i === 0 && !estimator.baseline) {
      throw refuse(
        `${path}.model`,
        `is ${model}, and the first candidate must be a baseline`,
        `Put ${taskFacts[spec.task].baseline} first.`,
      );
    }
    if (names.has(name)) {
      throw refuse(
        `${path}.name`,
        `is "${name}", as another candidate is called`,
        'Give each its own name.',
      );
    }
    names.add(name);
    const at = `${path}.parameters`;
    const resolved = resolveParameters(estimator.parameters, parameters, at);
    refuseOtherTasks(estimator.parameters, resolved, spec.task, at);
    if (balance !== undefined) checkBalance(balance, spec.task, estimator, `${path}.balance`);
  }
}

function checkBalance(
  { method, parameters }: Balance,
  task: Task,
  { title, acceptsWeights = false }: Estimator,
  path: string,
): void {
  const found = balanceNamed(method, `${path}.method`);
  resolveParameters(found.parameters, parameters, `${path}.parameters`);
  if (task !== 'classification') {
    throw refuse(path, `is for classes, and the task is ${task}`, 'Remove it.');
  }
  if (found.givesWeights && !acceptsWeights) {
    throw refuse(
      `${path}.method`,
      `is ${method}, and ${title} takes no weights of rows`,
      'Balance it by oversample, undersample or smote.',
    );
  }
}

/** Holds a spec against a data set's schema. @throws TerrariumError naming the path in the spec */
export function checkSpec(spec: Spec, info: DatasetInfo): void {
  if (spec.data.sha256 !== undefined && spec.data.sha256 !== info.sha256) {
    throw refuse(
      'data.sha256',
      `is the hash ${spec.data.sha256.slice(0, 12)}…, and the data has ${info.sha256.slice(0, 12)}…`,
      'The data is not the one that the spec was written for. Remove the hash to run on it all the same.',
    );
  }
  const known = info.columns.map((column) => column.name);
  const target = info.columns.find((column) => column.name === spec.target);
  if (spec.target !== undefined && target === undefined) {
    throw refuse(
      'target',
      `is "${spec.target}", and the data has no such column`,
      columnsHint(spec.target, known),
    );
  }
  for (const name of Object.keys(spec.columns)) {
    if (!known.includes(name)) {
      throw refuse(
        `columns.${name}`,
        'names a column that the data does not have',
        columnsHint(name, known),
      );
    }
  }
  checkColumns(spec);
  checkPersonal(spec);
  checkPins(spec, info);
  checkQueryColumn(spec, info);
  checkWeightColumn(spec, info);
  const kept = spec.forecast === undefined ? spec.target : undefined;
  for (const [steps, path] of stepLists(spec))
    checkStepColumns(steps, path, { target: kept, query: spec.query }, known);
  if (target !== undefined) checkTarget(spec, target);
  checkSplitColumns(spec, info);
  checkForecastColumns(spec, info);
  checkText(spec, info);
  const inputs = inputColumns(spec, info);
  for (const [steps, path] of stepLists(spec)) checkSteps(steps, inputs, path);
}

/** The spec's own steps and those of single candidates, each with its path. */
function stepLists(spec: Spec): readonly (readonly [readonly SpecStep[], string])[] {
  const own = spec.candidates.flatMap(({ steps }, i) =>
    steps === undefined ? [] : [[steps, `candidates[${i}].steps`] as const],
  );
  return [[spec.steps, 'steps'], ...own];
}

function checkStepColumns(
  steps: readonly SpecStep[],
  path: string,
  { target, query }: Pick<Spec, 'target' | 'query'>,
  known: readonly string[],
): void {
  for (const [i, { columns }] of steps.entries()) {
    if (!Array.isArray(columns)) continue;
    const at = `${path}[${i}].columns`;
    if (query !== undefined && columns.includes(query)) {
      throw refuse(at, `names the query "${query}"`, 'Steps are for input columns.');
    }
    if (target !== undefined && columns.includes(target)) {
      throw refuse(at, `names the target "${target}"`, 'Steps are for input columns.');
    }
    const stray = columns.find((name) => !known.includes(name));
    if (stray !== undefined) {
      throw refuse(
        at,
        `names "${stray}", and the data has no such column`,
        columnsHint(stray, known),
      );
    }
  }
}

function checkTarget(spec: Spec, target: ColumnSchema): void {
  if (target.type === 'empty') {
    throw refuse(
      'target',
      `is "${target.name}", which has no value in any row`,
      'Choose another column.',
    );
  }
  const override = spec.columns[target.name]?.type;
  if (
    (spec.task === 'regression' || spec.task === 'ranking') &&
    target.dtype === 'string' &&
    override !== 'numeric' &&
    override !== 'integer'
  ) {
    throw refuse(
      'task',
      `is ${spec.task}, and the target "${target.name}" holds texts such as "${target.top[0]?.value ?? ''}" (${target.evidence})`,
      `Choose classification, or set columns.${target.name}.type to numeric where its texts mean missing.`,
    );
  }
  if (override === 'ignore') {
    throw refuse(
      `columns.${target.name}.type`,
      'is ignore, and the column is the target',
      'Choose another target.',
    );
  }
}
