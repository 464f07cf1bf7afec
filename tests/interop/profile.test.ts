import { textCells } from '#core/data/text-cells.ts';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { codesOf } from '#core/data/profile/codes.ts';
import { correlated, pearson, spearman } from '#core/data/profile/correlation.ts';
import { correlationRatio } from '#core/data/profile/correlation-ratio.ts';
import { contingency, correctedCramersV } from '#core/data/profile/cramers-v.ts';
import { oneFeaturePower, type PowerFeature } from '#core/data/profile/one-feature-power.ts';
import { profileNumbers } from '#core/data/profile/profile-numbers.ts';
import { profileTexts } from '#core/data/profile/profile-texts.ts';
import type { PowerTarget } from '#core/data/profile/target-tally.ts';
import { numberColumns, pairs, powerCases, textColumns, type Pair } from './profile-cases.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('profile.py', import.meta.url));

type Answer = Readonly<Record<string, number | null | readonly number[]>>;
const reference = new Map<string, unknown>();

beforeAll(async () => {
  const cases = [
    ...named('numbers', numberColumns, (values) => ({ values: withNull(values) })),
    ...named('texts', textColumns, (values) => ({ values })),
    ...named('pair', pairs, ({ kind, a, b }) => ({
      kind: { numbers: 'number_pair', categories: 'category_pair', mixed: 'mixed_pair' }[kind],
      a: withNull(a),
      b: withNull(b),
    })),
    ...named('power', powerCases, (one) => ({ ...one, feature: withNull(one.feature) })),
  ];
  const input = JSON.stringify(cases.map(({ asked }) => asked));
  const answers = JSON.parse(await runPython(script, { input })) as readonly unknown[];
  for (const [i, { key }] of cases.entries()) reference.set(key, answers[i]);
});

function named<T>(
  kind: string,
  cases: Readonly<Record<string, T>>,
  ask: (one: T) => Readonly<Record<string, unknown>>,
): { readonly key: string; readonly asked: Readonly<Record<string, unknown>> }[] {
  return Object.entries(cases).map(([name, one]) => ({
    key: `${kind}: ${name}`,
    asked: { kind, ...ask(one) },
  }));
}

/** JSON has no NaN. */
function withNull(values: readonly (number | string)[]): readonly (number | string | null)[] {
  return values.map((value) => (typeof value === 'number' && Number.isNaN(value) ? null : value));
}

function answerTo(key: string): Answer {
  return reference.get(key) as Answer;
}

/** Equal to 12 digits of the larger of the value and `size`. */
function expectClose(own: number | null, wanted: unknown, size: number, what: string): void {
  if (own === null || typeof wanted !== 'number') {
    expect(own, what).toBe(wanted);
    return;
  }
  const allowed = 1e-12 * Math.max(Math.abs(wanted), size);
  expect(Math.abs(own - wanted), `${what}: ${own}, reference ${wanted}`).toBeLessThanOrEqual(
    allowed,
  );
}

describe('a column of numbers is described as by NumPy and SciPy', () => {
  it.each(Object.keys(numberColumns))('%s', (name) => {
    const found = profileNumbers(Float64Array.from(numberColumns[name] ?? []));
    const wanted = answerTo(`numbers: ${name}`);
    if (found === null) throw new Error('no profile');
    const { quantiles, histogram } = found;
    const size = Math.max(-(quantiles[0] ?? 0), quantiles[8] ?? 0);
    expect(found.count).toBe(wanted.count);
    expect(found.distinct).toBe(wanted.distinct);
    for (const [i, value] of (wanted.quantiles as readonly number[]).entries()) {
      expectClose(quantiles[i] ?? NaN, value, size, `quantile ${i}`);
    }
    expectClose(found.mean, wanted.mean, size, 'mean');
    expectClose(found.standardDeviation, wanted.standardDeviation, size, 'deviation');
    expectClose(found.skewness, wanted.skewness, 1, 'skewness');
    expect(histogram.counts).toEqual(wanted.counts);
    for (const [i, edge] of (wanted.edges as readonly number[]).entries()) {
      expectClose(histogram.edges[i] ?? NaN, edge, size, `edge ${i}`);
    }
  });
});

describe('a column of texts is described as by Python', () => {
  it.each(Object.keys(textColumns))('%s', (name) => {
    const found = profileTexts(textCells(textColumns[name] ?? []), ['']);
    expect(found).toMatchObject(answerTo(`texts: ${name}`));
  });
});

describe('associations are those of SciPy', () => {
  it.each(Object.entries(pairs))('%s', (name, pair) => {
    const wanted = answerTo(`pair: ${name}`);
    const { value, ...others } = measured(pair);
    expect(Math.abs(Number(wanted.value))).toBeLessThanOrEqual(1);
    expectClose(value, wanted.value, name.includes('far from 0') ? 1e3 : 1, 'value');
    for (const [measure, own] of Object.entries(others)) {
      expectClose(own, wanted[measure], 1, measure);
    }
    expect(Object.keys(wanted).sort()).toEqual(['value', ...Object.keys(others)].sort());
  });
});

function measured(pair: Pair): Readonly<Record<string, number | null>> & { value: number | null } {
  if (pair.kind === 'numbers') {
    const a = correlated(Float64Array.from(pair.a));
    const b = correlated(Float64Array.from(pair.b));
    return { value: pearson(a, b), spearman: spearman(a, b) };
  }
  const a = codesOf(pair.a);
  if (pair.kind === 'mixed') {
    return { value: correlationRatio(a, correlated(Float64Array.from(pair.b))) };
  }
  const crossed = contingency(a, codesOf(pair.b));
  const { chiSquared, rows, sizes } = crossed;
  return {
    value: correctedCramersV(crossed),
    chiSquared,
    plain: Math.sqrt(chiSquared / rows / (Math.min(...sizes) - 1)),
  };
}

describe('predictive power is that of scikit-learn’s trees on the same folds', () => {
  it.each(Object.entries(powerCases))('%s', (name, { feature, target, folds }) => {
    const wanted = reference.get(`power: ${name}`) as number;
    const own = oneFeaturePower(featureOf(feature), targetOf(target), Int32Array.from(folds));
    expect(Math.abs(own - wanted), `${own}, reference ${wanted}`).toBeLessThanOrEqual(1e-9);
  });

  it('and the cases hold weak and strong features', () => {
    const all = Object.keys(powerCases).map((name) => reference.get(`power: ${name}`) as number);
    expect(Math.min(...all)).toBe(0);
    expect(Math.max(...all)).toBeGreaterThan(0.5);
    expect(all.filter((power) => power > 0.1).length).toBeGreaterThan(5);
  });
});

function featureOf(feature: readonly number[] | readonly string[]): PowerFeature {
  return isTexts(feature)
    ? { kind: 'categories', ...codesOf(feature) }
    : { kind: 'numbers', values: Float64Array.from(feature) };
}

function targetOf(target: readonly number[] | readonly string[]): PowerTarget {
  return isTexts(target)
    ? { kind: 'classes', ...codesOf(target) }
    : { kind: 'values', values: Float64Array.from(target) };
}

function isTexts(values: readonly number[] | readonly string[]): values is readonly string[] {
  return typeof values[0] === 'string';
}
