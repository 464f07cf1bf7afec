import { pow } from '#core/math.ts';
import type { TrainingInput } from '#core/models/estimator.ts';

/**
 * A range test of learning rates (Smith, 2017: Cyclical Learning Rates for Training Neural Networks, section 3.3): a training
 * begins, its rate grows from step to step, and its loss tells which rates it learns at. Lengths, smoothing, the end and both
 * suggestions are those of fastai's `lr_find` (`LRFinder`, `steep`, `minimum`).
 */
export const RANGE_STEPS = 100;
const LOWEST = 1e-7;
const HIGHEST = 10;
/** What a smoothed loss keeps of the one before. */
const KEPT = 0.98;
/** A smoothed loss so many times the lowest one ends the test. */
const MOST_TIMES = 4;
/** Suggestions look at neither the first points, of which few are smoothed together, nor the last ones, where it diverges. */
const FIRST_LEFT_OUT = RANGE_STEPS / 10;
const LAST_LEFT_OUT = 5;
/** A smoothed loss that falls by a smaller share of itself has not fallen: sums are rounded. */
const LEAST_FALL = 0.001;

/** One step of a range test. */
export interface RatePoint {
  readonly rate: number;
  /** Mean loss of a row of the step's batch, before the step. */
  readonly loss: number;
  /** Its moving average, with more weight on later steps, freed of the bias towards 0 (Kingma and Ba, 2015, section 3). */
  readonly smoothed: number;
}

export interface RateCurve {
  readonly points: readonly RatePoint[];
  /** Why there are no more points: all steps were taken, or the loss rose too far. Null while more may come. */
  readonly ended: 'steps' | 'diverged' | null;
}

export type RateRule = 'steepest' | 'minimum';

export interface RateSuggestion {
  readonly rule: RateRule;
  /** To two significant digits: the curve says no more. */
  readonly rate: number;
}

/** How each suggestion is found, in words. */
export const rateRules: Readonly<
  Record<RateRule, { readonly title: string; readonly help: string }>
> = {
  steepest: { title: 'steepest descent', help: 'where the smoothed loss falls fastest' },
  minimum: {
    title: 'minimum ÷ 10',
    help: 'a tenth of the rate at which the smoothed loss is lowest',
  },
};

export interface RateFinderInput extends Pick<
  TrainingInput,
  'train' | 'parameters' | 'random' | 'signal'
> {
  /** Hears how many steps are taken. */
  readonly onSteps: (done: number) => void;
}

/** Takes the first steps of a training at growing rates. A loss that leaves all bounds is its end and no error. */
export type RateFinder = (input: RateFinderInput) => Promise<RateCurve>;

/** The learning rate of a step, counted from 0: from 1e-7 to 10, each as many times the one before. */
export function rateOfStep(step: number): number {
  return LOWEST * pow(HIGHEST / LOWEST, step / (RANGE_STEPS - 1));
}

/** @param losses of the steps taken so far, from the first; what comes behind the test's end is left aside */
export function rateCurve(losses: readonly number[]): RateCurve {
  const points: RatePoint[] = [];
  let [average, missing, lowest] = [0, 1, Infinity];
  for (const [step, loss] of losses.slice(0, RANGE_STEPS).entries()) {
    if (!Number.isFinite(loss)) return { points, ended: 'diverged' };
    average = KEPT * average + (1 - KEPT) * loss;
    missing *= KEPT;
    const smoothed = average / (1 - missing);
    points.push({ rate: rateOfStep(step), loss, smoothed });
    // Where no row of the first batches counts, their loss is 0, which is no low loss.
    if (smoothed > 0) lowest = Math.min(lowest, smoothed);
    if (smoothed > MOST_TIMES * lowest) return { points, ended: 'diverged' };
  }
  return { points, ended: losses.length < RANGE_STEPS ? null : 'steps' };
}

/** Whether a curve ended before there were points for a suggestion. */
export function endedAtOnce({ points, ended }: RateCurve): boolean {
  return ended === 'diverged' && considered(points).length < 2;
}

/** What a curve suggests; nothing where its smoothed loss does not fall. */
export function suggestRates({ points }: Pick<RateCurve, 'points'>): readonly RateSuggestion[] {
  const seen = considered(points);
  const losses = seen.map(({ smoothed }) => smoothed);
  const [first = 0] = losses;
  if (!(Math.min(...losses) < (1 - LEAST_FALL) * first)) return [];
  // Rates lie evenly on their logarithms, so that differences are slopes.
  const rises = losses.slice(1).map((loss, i) => loss - (losses[i] ?? NaN));
  return [
    suggestion('steepest', seen[placeOfLeast(rises)], 1),
    suggestion('minimum', seen[placeOfLeast(losses)], 10),
  ];
}

function considered(points: readonly RatePoint[]): readonly RatePoint[] {
  return points.slice(FIRST_LEFT_OUT, -LAST_LEFT_OUT);
}

function suggestion(rule: RateRule, point: RatePoint | undefined, divisor: number): RateSuggestion {
  return { rule, rate: Number(((point?.rate ?? NaN) / divisor).toPrecision(2)) };
}

/** Of the least of them, the first one's. */
function placeOfLeast(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}
