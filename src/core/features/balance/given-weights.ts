import { inputError, runError } from '#core/errors.ts';
import { mean } from '#core/features/statistics.ts';
import { numbersByName } from '#core/spec/parameters.ts';
import { listed } from '#core/spec/refuse.ts';
import type { BalanceMethod } from './balance-method.ts';

export const givenWeights: BalanceMethod = {
  name: 'given_weights',
  title: 'Weigh the classes by numbers',
  summary:
    'Each row counts what you say of its class, as by the dictionary of scikit-learn’s class_weight; where you say nothing it counts 1.',
  givesWeights: true,
  parameters: [
    {
      name: 'weights',
      label: 'What a row counts',
      kind: 'number_map',
      min: 0,
      max: 1e6,
      maxLength: 10_000,
      default: {},
      help: 'By the name of its class; rows of a class that counts 0 are left out of the loss.',
    },
  ],

  check: (parameters, classes, path) => {
    const weights = numbersByName(parameters, 'weights');
    const place = `${path}.weights`;
    for (const name of weights.keys()) {
      if (!classes.includes(name)) {
        throw inputError(
          'unknown_class',
          `${place}: there is no class "${name}".`,
          `Classes: ${listed(classes)}.`,
          { path: place },
        );
      }
    }
    if (classes.some((name) => weights.get(name) !== 0)) return;
    throw inputError(
      'weights_all_zero',
      `${place}: every class counts 0, so there is nothing to learn from.`,
      'Let one of them count more.',
      { path: place },
    );
  },

  apply(data, { parameters, classes, wantsMeanOfOne }) {
    const byName = numbersByName(parameters, 'weights');
    const ofClass = classes.map((name) => byName.get(name) ?? 1);
    const weights = data.target.map((label, i) => (data.weights?.[i] ?? 1) * (ofClass[label] ?? 1));
    const average = mean(weights);
    if (average === 0) throw nothingCounts(weights.length);
    if (wantsMeanOfOne !== true) return Promise.resolve({ ...data, weights });
    return Promise.resolve({ ...data, weights: weights.map((weight) => weight / average) });
  },
};

function nothingCounts(rows: number): Error {
  return runError(
    'weights_all_zero',
    `Weights of classes: all ${rows} training rows count 0, so there is nothing to learn from.`,
    'Let another class count more, or choose another column of weights.',
  );
}
