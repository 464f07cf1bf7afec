import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { murmurHash } from '#core/murmur-hash.ts';
import { foldRows } from '#core/data/split/split-rows.ts';
import type { SplitInput } from '#core/data/split/split-method.ts';
import { quantiles } from '#core/data/split/strata.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import { RandomStream } from '#core/random.ts';
import type { SplitMethodName } from '#core/spec/spec.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('splits.py', import.meta.url));

interface PlainFold {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

function ownFolds(
  method: SplitMethodName,
  count: number,
  rows: {
    readonly y: readonly number[];
    readonly by?: readonly number[];
    readonly stratify?: boolean;
    readonly gap?: number;
    readonly seed?: number;
  },
): PlainFold[] {
  const by: FeatureColumn | null =
    rows.by === undefined
      ? null
      : { kind: 'numeric', name: 'by', values: Float64Array.from(rows.by) };
  const input: SplitInput = {
    rows: Int32Array.from(rows.y.keys()),
    target: { classes: ['a', 'b', 'c', 'd', 'e'], values: Float64Array.from(rows.y) },
    stratify: rows.stratify ?? false,
    by,
    key: null,
    foldsBy: by,
    gap: rows.gap ?? 0,
    seed: rows.seed ?? 1,
  };
  return foldRows(method, input, count).map(({ train, test }) => ({
    train: [...train],
    test: [...test],
  }));
}

/** Classes of unequal frequency, and groups of unequal size. */
function drawn(seed: number, rows: number, groups: number) {
  const random = new RandomStream(seed);
  const least = (most: number, times: number): number =>
    Math.min(...Array.from({ length: times }, () => random.integer(most)));
  const by = Array.from({ length: rows }, () => least(groups, 2));
  const leaning = Array.from({ length: groups }, () => random.integer(4));
  const y = by.map((group) => (random.uniform() < 0.5 ? (leaning[group] ?? 0) : least(4, 2)));
  return { y, by };
}

const tables = [
  [1, 100, 20],
  [2, 237, 31],
  [3, 400, 60],
  [4, 61, 12],
  [5, 1000, 200],
] as const;

const ascending = (a: number, b: number): number => a - b;
const testSizes = (folds: readonly PlainFold[]): number[] =>
  folds.map(({ test }) => test.length).sort(ascending);

/** For each class its counts in the folds' tests, ascending: which fold has which is chance. */
function classCounts(folds: readonly PlainFold[], y: readonly number[]): number[][] {
  return [...new Set(y)]
    .sort(ascending)
    .map((label) =>
      folds.map(({ test }) => test.filter((row) => y[row] === label).length).sort(ascending),
    );
}

/** Largest difference of a class's share between a fold's test and the whole. */
function shareDifference(folds: readonly PlainFold[], y: readonly number[]): number {
  const shareOf = (rows: readonly number[], label: number): number =>
    rows.filter((row) => y[row] === label).length / rows.length;
  const all = [...y.keys()];
  return Math.max(
    ...folds.flatMap(({ test }) =>
      [...new Set(y)].map((label) => Math.abs(shareOf(test, label) - shareOf(all, label))),
    ),
  );
}

const foldCases = tables.flatMap(([seed, rows, groups]) =>
  [2, 5, 10].map((folds) => ({ folds, ...drawn(seed, rows, groups) })),
);
const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
const timeCases = [11, 50, 97].flatMap((rows) =>
  [2, 3, 5].flatMap((folds) =>
    [0, 1, 3].flatMap((gap) => {
      const y = Array.from({ length: rows }, (_, i) => i % 2);
      const learned = rows - folds * Math.floor(rows / (folds + 1)) - gap;
      return learned >= 2 ? [{ folds, gap, y }] : []; // of each class one
    }),
  ),
);
const columnCase = drawn(6, 120, 4);
const texts = ['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'row 17', 'Zürich', '東京都', '🦆 duck', '0'.repeat(999)]; // prettier-ignore
const hashSeeds = [0, 1, 7, 2_147_483_647];
const random = new RandomStream(3);
const quantileCases = [
  { count: 10, values: Array.from({ length: 200 }, () => random.normal()) },
  { count: 10, values: Array.from({ length: 87 }, () => random.integer(12)) },
  { count: 4, values: Array.from({ length: 23 }, () => random.normal()) },
  { count: 10, values: Array.from({ length: 60 }, () => 4) },
];

const asked = {
  random: foldCases,
  stratified: foldCases,
  group: foldCases.map(({ by, ...one }) => ({ ...one, groups: by })),
  'stratified group': foldCases.map(({ by, ...one }) => ({ ...one, groups: by, seeds })),
  time: timeCases,
  column: [{ y: columnCase.y, groups: columnCase.by }],
  hash: hashSeeds.map((seed) => ({ seed, texts })),
  quantiles: quantileCases,
};
type Kind = keyof typeof asked;

const answers = new Map<string, readonly unknown[]>();

/** All in one go: starting Python takes longer than what it computes. */
beforeAll(async () => {
  const kinds = Object.entries(asked);
  const cases = kinds.flatMap(([kind, own]) => own.map((one) => ({ kind, ...one })));
  const given = JSON.parse(
    await runPython(script, { input: JSON.stringify(cases) }),
  ) as readonly unknown[];
  let at = 0;
  for (const [kind, own] of kinds) {
    answers.set(kind, given.slice(at, at + own.length));
    at += own.length;
  }
});

function reference(kind: Kind): readonly unknown[] {
  const given = answers.get(kind) ?? [];
  expect(given).toHaveLength(asked[kind].length);
  return given;
}

describe('folds keep what scikit-learn’s promise', () => {
  it.each(['random', 'stratified'] as const)('%s: the same sizes', (kind) => {
    const wanted = reference(kind) as readonly PlainFold[][];
    for (const [i, { folds, y }] of foldCases.entries()) {
      const own = ownFolds('random', folds, { y, stratify: kind === 'stratified' });
      expect(testSizes(own)).toEqual(testSizes(wanted[i] ?? []));
      if (kind === 'stratified') {
        expect(classCounts(own, y)).toEqual(classCounts(wanted[i] ?? [], y));
      }
    }
  });

  it('by group: the same sizes as GroupKFold’s', () => {
    const wanted = reference('group') as readonly PlainFold[][];
    for (const [i, { folds, ...rows }] of foldCases.entries()) {
      for (const seed of [1, 2]) {
        const own = ownFolds('group', folds, { ...rows, seed });
        expect(testSizes(own)).toEqual(testSizes(wanted[i] ?? []));
      }
    }
  });

  it('stratified by group: class shares as near as StratifiedGroupKFold’s over twenty seeds', () => {
    const wanted = reference('stratified group') as readonly PlainFold[][][];
    const ratios = foldCases.map(({ folds, ...rows }, i) => {
      const own = seeds.map((seed) =>
        shareDifference(ownFolds('group', folds, { ...rows, stratify: true, seed }), rows.y),
      );
      const theirs = (wanted[i] ?? []).map((run) => shareDifference(run, rows.y));
      expect(theirs).toHaveLength(seeds.length);
      return mean(own) / mean(theirs);
    });
    expect(Math.max(...ratios)).toBeLessThan(1.35);
    expect(mean(ratios)).toBeLessThan(1);
  });

  it('by time: the same rows as TimeSeriesSplit’s, with and without a gap', () => {
    expect(timeCases.length).toBeGreaterThan(20);
    const wanted = reference('time');
    for (const [i, { folds, gap, y }] of timeCases.entries()) {
      expect(ownFolds('time', folds, { y, by: [...y.keys()], gap })).toEqual(wanted[i]);
    }
  });

  it('by a column: the same rows as PredefinedSplit’s', () => {
    expect(ownFolds('column', 4, columnCase)).toEqual(reference('column')[0]);
  });
});

describe('what splits are made of', () => {
  it('the hash of a key is scikit-learn’s MurmurHash3', () => {
    const wanted = reference('hash');
    for (const [i, seed] of hashSeeds.entries()) {
      expect(texts.map((text) => murmurHash(text, seed))).toEqual(wanted[i]);
    }
  });

  it('quantiles are those of NumPy’s ranks', () => {
    const wanted = reference('quantiles');
    for (const [i, { values }] of quantileCases.entries()) {
      expect([...quantiles(Float64Array.from(values))]).toEqual(wanted[i]);
    }
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
