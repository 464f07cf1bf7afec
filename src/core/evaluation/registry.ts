import type { MetricName, Task } from '#core/spec/spec.ts';
import { accuracy } from './accuracy.ts';
import { bitsPerCharacter } from './bits-per-character.ts';
import { calinskiHarabasz } from './calinski-harabasz.ts';
import { daviesBouldin } from './davies-bouldin.ts';
import { explainedVariance } from './explained-variance.ts';
import { flaggedShare } from './flagged-share.ts';
import { logLoss } from './log-loss.ts';
import { macroF1 } from './macro-f1.ts';
import { mae } from './mae.ts';
import { mase } from './mase.ts';
import { meanAveragePrecision } from './mean-average-precision.ts';
import { meanScore } from './mean-score.ts';
import type { Metric } from './metric.ts';
import { ndcg, ndcg10, ndcg5 } from './ndcg.ts';
import { perplexity } from './perplexity.ts';
import { r2 } from './r2.ts';
import { meanReciprocalRank } from './reciprocal-rank.ts';
import { reconstructionRmse } from './reconstruction-rmse.ts';
import { rmse } from './rmse.ts';
import { rocAuc } from './roc-auc.ts';
import { scoreTail } from './score-tail.ts';
import { silhouette } from './silhouette.ts';

/** Every metric there is, in the order of reports; adding one is a file and a row here. */
export const metrics: readonly Metric[] = [
  ...[accuracy, macroF1, logLoss, rocAuc],
  ...[mae, rmse, r2, mase],
  ...[ndcg5, ndcg10, ndcg, meanAveragePrecision, meanReciprocalRank],
  ...[silhouette, daviesBouldin, calinskiHarabasz],
  ...[scoreTail, meanScore, flaggedShare],
  ...[explainedVariance, reconstructionRmse],
  ...[perplexity, bitsPerCharacter],
];

/** The metrics of a task; MASE only of forecasts, which alone have a season to be compared with. */
export function metricsFor(task: Task, isForecast = false): readonly Metric[] {
  return metrics.filter((metric) => metric.tasks.includes(task) && (isForecast || metric !== mase));
}

export function metricNamed(name: MetricName): Metric {
  const found = metrics.find((metric) => metric.name === name);
  if (found === undefined) throw new RangeError(`no metric named ${name}`);
  return found;
}
