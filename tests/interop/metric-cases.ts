import type { ScoredClasses, ScoredValues } from '#core/evaluation/metric.ts';
import { RandomStream } from '#core/random.ts';

/** Predictions to measure, with how often each row counts. */
export interface MetricCase {
  readonly name: string;
  readonly scored: ScoredClasses | ScoredValues;
  readonly counts: Uint32Array;
}

interface ClassDraw {
  readonly rows: number;
  readonly classes: number;
  /** Class indexes that may be true; all when absent. */
  readonly present?: readonly number[];
  /** Probabilities are rounded to this many steps, which makes ties; not rounded when absent. */
  readonly steps?: number;
  /** How much the probabilities know: 0 is guessing. */
  readonly skill?: number;
}

function drawClasses(seed: number, draw: ClassDraw): ScoredClasses {
  const random = new RandomStream(seed);
  const { rows, classes, steps, skill = 1 } = draw;
  const present = draw.present ?? Array.from({ length: classes }, (_, k) => k);
  const actual = Int32Array.from(
    { length: rows },
    () => present[random.integer(present.length)] ?? 0,
  );
  const probabilities = new Float32Array(rows * classes);
  const predicted = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const weights = Array.from(
      { length: classes },
      (_, k) => random.uniform() + (k === actual[i] ? skill * random.uniform() : 0),
    );
    const rounded = weights.map((w) => (steps === undefined ? w : Math.floor(w * steps) + 1));
    const sum = rounded.reduce((total, w) => total + w, 0);
    const shares = rounded.map((w) => w / sum);
    probabilities.set(shares, i * classes);
    predicted[i] = shares.indexOf(Math.max(...shares));
  }
  return {
    task: 'classification',
    classes: Array.from({ length: classes }, (_, k) => `class ${k}`),
    actual,
    predicted,
    probabilities,
  };
}

function drawValues(
  seed: number,
  rows: number,
  options: { readonly offset?: number; readonly spread?: number; readonly noise?: number } = {},
): ScoredValues {
  const random = new RandomStream(seed);
  const { offset = 0, spread = 1, noise = 0.5 } = options;
  const actual = Float64Array.from({ length: rows }, () => offset + spread * random.normal());
  const predicted = actual.map((value) => value + spread * noise * random.normal());
  return { task: 'regression', actual, predicted };
}

/** Certain and wrong: probabilities of exactly 0 and 1. */
function certain(): ScoredClasses {
  return {
    task: 'classification',
    classes: ['no', 'yes'],
    actual: Int32Array.of(0, 0, 1, 1, 1, 0),
    predicted: Int32Array.of(0, 1, 1, 0, 1, 0),
    probabilities: Float32Array.of(1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0),
  };
}

function constantValues(rows: number, actual: number): ScoredValues {
  return {
    task: 'regression',
    actual: new Float64Array(rows).fill(actual),
    predicted: Float64Array.from({ length: rows }, (_, i) => actual + (i % 3) - 1),
  };
}

const drawn: readonly (readonly [string, MetricCase['scored']])[] = [
  ['two classes', drawClasses(1, { rows: 400, classes: 2 })],
  ['two classes, many ties', drawClasses(2, { rows: 300, classes: 2, steps: 4 })],
  ['two classes, all tied', drawClasses(3, { rows: 50, classes: 2, steps: 0.01 })],
  ['two classes, one true', drawClasses(4, { rows: 30, classes: 2, present: [1] })],
  ['certain and wrong', certain()],
  ['five classes', drawClasses(5, { rows: 500, classes: 5, skill: 2 })],
  ['five classes, ties', drawClasses(6, { rows: 250, classes: 5, steps: 3 })],
  ['seven classes, four true', drawClasses(7, { rows: 90, classes: 7, present: [0, 2, 3, 6] })],
  ['three classes, one true', drawClasses(8, { rows: 20, classes: 3, present: [2] })],
  ['twenty classes, guessing', drawClasses(9, { rows: 60, classes: 20, skill: 0 })],
  ['one row', drawClasses(10, { rows: 1, classes: 3 })],
  ['values', drawValues(11, 400)],
  ['values far from 0', drawValues(12, 300, { offset: 1e8, spread: 10 })],
  ['tiny values', drawValues(13, 100, { spread: 1e-12 })],
  ['values worse than the mean', drawValues(14, 200, { noise: 5 })],
  ['exact values', drawValues(15, 40, { noise: 0 })],
  ['one value', drawValues(16, 1)],
  ['values of 1e300', drawValues(17, 60, { spread: 1e300 })],
  ['values at the end of 64-bit numbers', drawValues(18, 500, { spread: 4e307, noise: 0.1 })],
  ['values of 1e-300', drawValues(19, 60, { spread: 1e-300 })],
  ['values below the normal ones', drawValues(20, 60, { spread: 1e-310 })],
  ['the same target everywhere', constantValues(30, 0.1)],
];

function randomCounts(rows: number, random: RandomStream): Uint32Array {
  const counts = new Uint32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const row = random.integer(rows);
    counts[row] = (counts[row] ?? 0) + 1;
  }
  return counts;
}

/** Every drawn set once as it is and once as a bootstrap resample of itself. */
export const metricCases: readonly MetricCase[] = drawn.flatMap(([name, scored], i) => {
  const rows = scored.actual.length;
  return [
    { name, scored, counts: new Uint32Array(rows).fill(1) },
    { name: `${name}, resampled`, scored, counts: randomCounts(rows, new RandomStream(100 + i)) },
  ];
});
