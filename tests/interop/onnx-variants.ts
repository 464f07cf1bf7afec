import type { Spec, SpecCandidate, Task } from '#core/spec/spec.ts';

const byDistance: SpecCandidate = {
  name: 'nearest_neighbours, by distance',
  model: 'nearest_neighbours',
  parameters: { weights: 'distance', metric: 'manhattan', k: 10 },
};

const boostingOf = (loss: string): SpecCandidate => ({
  name: `gradient_boosting, ${loss}`,
  model: 'gradient_boosting',
  parameters: { loss, min_samples_leaf: 5 },
});

const forestByEntropy: SpecCandidate = {
  name: 'random_forest, entropy',
  model: 'random_forest',
  parameters: { criterion: 'entropy', n_estimators: 20 },
};

/** Codes of categories, which boosting splits by sets. */
const boostingOfCategories: SpecCandidate = {
  name: 'gradient_boosting, categories',
  model: 'gradient_boosting',
  parameters: { min_samples_leaf: 5 },
  steps: [{ step: 'ordinal', columns: 'categorical', parameters: {} }],
};

const normalizedNetwork: SpecCandidate = {
  name: 'mlp, batch normalization',
  model: 'mlp',
  parameters: { batch_norm: true, dropout: 0.2, hidden_units: [9, 4], epochs: 5 },
};

/** Codes of categories, of which a network learns vectors; some rows have none. */
const networkOfCategories: SpecCandidate = {
  name: 'mlp, categories',
  model: 'mlp',
  parameters: { epochs: 10 },
  steps: [
    { step: 'impute', columns: 'numeric', parameters: { strategy: 'median' } },
    { step: 'scale', columns: 'numeric', parameters: {} },
    { step: 'ordinal', columns: 'categorical', parameters: {} },
  ],
};

/** Candidates whose parameters write another graph than the defaults do. */
const variants: Readonly<Partial<Record<Task, readonly SpecCandidate[]>>> = {
  classification: [
    byDistance,
    boostingOfCategories,
    networkOfCategories,
    forestByEntropy,
    normalizedNetwork,
    {
      name: 'naive_bayes, bernoulli',
      model: 'naive_bayes',
      parameters: { kind: 'bernoulli' },
    },
    {
      name: 'naive_bayes, multinomial',
      model: 'naive_bayes',
      parameters: { kind: 'multinomial' },
      steps: [
        { step: 'impute', columns: 'numeric', parameters: { strategy: 'median' } },
        { step: 'scale', columns: 'numeric', parameters: { method: 'min_max' } },
        { step: 'impute', columns: 'categorical', parameters: { strategy: 'constant' } },
        { step: 'one_hot', columns: 'categorical', parameters: {} },
      ],
    },
  ],
  regression: [
    byDistance,
    boostingOf('poisson'),
    boostingOf('absolute_error'),
    boostingOfCategories,
    networkOfCategories,
    normalizedNetwork,
  ],
};

export function variantsOf(task: Task): Spec['candidates'] {
  return [...(variants[task] ?? [])];
}

export function isVariant(name: string): boolean {
  return Object.values(variants).some((list) => list.some((one) => one.name === name));
}
