import { forClasses, type Metric, type ScoredClasses, type WeightedMetric } from './metric.ts';

/**
 * Two classes: the area under the ROC curve of the second class's probability. More: the mean over
 * classes of each class against the rest (scikit-learn's multi_class="ovr", average="macro"); classes
 * without rows on both sides are left out.
 */
export const rocAuc: Metric = {
  name: 'roc_auc',
  title: 'ROC AUC',
  better: 'higher',
  bounds: [0, 1],
  help: 'Chance that a row of the class gets a higher probability than a row of the others; 0.5 is guessing.',
  undefinedWhen: 'all of these rows are of one class',
  ...forClasses((scored) => {
    const last = scored.classes.length - 1;
    const columns = last === 1 ? [1] : scored.classes.map((_, k) => k);
    const areas = columns.map((k) => areaOf(scored, k));
    return (counts) => {
      let sum = 0;
      let defined = 0;
      for (const area of areas) {
        const value = area(counts);
        if (value === null) continue;
        sum += value;
        defined += 1;
      }
      return defined === 0 ? null : sum / defined;
    };
  }),
};

/** The Mann–Whitney statistic of one class against the rest, ties counted half (Hanley and McNeil, 1982). */
function areaOf({ actual, probabilities, classes }: ScoredClasses, k: number): WeightedMetric {
  const score = Float64Array.from(actual, (_, i) => probabilities[i * classes.length + k] ?? 0);
  const order = Uint32Array.from(actual, (_, i) => i).sort(
    (a, b) => (score[a] ?? 0) - (score[b] ?? 0),
  );
  return (counts) => {
    let negativesBelow = 0;
    let positives = 0;
    let area = 0;
    for (let at = 0; at < order.length;) {
      const value = score[order[at] ?? 0];
      let tiedPositives = 0;
      let tiedNegatives = 0;
      for (; at < order.length && score[order[at] ?? 0] === value; at += 1) {
        const row = order[at] ?? 0;
        if (actual[row] === k) tiedPositives += counts[row] ?? 0;
        else tiedNegatives += counts[row] ?? 0;
      }
      area += tiedPositives * (negativesBelow + tiedNegatives / 2);
      negativesBelow += tiedNegatives;
      positives += tiedPositives;
    }
    return positives === 0 || negativesBelow === 0 ? null : area / (positives * negativesBelow);
  };
}
