import { inputError } from '#core/errors.ts';
import { refuse } from './refuse.ts';
import { tasks, type MetricName, type Spec, type Task } from './spec.ts';

/** What there is to know of a task beside its name. */
export interface TaskFacts {
  readonly title: string;
  /** What the model does, for a sentence: `for predicting …`. */
  readonly doing: string;
  /** The metric that a proposed spec chooses by. */
  readonly metric: MetricName;
  /** The baseline that a message names. */
  readonly baseline: string;
  /** What the model answers, of a task that learns from no target: it stands where a target's name would. */
  readonly answer?: string;
  /** What is dealt, learned from and counted; a row where absent. */
  readonly unit?: string;
}

export const taskFacts: Readonly<Record<Task, TaskFacts>> = {
  classification: {
    title: 'Classification',
    doing: 'classifying',
    metric: 'macro_f1',
    baseline: 'majority',
  },
  regression: { title: 'Regression', doing: 'predicting', metric: 'rmse', baseline: 'mean' },
  ranking: {
    title: 'Ranking',
    doing: 'ranking rows within their query by',
    metric: 'ndcg_10',
    baseline: 'constant_score',
  },
  clustering: {
    title: 'Clustering',
    doing: 'finding groups of like rows, each a',
    metric: 'silhouette',
    baseline: 'random_centres',
    answer: 'cluster',
  },
  anomaly_detection: {
    title: 'Anomaly detection',
    doing: 'finding rows unlike the others, each an',
    metric: 'score_tail',
    baseline: 'even_score',
    answer: 'anomaly',
  },
  reduction: {
    title: 'Dimensionality reduction',
    doing: 'describing rows by fewer numbers, their',
    metric: 'explained_variance',
    baseline: 'random_projection',
    answer: 'components',
  },
  language: {
    title: 'Language model',
    doing: 'telling which character of a text comes next, the',
    metric: 'perplexity',
    baseline: 'character_counts',
    answer: 'character',
    unit: 'window',
  },
};

/** What a task learns from and is measured on, as a word: `row`, or the `window` of a text. */
export function unitOf(task: Task): string {
  return taskFacts[task].unit ?? 'row';
}

/** Whether a task learns a target; `untargetedTasks` are those that do not. */
export function hasTarget(task: Task): boolean {
  return taskFacts[task].answer === undefined;
}

export const untargetedTasks = tasks.filter((task) => !hasTarget(task));

/** The name of what the model answers: the target, or what a task without one finds. */
export function answerName({ task, target }: Pick<Spec, 'task' | 'target'>): string {
  return taskFacts[task].answer ?? target ?? '';
}

/** @throws TerrariumError where a task lacks its target, or has one that it does not learn from */
export function checkQuestion({ task, target, split, columns }: Spec): void {
  const { title, answer } = taskFacts[task];
  if (answer === undefined) {
    if (target !== undefined) return;
    throw inputError(
      'missing_key',
      'target is missing.',
      `Add it: docs/spec.md lists every field. The tasks ${untargetedTasks.join(', ')} have none.`,
      { path: 'target' },
    );
  }
  if (target !== undefined) {
    throw refuse(
      'target',
      `is "${target}", and ${title.toLowerCase()} learns from no target`,
      Object.hasOwn(columns, target)
        ? 'Remove it.'
        : `Remove it, and set columns.${target}.type to ignore where the column should be no input.`,
    );
  }
  if (split.stratify) {
    throw refuse(
      'split.stratify',
      `is true, and ${title.toLowerCase()} has no target to stratify by`,
      'Remove it.',
    );
  }
}
