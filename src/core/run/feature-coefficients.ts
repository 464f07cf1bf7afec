import type { Estimator, TargetScale, TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { featureDeviations } from '#core/models/linear/feature-deviations.ts';
import { NOT_STANDARDIZED } from '#core/models/log-link.ts';
import { weightOfType } from '#core/models/weight-tensor.ts';
import { Breather } from '#core/breather.ts';
import type { CandidateRecord, Coefficients } from '#core/spec/candidate-record.ts';

/** Features of each output, and outputs, that run.json keeps. */
const MOST_FEATURES = 20;
const MOST_CLASSES = 50;

interface CoefficientOptions {
  /** Labels in the order of the outputs. */
  readonly classes?: readonly string[] | undefined;
  readonly signal?: AbortSignal;
}

/**
 * The coefficients of a linear model by feature, in the target's own unit: scikit-learn's `coef_` and `intercept_` of the
 * features as they are after the steps, or a reason where a number of them is too large to be written. Nothing of other models.
 */
export async function featureCoefficients(
  { linear }: Pick<Estimator, 'linear'>,
  { weights }: Pick<TrainedModel, 'weights'>,
  { features, targetScale = NOT_STANDARDIZED }: Pick<TrainingData, 'features' | 'targetScale'>,
  { classes = [], signal }: CoefficientOptions = {},
): Promise<Pick<CandidateRecord, 'coefficients'>> {
  if (linear === undefined) return {};
  const breather = new Breather(signal);
  const { names, width } = features;
  const { values } = weightOfType(weights, 'coefficients', Float64Array);
  const intercepts = weightOfType(weights, 'intercept', Float64Array).values;
  const deviations = await featureDeviations(features, breather);
  const scale = linear === 'answer' ? targetScale : NOT_STANDARDIZED;
  const outputs: Coefficients['outputs'] = [];
  for (const k of shownOutputs(intercepts.length)) {
    await breather.breathe();
    const own = Float64Array.from({ length: width }, (_, j) =>
      inUnit(values[j * intercepts.length + k] ?? 0, scale),
    );
    outputs.push({
      ...(classes[k] !== undefined && { class: classes[k] }),
      intercept: inUnit(intercepts[k] ?? 0, scale) + scale.mean,
      largest: largestEffects(own, deviations).map((j) => ({
        feature: names[j] ?? '',
        coefficient: own[j] ?? 0,
        deviation: deviations[j] ?? 0,
      })),
    });
  }
  const found = outputs.every(isWritable) ? { outputs } : { outputs: [], reason: tooLarge(scale) };
  return { coefficients: { of: linear, features: width, ...found } };
}

function tooLarge(scale: TargetScale): string {
  const isOfUnit = scale !== NOT_STANDARDIZED;
  return [
    `None is listed: a coefficient, the intercept or what a feature adds is${isOfUnit ? ', in the target’s own unit,' : ''} beyond the largest number of 64 bits, about 1.8e308.`,
    'The model’s answers do not depend on it.',
    `A step that standardizes the features${isOfUnit ? ', or a larger unit of the target,' : ''} may bring them within it.`,
  ].join(' ');
}

/** Of two classes the second alone: the first one's score is 0. */
function shownOutputs(outputs: number): readonly number[] {
  if (outputs === 2) return [1];
  return Array.from({ length: Math.min(outputs, MOST_CLASSES) }, (_, k) => k);
}

/** No −0, which JSON does not tell from 0. */
function inUnit(weight: number, { standardDeviation }: TargetScale): number {
  return weight * standardDeviation + 0;
}

/** Features by |coefficient| × deviation, largest first; those with equal ones as they come. */
function largestEffects(own: Float64Array, deviations: Float64Array): number[] {
  const effects = own.map((coefficient, j) => Math.abs(coefficient * (deviations[j] ?? 0)));
  return Array.from(own.keys())
    .sort((a, b) => (effects[b] ?? 0) - (effects[a] ?? 0))
    .slice(0, MOST_FEATURES);
}

/** JSON has no infinity. */
function isWritable({ intercept, largest }: Coefficients['outputs'][number]): boolean {
  const effects = largest.map(({ coefficient, deviation }) => coefficient * deviation);
  const numbers = [intercept, ...largest.map(({ coefficient }) => coefficient), ...effects];
  return numbers.every(Number.isFinite);
}
