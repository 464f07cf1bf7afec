import { forClasses, type Metric } from './metric.ts';

/**
 * Mean over classes of 2·TP ÷ (2·TP + FP + FN). Classes that are neither true nor predicted on the rows
 * are left out, as scikit-learn's f1_score(average="macro") does.
 */
export const macroF1: Metric = {
  name: 'macro_f1',
  title: 'Macro F1',
  better: 'higher',
  bounds: [0, 1],
  help: 'Mean over classes of the harmonic mean of precision and recall: small classes count as much as large ones.',
  ...forClasses(({ actual, predicted, classes }) => {
    const hits = new Float64Array(classes.length);
    const trueCount = new Float64Array(classes.length);
    const predictedCount = new Float64Array(classes.length);
    return (counts) => {
      hits.fill(0);
      trueCount.fill(0);
      predictedCount.fill(0);
      for (let i = 0; i < actual.length; i += 1) {
        const count = counts[i] ?? 0;
        const is = actual[i] ?? 0;
        const said = predicted[i] ?? 0;
        trueCount[is] = (trueCount[is] ?? 0) + count;
        predictedCount[said] = (predictedCount[said] ?? 0) + count;
        if (is === said) hits[is] = (hits[is] ?? 0) + count;
      }
      let sum = 0;
      let present = 0;
      for (let k = 0; k < classes.length; k += 1) {
        const both = (trueCount[k] ?? 0) + (predictedCount[k] ?? 0);
        if (both === 0) continue;
        sum += (2 * (hits[k] ?? 0)) / both;
        present += 1;
      }
      return present === 0 ? null : sum / present;
    };
  }),
};
