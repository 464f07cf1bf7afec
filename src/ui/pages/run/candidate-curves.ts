import type { EpochEvent } from '#core/models/estimator.ts';
import type { Task } from '#core/spec/spec.ts';
import type { EpochLine } from '#ui/charts/epoch-lines.ts';
import type { Curve, CurvePoint } from '#ui/charts/learning-curve.ts';
import { seriesColour } from '#ui/charts/legend.ts';
import { numberText } from '#ui/format.ts';

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

/** Whether a figure is the same in all epochs. */
export function isSteady({ points }: EpochLine): boolean {
  return points.every(({ value }) => value === points[0]?.value);
}

/** Learning rates that stay as they are, in a sentence. */
export function steadyRatesText(lines: readonly EpochLine[]): string {
  const said = lines.map(({ name, points: [first] }) => ({ name, rate: first?.value ?? NaN }));
  const [one, ...others] = said;
  if (one !== undefined && others.every(({ rate }) => rate === one.rate)) {
    return `The learning rate is ${numberText(one.rate)} in every epoch.`;
  }
  const rates = said.map(({ name, rate }) => `${numberText(rate)} for ${name}`);
  return `The learning rate is the same in every epoch: ${rates.join(', ')}.`;
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
