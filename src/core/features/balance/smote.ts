import { runError } from '#core/errors.ts';
import { shapeOf, type FeatureMatrix } from '#core/features/matrix.ts';
import { MOST_CELLS } from '#core/features/refuse-too-many.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { Breather } from '#core/breather.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { BalanceMethod } from './balance-method.ts';
import { rowsOfClasses } from './class-rows.ts';

export const smote: BalanceMethod = {
  name: 'smote',
  title: 'Make new rows of rare classes (SMOTE)',
  summary:
    'Adds rows on the lines between rows of a rare class and their nearest ones of that class, until every class has as many as the most frequent one (Chawla et al., 2002).',
  givesWeights: false,
  parameters: [
    {
      name: 'k_neighbors',
      label: 'Neighbours',
      kind: 'integer',
      min: 1,
      max: 100,
      default: 5,
      help: 'A new row lies between a row and one of this many nearest rows of its class.',
    },
  ],

  async apply(data, { parameters, random, signal, classes }) {
    const { features, target } = data;
    const { width } = features;
    const rowsOf = rowsOfClasses(data);
    const most = Math.max(...rowsOf.map((rows) => rows.length));
    const total = rowsOf.filter((rows) => rows.length > 0).length * most;
    if (total * width > MOST_CELLS) throw tooMany(total, width);
    refuseNoNumbers(features);
    const k = numberOf(parameters, 'k_neighbors');
    const values = new Float32Array(total * width);
    values.set(features.values);
    const labels = new Float64Array(total);
    labels.set(target);
    const breather = new Breather(signal);
    let next = target.length;
    for (const [label, rows] of rowsOf.entries()) {
      const wanted = rows.length === 0 ? 0 : most - rows.length;
      if (wanted === 0) continue;
      if (rows.length <= k) throw tooFew(classes[label] ?? String(label), rows.length, k);
      const nearest = new Map<number, Int32Array>();
      for (let i = 0; i < wanted; i += 1) {
        await breather.breathe();
        const row = rows[random.integer(rows.length)] ?? 0;
        const found = nearest.get(row) ?? nearestOf(features, rows, row, k);
        nearest.set(row, found);
        const other = found[random.integer(k)] ?? 0;
        between(features, [row, other], random.uniform(), values.subarray(next * width));
        labels[next] = label;
        next += 1;
      }
    }
    return withoutWeights({
      ...data,
      features: { ...shapeOf(features), rows: total, values },
      target: labels,
    });
  },
};

/** The k rows of a class that are nearest to one of them, itself left out; of equal distances the first. */
function nearestOf(
  { values, width }: FeatureMatrix,
  rows: Int32Array,
  row: number,
  k: number,
): Int32Array {
  const found = new Int32Array(k).fill(-1);
  const distances = new Float64Array(k).fill(Infinity);
  for (const other of rows) {
    if (other === row) continue;
    const farthest = distances[k - 1] ?? 0;
    let distance = 0;
    for (let j = 0; j < width && distance < farthest; j += 1) {
      const difference = (values[row * width + j] ?? 0) - (values[other * width + j] ?? 0);
      distance += difference * difference;
    }
    if (!(distance < farthest)) continue;
    let at = k - 1;
    while (at > 0 && distance < (distances[at - 1] ?? 0)) {
      distances[at] = distances[at - 1] ?? 0;
      found[at] = found[at - 1] ?? 0;
      at -= 1;
    }
    distances[at] = distance;
    found[at] = other;
  }
  return found;
}

/** Writes the point at this share of the way from the first row to the second. */
function between(
  { values, width }: FeatureMatrix,
  [first, second]: readonly [number, number],
  share: number,
  into: Float32Array,
): void {
  for (let j = 0; j < width; j += 1) {
    const from = values[first * width + j] ?? 0;
    into[j] = from + share * ((values[second * width + j] ?? 0) - from);
  }
}

/** New rows have none. */
function withoutWeights({ task, features, target, outputs }: TrainingData): TrainingData {
  return { task, features, target, outputs };
}

function refuseNoNumbers({ categories, tokens, names, values, width }: FeatureMatrix): void {
  if (tokens !== undefined) {
    throw runError(
      'smote_words',
      'SMOTE: the features are codes of words, and there is nothing between two words.',
      'Weigh the words by tfidf, or balance by oversample.',
    );
  }
  const coded = categories?.findIndex((count) => count > 0) ?? -1;
  if (coded >= 0) {
    throw runError(
      'smote_categories',
      `SMOTE: the feature "${names[coded] ?? ''}" is a code of categories, and there is nothing between two codes.`,
      'Encode it as numbers, for example by one_hot, or balance by oversample.',
    );
  }
  const missing = values.findIndex((value) => Number.isNaN(value));
  if (missing < 0) return;
  throw runError(
    'smote_missing',
    `SMOTE: the feature "${names[missing % width] ?? ''}" has missing values, and there is nothing between them and others.`,
    'Add an impute step for it, or balance by oversample.',
  );
}

/** New rows lie between others, so that they have every number, also where the others leave zeros out. */
function tooMany(rows: number, width: number): Error {
  const count = (value: number): string => value.toLocaleString('en');
  return runError(
    'smote_too_many',
    `SMOTE: ${count(rows)} rows of ${count(width)} features are ${count(rows * width)} numbers, and at most ${count(MOST_CELLS)} fit into memory.`,
    'Give steps that make fewer features, or balance by class_weight or oversample.',
  );
}

function tooFew(name: string, rows: number, k: number): Error {
  return runError(
    'smote_too_few',
    `SMOTE: the class "${name}" has ${rows} training ${rows === 1 ? 'row' : 'rows'}, and ${k} neighbours need at least ${k + 1}.`,
    'Lower k_neighbors, or balance by oversample.',
  );
}
