import { runError } from '#core/errors.ts';
import { Breather } from '#core/breather.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { quantileParameter } from '../quantile-parameter.ts';
import type { WeightTensor } from '../weight-tensor.ts';
import { interiorPoint } from './bounded-program.ts';
import { emitLinear, linearTrained, linearWeights, meanSquaredError } from './linear-model.ts';
import { pinballProgram } from './pinball-program.ts';
import { stoppingParameters } from './stopping.ts';

export const quantileRegression: Estimator = {
  name: 'quantile_regression',
  title: 'Quantile regression',
  shortName: 'quantile',
  summary:
    'A linear model of a quantile, the median unless said otherwise, with an L1 penalty; far values weigh no more than others.',
  tasks: ['regression'],
  acceptsWeights: true,
  linear: 'answer',
  complexity: 10,
  parameters: [
    quantileParameter,
    {
      name: 'alpha',
      label: 'Penalty α',
      kind: 'number',
      min: 0,
      max: 1e6,
      default: 0.01,
      help: 'Weight of the absolute coefficients beside the mean loss; 0 is none.',
    },
    ...stoppingParameters({
      iterations: { max: 1000, default: 100 },
      tolerance: 1e-8,
      help: 'Stops when the mean loss is at most this far above its minimum, by target deviations.',
    }),
  ],
  train: trainQuantile,
  emit: emitLinear,
};

/**
 * Minimizes the mean pinball loss + α‖w‖₁, as scikit-learn's QuantileRegressor does, exactly: as the linear program that
 * it is (Koenker and Bassett, 1978).
 */
async function* trainQuantile(input: TrainingInput): Training {
  const { train, validation, parameters, signal } = input;
  const { width } = train.features;
  const [most, tolerance] = [numberOf(parameters, 'max_iter'), numberOf(parameters, 'tol')];
  const { program, coefficientsAt, total } = await pinballProgram(
    train,
    numberOf(parameters, 'quantile'),
    numberOf(parameters, 'alpha'),
    new Breather(signal),
  );
  let found: { readonly weights: readonly WeightTensor[]; readonly gap: number } | undefined;
  for await (const { iteration, multipliers, gap } of interiorPoint(program)) {
    const { coefficients, intercept } = coefficientsAt(multipliers);
    const weights = linearWeights(coefficients, Float64Array.of(intercept), width);
    found = { weights, gap: Math.abs(gap) / total };
    yield {
      epoch: iteration,
      epochs: most,
      trainLoss: meanSquaredError(train, weights) ?? 0,
      validationLoss: meanSquaredError(validation, weights),
    };
    if (found.gap <= tolerance || iteration === most) break;
  }
  if (found === undefined) {
    throw runError(
      'not_solved',
      'Quantile regression found no coefficients: the features are too large or too alike for its equations.',
      'Scale the features, or give alpha a larger value.',
    );
  }
  const { weights, gap } = found;
  const warnings =
    gap <= tolerance
      ? []
      : [
          `Quantile regression stopped up to ${gap.toPrecision(2)} above the least mean loss, with a tolerance of ${tolerance}.`,
        ];
  return linearTrained(weights, 'regression', warnings);
}
