import type { BalanceMethod } from './balance-method.ts';

export const classWeight: BalanceMethod = {
  name: 'class_weight',
  title: 'Weigh the classes',
  summary:
    'Each row counts n ÷ (classes · rows of its class), so that every class counts the same in the loss (King and Zeng, 2001).',
  givesWeights: true,
  parameters: [],
  apply(data) {
    const { target, outputs, weights } = data;
    const ofClass = new Float64Array(outputs);
    for (const [i, label] of target.entries()) {
      ofClass[label] = (ofClass[label] ?? 0) + (weights?.[i] ?? 1);
    }
    const present = ofClass.filter((count) => count > 0).length;
    const total = ofClass.reduce((sum, count) => sum + count, 0);
    // A class whose rows all count 0 keeps them at 0.
    const shares = ofClass.map((count) => (count > 0 ? total / (present * count) : 0));
    return Promise.resolve({
      ...data,
      weights: target.map((label, i) => (weights?.[i] ?? 1) * (shares[label] ?? 0)),
    });
  },
};
