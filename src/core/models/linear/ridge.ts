import { runError } from '#core/errors.ts';
import { Breather } from '#core/breather.ts';
import { numberOf } from '#core/spec/parameters.ts';
import { choleskySolve } from './cholesky.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { fitIterativeRidge } from './iterative-ridge.ts';
import { emitLinear, linearTrained, linearWeights, meanSquaredError } from './linear-model.ts';
import { normalEquations } from './normal-equations.ts';

export const ridge: Estimator = {
  name: 'ridge',
  title: 'Ridge regression',
  shortName: 'linear',
  summary:
    'Linear regression with an L2 penalty on the coefficients, solved exactly; of very many features, most of them 0, in steps.',
  tasks: ['regression', 'ranking'],
  proposed: true,
  acceptsSparse: () => true,
  acceptsWeights: true,
  linear: 'answer',
  complexity: 10,
  parameters: [
    {
      name: 'alpha',
      label: 'Penalty α',
      kind: 'number',
      min: 0,
      max: 1e9,
      default: 1,
      help: 'Weight of the squared coefficients; 0 is ordinary least squares.',
    },
  ],
  train: (input) =>
    input.train.features.sparse === undefined ? solveRidge(input) : fitIterativeRidge(input),
  emit: emitLinear,
  emitSparse: emitLinear,
};

/**
 * Minimizes Σ vᵢ(yᵢ − xᵢw − b)² + α‖w‖², where v is what each row counts, by the normal equations of centred X and y (scikit-learn's
 * `Ridge(solver="cholesky")`; Hoerl and Kennard, 1970), in float64. Where features repeat each other and α is lost beside their
 * sizes, in steps, which share the coefficient out among them.
 */
async function* solveRidge(input: TrainingInput): Training {
  const { train, validation, parameters, signal } = input;
  const { width } = train.features;
  const { means, targetMean, gram, right } = await normalEquations(train, new Breather(signal));
  const alpha = numberOf(parameters, 'alpha');
  for (let j = 0; j < width; j += 1) gram[j * width + j] = (gram[j * width + j] ?? 0) + alpha;
  const coefficients = solveByUnits(gram, right, width);
  if (coefficients === null && alpha > 0) return yield* fitIterativeRidge(input);
  if (coefficients === null) {
    throw runError(
      'singular_system',
      `Ridge regression: with alpha = ${alpha} the features do not determine the coefficients.`,
      'Give alpha a value above 0, for example 1.',
    );
  }
  const intercept = coefficients.reduce((sum, w, j) => sum - w * (means[j] ?? 0), targetMean);
  const weights = linearWeights(coefficients, Float64Array.of(intercept), width);
  yield await onlyEpoch(train, validation, (part) => meanSquaredError(part, weights));
  return linearTrained(weights, 'regression', []);
}

/**
 * Solves the equations in units in which each feature's product with itself is 1: beside one of large numbers, the others
 * would else be taken for rounding.
 */
function solveByUnits(gram: Float64Array, right: Float64Array, width: number): Float64Array | null {
  const units = Float64Array.from({ length: width }, (_, j) => {
    const square = gram[j * (width + 1)] ?? 0;
    return square > 0 ? 1 / Math.sqrt(square) : 1;
  });
  const unit = (j: number): number => units[j] ?? 1;
  const scaled = gram.map((sum, at) => sum * unit(Math.floor(at / width)) * unit(at % width));
  const found = choleskySolve(
    scaled,
    right.map((sum, j) => sum * unit(j)),
    width,
  );
  return found && found.map((value, j) => value * unit(j));
}
