import { describe, expect, it } from 'vitest';
import type { FeatureColumn } from '#core/features/column.ts';
import { FeaturePipeline } from '#core/features/pipeline.ts';
import { stepNamed } from '#core/features/registry.ts';
import type { FitContext } from '#core/features/step.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import type { Spec } from '#core/spec/spec.ts';
import { expectEndsWell, noise, runCsv, tableOf } from '../../support/experiment.ts';
import { refusalOf } from '../../support/refusal.ts';

const numbers = (name: string, ...values: number[]): FeatureColumn => ({
  kind: 'numeric',
  name,
  values: Float64Array.from(values),
});
const texts = (name: string, ...values: string[]): FeatureColumn => ({
  kind: 'text',
  name,
  values,
});

function context(target: readonly number[], outputs = 1): FitContext {
  return {
    task: outputs === 1 ? 'regression' : 'classification',
    target: Float64Array.from(target),
    outputs,
    random: new RandomStream(1),
  };
}

function fit(
  name: string,
  columns: readonly FeatureColumn[],
  given: Record<string, unknown> = {},
  training = context([...(columns[0]?.values.keys() ?? [])]),
) {
  const step = stepNamed(name);
  const parameters: ParameterValues = resolveParameters(step.parameters, given, name);
  const state = step.fit(columns, parameters, training);
  return {
    state,
    of: (others: readonly FeatureColumn[]) => step.transform(others, state),
    own: () => step.transformTraining?.(columns, state, parameters, training) ?? [],
  };
}

const valuesOf = (columns: readonly FeatureColumn[]) => columns.map(({ values }) => [...values]);

describe('what cannot be fitted is refused by a sentence with the numbers', () => {
  const wide = Array.from({ length: 120 }, (_, j) => numbers(`x${j}`, 1, 2, 3));

  it.each([
    ['polynomial', wide, { degree: 3 }, /302,620 features of 120 columns.*at most 5,000/],
    ['clip', wide, { quantile_low: 60, quantile_high: 40 }, /quantile_low at 60/],
    ['scale', wide, { method: 'robust', quantile_low: 50, quantile_high: 50 }, /at 50/],
    ['pca', [numbers('age', 1, NaN, 3)], {}, /"age" with missing values/],
    [
      'tokens',
      [texts('note', 'once', '', '?! a b c')],
      {},
      /no word in column "note" that at least 2 training rows hold/,
    ],
    ['select', [numbers('age', 1, NaN, 3)], { method: 'l1' }, /"age" with missing values/],
    ['select', Array(1001).fill(numbers('x', 1, 2)), { method: 'l1' }, /1,001 columns.*1,000/],
    ['pca', Array.from({ length: 501 }, (_, j) => numbers(`x${j}`, 1, 2)), {}, /501 columns.*500/],
  ] as const)('%s', async (name, columns, given, message) => {
    const error = await refusalOf(() => fit(name, columns, given));
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(/\.$/);
  });

  it('one-hot features that a later step would have to write out', async () => {
    const rows = 20_000;
    const id = {
      kind: 'text' as const,
      name: 'id',
      values: Array.from({ length: rows }, (_, row) => `id ${row}`),
    };
    const steps = [
      { step: 'one_hot', columns: ['id'], parameters: { max_categories: 10_000 } },
      { step: 'scale', columns: ['id'], parameters: {} },
    ];
    const input = { name: 'id', tensor: 'id', type: 'categorical', dtype: 'string' } as const;
    const error = await refusalOf(() =>
      FeaturePipeline.fit(
        steps,
        [{ ...input, missing: [], example: '' }],
        [id],
        context(Array.from({ length: rows }, () => 0)),
      ),
    );
    expect(error.message).toContain('The step scale would have to write out 10,000 features');
    expect(error.message).toContain('of 20,000 rows, nearly all of them 0, and at most 5,000 fit');
  });
});

describe('columns without values in training', () => {
  const empty = [numbers('x', NaN, NaN, NaN)];
  const later = [numbers('x', 5, NaN, -5)];

  it.each(['impute', 'scale', 'power', 'quantile', 'clip', 'bins', 'select', 'polynomial'])(
    '%s gives later rows numbers or missing values, and no infinite ones',
    (name) => {
      for (const value of valuesOf(fit(name, empty).of(later)).flat()) {
        expect(Math.abs(Number(value))).not.toBe(Infinity);
      }
    },
  );

  it('an indicator is made where a training value was missing, and stays', () => {
    const columns = [numbers('x', 1, NaN, 3), numbers('y', 1, 2, 3)];
    const { of } = fit('impute', columns, { strategy: 'constant', add_indicator: true });
    const features = of([numbers('x', NaN, 7), numbers('y', NaN, 7)]);
    expect(features.map(({ name }) => name)).toEqual(['x', 'y', 'x missing']);
    expect(valuesOf(features)).toEqual([
      [0, 7],
      [0, 7],
      [1, 0],
    ]);
  });

  it('an indicator beside categories is one itself', () => {
    const columns = [texts('colour', 'red', '', 'blue'), texts('size', 's', 'm', 's')];
    const { of } = fit('impute', columns, { strategy: 'most_frequent', add_indicator: true });
    const features = of([texts('colour', '', 'red'), texts('size', '', 'm')]);
    expect(features.map(({ name }) => name)).toEqual(['colour', 'size', 'colour missing']);
    expect(valuesOf(features)).toEqual([
      ['blue', 'red'],
      ['s', 'm'],
      ['yes', 'no'],
    ]);
  });
});

describe('target encoding', () => {
  const island = texts('island', 'a', 'a', 'b', 'b', '', 'c');
  const target = [1, 3, 10, 20, 5, 9];

  it('gives a category that was not seen the mean of all', () => {
    const { of } = fit(
      'target_encode',
      [island],
      { smoothing: 'fixed', smooth: 0 },
      context(target),
    );
    expect(valuesOf(of([texts('island', 'a', 'b', 'never seen', '')]))).toEqual([[2, 15, 8, 5]]);
  });

  it('encodes no training row by its own target', () => {
    // Each row has a category of its own: all that could be learned of it is its own target.
    const ids = texts('id', ...target.map((_, row) => `id ${row}`));
    const { own } = fit('target_encode', [ids], { folds: 6 }, context(target));
    const sum = target.reduce((a, b) => a + b);
    const [values = []] = valuesOf(own());
    for (const [row, value] of values.entries()) {
      expect(value).toBeCloseTo((sum - (target[row] ?? 0)) / 5, 10);
    }
  });

  it('a single row knows nothing of itself', () => {
    const { own } = fit('target_encode', [texts('id', 'a')], {}, context([7]));
    expect(valuesOf(own())).toEqual([[0]]);
  });

  it('has one feature per class from three classes on, and they sum to 1', () => {
    const { of } = fit(
      'target_encode',
      [island],
      { smoothing: 'fixed' },
      context([0, 1, 2, 2, 1, 0], 3),
    );
    const features = of([island]);
    expect(features.map(({ name }) => name)).toEqual([
      'island: class 1 of 3',
      'island: class 2 of 3',
      'island: class 3 of 3',
    ]);
    for (const row of [0, 2, 5]) {
      const sum = features.reduce((all, { values }) => all + Number(values[row]), 0);
      expect(sum).toBeCloseTo(1, 10);
    }
  });
});

describe('codes of categories', () => {
  it('are marked for models that take them, unless they have an order', () => {
    const size: FeatureColumn = {
      kind: 'text',
      name: 'size',
      values: ['M', 'S'],
      order: ['S', 'M', 'L'],
    };
    const colour = texts('colour', 'red', 'blue');
    const [ranked, named] = fit('ordinal', [size, colour]).of([size, colour]);
    expect(ranked).toMatchObject({ values: Float64Array.of(1, 0) });
    expect(ranked).not.toHaveProperty('categories');
    expect(named).toMatchObject({ values: Float64Array.of(1, 0), categories: 2 });
  });

  it('are codes no more once they are scaled, and are still when the most frequent one fills them', () => {
    const codes = fit('ordinal', [texts('c', 'x', 'y', '')]).of([texts('c', 'x', '', 'x')]);
    expect(fit('scale', codes).of(codes)[0]).not.toHaveProperty('categories');
    const filled = fit('impute', codes, { strategy: 'most_frequent' }).of(codes);
    expect(filled[0]).toMatchObject({ values: Float64Array.of(0, 0, 0), categories: 2 });
    expect(fit('impute', codes, { strategy: 'mean' }).of(codes)[0]).not.toHaveProperty(
      'categories',
    );
  });
});

describe('fewer features than asked for', () => {
  it('bins by clusters are as many as there are values to part', () => {
    const columns = [numbers('x', 9, 1, 1, 50, 9, 1, 50, 50)];
    const given = { strategy: 'kmeans', n_bins: 40, encode: 'ordinal' };
    const { of } = fit('bins', columns, given);
    expect(valuesOf(of([numbers('x', 1, 9, 50, -1e9, 1e9, NaN)]))).toEqual([[0, 1, 2, 0, 2, NaN]]);
  });

  it('components that are only rounding are none', () => {
    const columns = [numbers('a', 1, 2, 4), numbers('b', 2, 4, 8), numbers('c', 0, 0, 0)];
    const given = { keep: 'count', n_components: 3, whiten: true };
    expect(fit('pca', columns, given).of(columns)).toHaveLength(1);
  });

  it('select leaves out what does not vary, and keeps what says most', () => {
    const columns = [
      numbers('same', 1, 1, 1, 1),
      numbers('noise', 1, 2, 1, 2),
      numbers('told', 1, 1, 2, 2),
    ];
    const names = (given: Record<string, unknown>) =>
      fit('select', columns, given, context([0, 0, 1, 1], 2))
        .of(columns)
        .map(({ name }) => name);
    expect(names({})).toEqual(['noise', 'told']);
    expect(names({ method: 'mutual_information', k: 1 })).toEqual(['told']);
    expect(names({ method: 'l1', alpha: 0.3 })).toEqual(['told']);
    expect(names({ method: 'l1', alpha: 1 })).toEqual([]);
  });

  it('selection by L1 bears a target that never varies, a single row and columns of any scale', () => {
    const columns = [numbers('tiny', 1e-300, 2e-300, 0), numbers('huge', 1e300, -1e300, 3)];
    const kept = (rows: readonly FeatureColumn[], target: readonly number[]) =>
      fit('select', rows, { method: 'l1' }, context(target)).of(rows).length;
    expect(kept(columns, [5, 5, 5])).toBe(0);
    expect(kept([numbers('x', 1)], [7])).toBe(0);
    expect(kept(columns, [1, 2, 9])).toBe(2);
  });
});

describe('runs through many steps', () => {
  const table = tableOf(240, {
    size: (row) => (row % 9 === 0 ? '' : (10 * noise(row)).toFixed(2)),
    skewed: (row) => (1 / (0.05 + noise(row, 1))).toFixed(4),
    island: (row) =>
      ['Biscoe', 'Dream', 'Torgersen', '', 'rare one'][Math.floor(noise(row, 2) * 4.1)] ?? '',
    code: (row) => `c${Math.floor(noise(row, 3) * 30)}`,
    y: (row) => (noise(row) + noise(row, 1) + Math.floor(noise(row, 2) * 4.1) / 4).toFixed(4),
  });
  const chains: Readonly<Record<string, Spec['steps']>> = {
    'numbers by rank, categories by target': [
      { step: 'impute', columns: 'numeric', parameters: { add_indicator: true } },
      { step: 'quantile', columns: 'numeric', parameters: {} },
      { step: 'target_encode', columns: 'categorical', parameters: {} },
      { step: 'scale', columns: 'categorical', parameters: { method: 'robust' } },
    ],
    'powers, products and components': [
      { step: 'impute', columns: 'numeric', parameters: {} },
      { step: 'clip', columns: 'numeric', parameters: { method: 'iqr' } },
      { step: 'power', columns: 'numeric', parameters: {} },
      { step: 'polynomial', columns: 'numeric', parameters: { degree: 3 } },
      { step: 'pca', columns: 'numeric', parameters: { whiten: true } },
      { step: 'frequency', columns: ['code'], parameters: {} },
      { step: 'one_hot', columns: ['island'], parameters: { rare: 'group', max_categories: 3 } },
    ],
    'bins of codes, chosen': [
      { step: 'impute', columns: 'numeric', parameters: {} },
      { step: 'bins', columns: 'numeric', parameters: { n_bins: 12 } },
      { step: 'select', columns: 'numeric', parameters: { method: 'mutual_information', k: 8 } },
      { step: 'ordinal', columns: 'categorical', parameters: { other: 'minus_one' } },
      { step: 'scale', columns: 'categorical', parameters: { method: 'max_abs' } },
    ],
  };

  it.each(Object.entries(chains))('%s: the graph of raw rows passes parity', async (_, steps) => {
    const run = await runCsv(table, 'y', (spec) => ({
      ...spec,
      columns: { ...spec.columns, code: { type: 'categorical' } },
      steps,
      candidates: spec.candidates.filter(({ model }) => model !== 'mlp'),
    }));
    expectEndsWell(run);
    expect(run.outcome.record.best).not.toBe('baseline');
  });

  it('a run of very many one-hot features ends well, and says what they cost', async () => {
    const wide = tableOf(4800, {
      x: (row) => String(noise(row, 1)),
      id: (row) => `id ${row % 3600}`,
      y: (row) => String(noise(row)),
    });
    const run = await runCsv(wide, 'y', (spec) => ({
      ...spec,
      columns: { id: { type: 'categorical' } },
      steps: [{ step: 'one_hot', columns: 'categorical', parameters: { max_categories: 10_000 } }],
      candidates: spec.candidates.filter(({ model }) => model === 'mean'),
    }));
    expectEndsWell(run);
    expect(run.outcome.record.warnings.join(' ')).toMatch(
      /make 2,\d{3} features of each row, of which 0\.\d+% are not 0: only these are kept, 1 MB in the place of \d+ MB/,
    );
  });
});
