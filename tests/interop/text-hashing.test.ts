import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FeatureColumn } from '#core/features/column.ts';
import { stepNamed } from '#core/features/registry.ts';
import type { FitContext } from '#core/features/step.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { stepFeeds, stepGraph } from '../support/step-graph.ts';
import { hostileTexts } from './hostile-texts.ts';
import { runPython } from './python.ts';
import { inThreeRuntimes, type ThreeAnswers } from './three-runtimes.ts';

const step = stepNamed('text_hashing');
const short = hostileTexts.filter(({ length }) => length < 2000);
/** Texts with letters that C libraries make small in ways of their own: no term is made of these, here alone. */
const plain = (texts: readonly string[]) => texts.filter((text) => !/[Ⓐ-ⓩ]/u.test(text));

const cases = [
  { given: {}, texts: hostileTexts },
  { given: { n_features: 7, norm: 'none' }, texts: hostileTexts },
  { given: { n_features: 64, alternate_sign: false, lowercase: false }, texts: hostileTexts },
  { given: { n_features: 300, longest: 3 }, texts: short },
  { given: { n_features: 300, shortest: 2, longest: 5, norm: 'none' }, texts: short },
  { given: { n_features: 512, analyzer: 'characters', shortest: 2, longest: 4 }, texts: short },
  { given: { n_features: 33, analyzer: 'characters', lowercase: false }, texts: short },
].map(({ given, texts }) => ({
  title: JSON.stringify(given),
  parameters: resolveParameters(step.parameters, given, 'steps[0].parameters'),
  texts,
}));

const column = (values: readonly string[]): FeatureColumn => ({ kind: 'text', name: 't', values });
const context: FitContext = {
  task: 'regression',
  target: new Float64Array(3),
  outputs: 1,
  random: new RandomStream(1),
};
function hashed(texts: readonly string[], parameters: ParameterValues): readonly FeatureColumn[] {
  const state = step.fit([column([])], parameters, context);
  return step.transform([column(texts)], state);
}

/** Differences of two lists of columns, at most. */
function expectNear(
  own: readonly FeatureColumn[],
  other: (column: number, row: number) => number | undefined,
  most: number,
): void {
  for (const [j, { name, values }] of own.entries()) {
    for (const [row, value] of values.entries()) {
      const apart = Math.abs(Number(value) - (other(j, row) ?? NaN));
      if (!(apart <= most)) expect.fail(`${name}, row ${row}: ${value}, not ${other(j, row)}`);
    }
  }
}

describe('text hashing equals scikit-learn’s HashingVectorizer', () => {
  let reference: readonly (readonly (readonly number[])[])[] = [];
  beforeAll(async () => {
    const asked = cases.map(({ parameters, texts }) => ({ parameters, texts: plain(texts) }));
    const script = fileURLToPath(new URL('text_hashing.py', import.meta.url));
    const answer = await runPython(script, { input: JSON.stringify(asked) });
    reference = JSON.parse(answer) as typeof reference;
  });

  it.each(cases.map((one, i) => [one.title, one, i] as const))('%s', (_, one, i) => {
    const wanted = reference[i] ?? [];
    const own = hashed(plain(one.texts), one.parameters);
    expect(own).toHaveLength(wanted.length);
    expectNear(own, (j, row) => wanted[j]?.[row], 1e-12);
    expect(own.some(({ values }) => values.some((value) => Number(value) !== 0))).toBe(true);
  });
});

describe.each(cases)('the graph hashes the same, $title', ({ parameters, texts }) => {
  let own: readonly FeatureColumn[];
  let answers: ThreeAnswers;
  beforeAll(async () => {
    const rows = column(texts);
    const state = step.fit([rows], parameters, context);
    own = step.transform([rows], state);
    const bytes = stepGraph(step, [{ state, columns: [rows] }]);
    answers = await inThreeRuntimes(bytes, stepFeeds([[rows]]), texts.length, 'features0');
  });

  it.each(['web', 'node', 'python'] as const)('in %s', (runtime) => {
    const got = answers[runtime];
    expect(got).toHaveLength(texts.length * own.length);
    expectNear(own, (j, row) => got[row * own.length + j], 1e-12);
  });
});

it('the graph finds nothing in a batch of texts without a word, nor runs longer than all texts', async () => {
  const empty = column(['', ' ', 'one']);
  const state = step.fit([empty], { ...(cases[4]?.parameters ?? {}) }, context);
  const bytes = stepGraph(step, [{ state, columns: [empty] }]);
  const answers = await inThreeRuntimes(bytes, stepFeeds([[empty]]), 3, 'features0');
  for (const values of [answers.web, answers.node, answers.python]) {
    expect(values).toEqual(new Float64Array(3 * 300));
  }
});
