import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { repository } from '#cli/prepare.mjs';
import { typedColumn } from '#core/data/typed-columns.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import { stepNamed } from '#core/features/registry.ts';
import type { StepState } from '#core/features/step.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { readFile } from '../support/read.ts';
import { stepFeeds, stepGraph } from '../support/step-graph.ts';
import { hostileTexts as hostile } from './hostile-texts.ts';
import { runPython } from './python.ts';
import { inThreeRuntimes, type ThreeAnswers } from './three-runtimes.ts';

const step = stepNamed('tfidf');

const train = [
  ...hostile.slice(3, 13),
  ...hostile.slice(3, 8),
  'penguin w1 w2 naïve',
  'w1 w3 shalom',
];

const cases: readonly Readonly<Record<string, unknown>>[] = [
  { min_df: 1 },
  { min_df: 1, norm: 'none', lowercase: false },
  { min_df: 2, max_df: 0.3, sublinear_tf: true },
  { min_df: 1, shortest: 1, longest: 3 },
  { min_df: 1, shortest: 2, longest: 2, sublinear_tf: true, norm: 'none' },
  { min_df: 1, analyzer: 'characters', shortest: 2, longest: 4, max_features: 20_000 },
  { min_df: 2, analyzer: 'characters', lowercase: false, norm: 'none' },
];
const named = cases.map((given, i) => [JSON.stringify(given), i] as const);

const parametersOf = (given: Readonly<Record<string, unknown>>): ParameterValues =>
  resolveParameters(step.parameters, given, 'steps[0].parameters');
const column = (values: readonly string[]): FeatureColumn => ({ kind: 'text', name: 't', values });
const fitted = (values: readonly string[], given: Readonly<Record<string, unknown>>): StepState =>
  step.fit([column(values)], parametersOf(given), {
    task: 'regression',
    target: new Float64Array(values.length),
    outputs: 1,
    random: new RandomStream(1),
  });

interface Reference {
  readonly terms: readonly string[];
  readonly matrix: readonly (readonly number[])[];
}
async function scikitLearn(
  asked: readonly {
    parameters: ParameterValues;
    train: readonly string[];
    new: readonly string[];
  }[],
): Promise<readonly Reference[]> {
  const script = fileURLToPath(new URL('texts.py', import.meta.url));
  return JSON.parse(await runPython(script, { input: JSON.stringify(asked) })) as Reference[];
}

/** What of scikit-learn's terms no feature is made of: letters that C libraries make small in ways of their own. */
const isUnsettled = (term: string): boolean => /[Ⓐ-ⓩ]/u.test(term);

function expectEqual(own: readonly FeatureColumn[], { terms, matrix }: Reference): void {
  const wanted = new Map(terms.map((term, k) => [`t: ${term}`, matrix[k]]));
  expect(own.map(({ name }) => name).toSorted()).toEqual([...wanted.keys()].toSorted());
  for (const { name, values } of own) {
    const apart = Array.from<number | string, number>(values, (value, row) =>
      Math.abs(Number(value) - (wanted.get(name)?.[row] ?? NaN)),
    );
    expect(Math.max(...apart), name).toBeLessThanOrEqual(1e-9);
  }
}

describe('tfidf equals scikit-learn’s TfidfVectorizer', () => {
  let reference: readonly Reference[] = [];
  // Unsettled letters change the lengths of texts that hold them, so they stay out of the comparison.
  const plain = (texts: readonly string[]) => texts.filter((text) => !isUnsettled(text));
  beforeAll(async () => {
    reference = await scikitLearn(
      cases.map((given) => ({
        parameters: parametersOf(given),
        train: plain(train),
        new: plain(hostile),
      })),
    );
  });

  it.each(named)('on hostile texts, %s', (_, i) => {
    const state = fitted(plain(train), cases[i] ?? {});
    expectEqual(
      step.transform([column(plain(hostile))], state),
      reference[i] ?? { terms: [], matrix: [] },
    );
  });

  it('on speeches, with its defaults and with pairs of words', async () => {
    const speeches = await sampleTexts();
    const [known, later] = [speeches.slice(0, 600), speeches.slice(600, 660)];
    // No limit on features: of equally frequent terms scikit-learn keeps any.
    const asked = [
      { max_features: 20_000, min_df: 2 },
      { max_features: 20_000, min_df: 5, max_df: 0.5, longest: 2, sublinear_tf: true },
    ];
    const answers = await scikitLearn(
      asked.map((given) => ({ parameters: parametersOf(given), train: known, new: later })),
    );
    for (const [i, given] of asked.entries()) {
      const own = step.transform([column(later)], fitted(known, given));
      expect(own.length).toBeGreaterThan(1000);
      expectEqual(own, answers[i] ?? { terms: [], matrix: [] });
    }
  });
});

async function sampleTexts(): Promise<readonly string[]> {
  const file = 'state-of-the-union.csv';
  const { table } = await readFile(file, readFileSync(join(repository, 'public', 'samples', file)));
  return typedColumn(table, { name: 'text', type: 'text', missing: [''] })
    .values as readonly string[];
}

describe.each(named)('the graph counts the same, %s', (_, i) => {
  let own: readonly FeatureColumn[];
  let answers: ThreeAnswers;
  beforeAll(async () => {
    const state = fitted(train, cases[i] ?? {});
    const rows = column(hostile);
    own = step.transform([rows], state);
    const bytes = stepGraph(step, [{ state, columns: [rows] }]);
    answers = await inThreeRuntimes(bytes, stepFeeds([[rows]]), hostile.length, 'features0');
  });

  it.each(['web', 'node', 'python'] as const)('in %s', (runtime) => {
    const got = answers[runtime];
    expect(got).toHaveLength(hostile.length * own.length);
    for (const [j, { name, values }] of own.entries()) {
      const apart = Array.from<number | string, number>(
        values,
        (value, row) =>
          Math.abs(Number(value) - (got[row * own.length + j] ?? NaN)) / Math.max(1, Number(value)),
      );
      expect(Math.max(...apart), name).toBeLessThanOrEqual(1e-12);
    }
  });
});

it('the graph finds nothing in a batch of texts without a word', async () => {
  const empty = column(['', ' ', '?!']);
  const bytes = stepGraph(step, [{ state: fitted(train, { min_df: 1 }), columns: [empty] }]);
  const answers = await inThreeRuntimes(bytes, stepFeeds([[empty]]), 3, 'features0');
  for (const values of Object.values(answers) as Float64Array[]) {
    expect(values.length).toBeGreaterThan(0);
    expect(values.every((value) => value === 0)).toBe(true);
  }
});
