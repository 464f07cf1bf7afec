import type { EpochEvent } from '#core/models/estimator.ts';
import type { Task } from '#core/spec/spec.ts';
import type { EpochLine } from '#ui/charts/epoch-lines.ts';
import type { Curve, CurvePoint } from '#ui/charts/learning-curve.ts';
import { seriesColour } from '#ui/charts/legend.ts';

/** The training curves of a run's candidates, in their order and colours. */
export function candidateCurves(
  candidates: readonly { readonly name: string; readonly history: readonly CurvePoint[] }[],
): Curve[] {
  return candidates.map(({ name, history }, i) => ({
    name,
    colour: seriesColour(i),
    points: history,
  }));
}

interface Told {
  readonly name: string;
  readonly history: readonly Pick<EpochEvent, 'epoch' | Figure>[];
}
type Figure = 'validationScore' | 'learningRate';

/** A figure of the candidates that tell it, in the same colours. */
export function epochLines(candidates: readonly Told[], figure: Figure): EpochLine[] {
  return candidates
    .map(({ name, history }, i) => ({
      name,
      colour: seriesColour(i),
      points: history.flatMap(({ epoch, [figure]: value }) =>
        value === undefined || value === null ? [] : [{ epoch, value }],
      ),
    }))
    .filter(({ points }) => points.length > 0);
}

const lossTitles: Readonly<Record<Task, string>> = {
  classification: 'cross-entropy (nats)',
  regression: 'squared error (target deviations²), or a named loss',
  ranking: '1 − NDCG, or squared error (grades²) of a linear model',
  clustering: 'squared distance, or −log-likelihood',
  anomaly_detection: 'mean score, or squared error of an autoencoder',
  reduction: 'squared distance from what the components say',
  language: 'nats per character',
};

/** What trainers minimize, with its unit. */
export function lossTitle(task: Task): string {
  return lossTitles[task];
}
