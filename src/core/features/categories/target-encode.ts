import type { RandomStream } from '#core/random.ts';
import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { textColumns, type NumericFeature, type TextFeature } from '../column.ts';
import type { FeatureStep, FitContext, StepState } from '../step.ts';
import {
  codesOf,
  distinctTexts,
  emitTables,
  lookUp,
  type CategoryTable,
} from './category-table.ts';
import { targetMeans, type Smoothing } from './target-means.ts';

interface TargetEncodeState extends StepState {
  readonly tables: readonly CategoryTable[];
}

export const targetEncode: FeatureStep<TargetEncodeState> = {
  name: 'target_encode',
  title: 'Target encode',
  summary:
    'Each category becomes the smoothed mean of its target. Training rows are encoded by folds that leave them out, so that no row sees its own target. The model file holds the names of the categories.',
  accepts: ['categorical'],
  gives: 'numeric',
  carriesData:
    'Target encoding holds the categories that it knows, and what the target was on average in each.',
  parameters: [
    {
      name: 'smoothing',
      label: 'Smoothing',
      kind: 'choice',
      choices: ['auto', 'fixed'],
      default: 'auto',
      help: 'Draws categories of few rows towards the mean of all: auto as the variances say, fixed by a number of rows.',
    },
    {
      name: 'smooth',
      onlyWith: { name: 'smoothing', choice: 'fixed' },
      label: 'Rows of the overall mean',
      kind: 'number',
      min: 0,
      max: 1_000_000,
      default: 10,
      help: 'With fixed smoothing: how many rows the overall mean counts as.',
    },
    {
      name: 'folds',
      label: 'Folds',
      kind: 'integer',
      min: 2,
      max: 50,
      default: 5,
      help: 'Parts of the training rows, each encoded from the others.',
    },
  ],

  readsTarget: () => true,

  fit(columns, parameters, training) {
    const smoothing = smoothingOf(parameters);
    const rows = Int32Array.from(training.target.keys());
    return {
      tables: textColumns(columns).map(({ name, values }): CategoryTable => {
        const categories = distinctTexts(values);
        const codes = codesOf(values, categories);
        const encodings = targetsOf(training).map((target) =>
          targetMeans(codes, target, categories.length, rows, smoothing),
        );
        return {
          categories,
          features: featureNames(name, training),
          rows: [
            ...categories.map((_, code) => encodings.map(({ means }) => means[code] ?? 0)),
            encodings.map(({ overall }) => overall),
          ],
        };
      }),
    };
  },

  transformTraining(columns, { tables }, parameters, training) {
    const smoothing = smoothingOf(parameters);
    const folds = dealFolds(training, numberOf(parameters, 'folds'));
    return textColumns(columns).flatMap((column, j) =>
      crossFitted(column, tables[j]?.categories ?? [], training, folds, smoothing),
    );
  },

  transform: (columns, { tables }) =>
    textColumns(columns).flatMap((column, j) => {
      const table = tables[j];
      return table === undefined ? [] : lookUp(column, table);
    }),

  emit: (graph, input, { tables }) => emitTables(graph, input, tables),
};

function smoothingOf(parameters: ParameterValues): Smoothing {
  const isAuto = choiceOf(parameters, 'smoothing') === 'auto';
  return { rows: isAuto ? 'auto' : numberOf(parameters, 'smooth') };
}

/** The values, or 1 for the rows of a class and 0 for others: of the second of two classes, and of each of more. */
function targetsOf({ target, task, outputs }: FitContext): readonly Float64Array[] {
  if (task !== 'classification') return [target];
  const classes = outputs === 2 ? [1] : Array.from({ length: outputs }, (_, k) => k);
  return classes.map((k) => target.map((value) => Number(value === k)));
}

function featureNames(column: string, { task, outputs }: FitContext): readonly string[] {
  if (task !== 'classification' || outputs <= 2) return [column];
  return Array.from({ length: outputs }, (_, k) => `${column}: class ${k + 1} of ${outputs}`);
}

/** Each row's fold. Classes are shared out evenly. */
export function dealFolds({ target, task, random }: FitContext, most: number): Int32Array {
  const rows = shuffled(target.length, random.fork('target_encode'));
  const ordered = Array.from(rows);
  if (task === 'classification') ordered.sort((a, b) => (target[a] ?? 0) - (target[b] ?? 0));
  const folds = new Int32Array(target.length);
  for (const [place, row] of ordered.entries()) folds[row] = place % most;
  return folds;
}

function shuffled(length: number, random: RandomStream): Int32Array {
  return random.shuffle(Int32Array.from({ length }, (_, row) => row));
}

function crossFitted(
  { name, values }: TextFeature,
  categories: readonly string[],
  training: FitContext,
  folds: Int32Array,
  smoothing: Smoothing,
): NumericFeature[] {
  const codes = codesOf(values, categories);
  const targets = targetsOf(training);
  const names = featureNames(name, training);
  const encoded = targets.map(() => new Float64Array(values.length));
  for (const fold of new Set(folds)) {
    const others = Int32Array.from(folds.keys()).filter((row) => folds[row] !== fold);
    for (const [k, target] of targets.entries()) {
      const { means } = targetMeans(codes, target, categories.length, others, smoothing);
      const own = encoded[k];
      if (own === undefined) continue;
      for (const [row, of] of folds.entries()) {
        if (of === fold) own[row] = means[codes[row] ?? 0] ?? 0;
      }
    }
  }
  return encoded.map((numbers, k) => ({
    kind: 'numeric',
    name: names[k] ?? name,
    values: numbers,
  }));
}
