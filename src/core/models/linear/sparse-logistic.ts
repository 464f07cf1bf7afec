import { Breather } from '#core/breather.ts';
import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import type { TrainingInput } from '../estimator.ts';
import { ClassScores } from './class-scores.ts';
import { columnsOf, type Columns } from './centred-columns.ts';
import { CoordinateDescent } from './coordinate-descent.ts';
import type { LogisticPlace, LogisticSearch } from './logistic-search.ts';
import { weightedMean } from '../row-weights.ts';
import type { BlockLoss, RowBlocks } from './row-blocks.ts';
import { featureUnits } from './scaled-problem.ts';

/** Passes over the coefficients within one Newton step, at most, and how many of them leave out those that are 0. */
const PASSES = 100;
const ACTIVE_PASSES = 10;
/** Halvings of a step that does not lower the objective, at most. */
const HALVINGS = 30;
/** The share of the expected decrease that a step has to bring (Armijo's condition). */
const SUFFICIENT = 1e-4;
/** Changes of the objective below this share of it are rounding. */
const ROUNDING = 1e-13;

/** The weights of the absolute coefficients, and of half the squared ones. */
interface Penalties {
  readonly l1: number;
  readonly l2: number;
}

/**
 * The best coefficients with an L1 penalty, or one of both kinds: Newton's method in which each class's step is a lasso (an elastic net) over the loss's
 * curvatures (Yuan, Ho and Lin, 2012), solved by coordinate descent and halved until the objective falls.
 * @param penalty weight of the penalty beside the mean loss
 */
export async function* fitSparseLogistic(
  { train, parameters, signal }: TrainingInput,
  blocks: RowBlocks,
  loss: BlockLoss,
  penalty: number,
): LogisticSearch {
  const { features } = train;
  const { sets, width, total } = blocks;
  const most = numberOf(parameters, 'max_iter');
  const tolerance = numberOf(parameters, 'tol');
  const { units } = await featureUnits({ blocks, penalty: 0, curvature: 1 / 4 });
  const share = l1Share(parameters);
  const penalties = { l1: penalty * share, l2: penalty * (1 - share) };
  const summed = { l1: penalties.l1 * total, l2: penalties.l2 * total };
  const point = new Float64Array((width + 1) * sets);
  const gradient = new Float64Array(point.length);
  const place = async (iteration: number, stalled: boolean): Promise<LogisticPlace> => {
    const value = await blocks.mean(point, gradient, loss);
    const slope = steepest(point, gradient, penalties, units);
    const converged = stalled || slope <= tolerance;
    return { iteration, point: point.slice(), loss: value, slope, converged };
  };
  const columns = columnsOf(features);
  const scores = new ClassScores(train, blocks);
  const breather = new Breather(signal);
  let here = await place(0, false);
  while (!here.converged && here.iteration < most) {
    const enough = Math.max(here.slope, tolerance) / 10;
    let moved = false;
    for (let k = 0; k < sets; k += 1) {
      const step = { columns, point, scores, k, penalties: summed, enough };
      if (await newtonStep(step, breather)) moved = true;
    }
    here = await place(here.iteration + 1, !moved);
    yield here;
  }
  return here;
}

interface Step {
  readonly columns: Columns;
  /** [width, free] coefficients and [free] intercepts, moved by the step. */
  readonly point: Float64Array;
  readonly scores: ClassScores;
  /** Whose coefficients move. */
  readonly k: number;
  /** Beside the sum of all rows' losses. */
  readonly penalties: Penalties;
  /** A pass that changes no coefficient by more is the last. */
  readonly enough: number;
}

/** Moves one class's coefficients and intercept; false where no step lowers the objective. */
async function newtonStep(step: Step, breather: Breather): Promise<boolean> {
  const { columns, point, scores, k } = step;
  const { l1, l2 } = step.penalties;
  const { free } = scores;
  const width = point.length / free - 1;
  const { slopes, curvatures } = scores.derivatives(k);
  const wanted = slopes.map((slope, i) => (slope === 0 ? 0 : -slope / (curvatures[i] ?? 1)));
  const centre = weightedMean(wanted, curvatures);
  const residual = wanted.map((value) => value - centre);
  const before = Float64Array.from({ length: width }, (_, j) => point[j * free + k] ?? 0);
  const lasso = new CoordinateDescent(columns, curvatures, residual, before.slice());
  for (let pass = 0; pass < PASSES; pass += 1) {
    const isFull = pass % ACTIVE_PASSES === 0;
    const change = await lasso.pass(l1, l2, !isFull, breather);
    if (isFull && change <= step.enough) break;
  }
  const after = lasso.coefficients;
  const moves = wanted.map((value, i) => value - (residual[i] ?? 0));
  const shift = after.reduce(
    (sum, w, j) => sum - (w - (before[j] ?? 0)) * (lasso.means[j] ?? 0),
    centre,
  );
  const cost = (share: number): number =>
    before.reduce((sum, w, j) => {
      const moved = w + share * ((after[j] ?? 0) - w);
      return sum + l1 * Math.abs(moved) + (l2 / 2) * moved * moved;
    }, 0);
  const start = scores.loss() + cost(0);
  const expected =
    moves.reduce((sum, move, i) => sum + move * (slopes[i] ?? 0), 0) + cost(1) - cost(0);
  if (!(expected < 0)) return false;
  for (let share = 1, tries = 0; tries < HALVINGS; share /= 2, tries += 1) {
    scores.move(k, moves, share);
    const allowed = start + SUFFICIENT * share * expected + ROUNDING * Math.abs(start);
    if (scores.loss() + cost(share) <= allowed) {
      for (const [j, w] of before.entries()) {
        point[j * free + k] = share === 1 ? (after[j] ?? 0) : w + share * ((after[j] ?? 0) - w);
      }
      point[width * free + k] = (point[width * free + k] ?? 0) + share * shift;
      return true;
    }
    scores.move(k, moves, -share);
  }
  return false;
}

/** Largest entry of the smallest subgradient, by features of unit scale. */
function steepest(
  point: Float64Array,
  gradient: Float64Array,
  { l1, l2 }: Penalties,
  units: Float64Array,
): number {
  const width = units.length;
  const free = point.length / (width + 1);
  let largest = 0;
  for (let at = 0; at < point.length; at += 1) {
    const w = point[at] ?? 0;
    const isIntercept = at >= width * free;
    const slope = (gradient[at] ?? 0) + (isIntercept ? 0 : l2 * w);
    const least =
      isIntercept || w === 0
        ? Math.max(0, Math.abs(slope) - (isIntercept ? 0 : l1))
        : Math.abs(slope + Math.sign(w) * l1);
    const unit = isIntercept ? 1 : (units[Math.floor(at / free)] ?? 0);
    largest = Math.max(largest, least * unit);
  }
  return largest;
}

/** How much of the penalty is on the absolute coefficients. */
function l1Share(parameters: ParameterValues): number {
  return choiceOf(parameters, 'penalty') === 'elastic_net' ? numberOf(parameters, 'l1_ratio') : 1;
}
