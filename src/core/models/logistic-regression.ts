import { exp, ln } from '#core/math.ts';
import { Breather } from '#core/pause.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { Estimator, Training, TrainingData, TrainingInput } from './estimator.ts';
import { minimize, type Objective } from './lbfgs.ts';
import { emitLinear, linearTrained, linearWeights } from './linear-model.ts';

export const logisticRegression: Estimator = {
  name: 'logistic_regression',
  title: 'Logistic regression',
  shortName: 'logistic',
  summary:
    'Linear scores and a softmax, with an L2 penalty; multinomial for more than two classes.',
  tasks: ['classification'],
  baseline: false,
  complexity: 10,
  parameters: [
    {
      name: 'C',
      label: 'Inverse penalty C',
      kind: 'number',
      min: 1e-6,
      max: 1e6,
      default: 1,
      help: 'Smaller values pull the coefficients harder towards 0.',
    },
    {
      name: 'max_iter',
      label: 'Most iterations',
      kind: 'integer',
      min: 1,
      max: 10_000,
      default: 300,
      help: 'The optimizer stops here even where it has not converged, and says so.',
    },
    {
      name: 'tol',
      label: 'Tolerance',
      kind: 'number',
      min: 1e-12,
      max: 1,
      default: 1e-6,
      help: 'Stops when no entry of the mean loss’s gradient is larger.',
    },
  ],
  train: trainLogistic,
  emit: emitLinear,
};

/**
 * Minimizes Σ cross-entropy + ‖w‖² ÷ 2C with free intercepts, as scikit-learn's LogisticRegression
 * does, divided by the number of rows. Two classes have one set of coefficients (the first class's
 * score is 0), more have one each.
 */
async function* trainLogistic(input: TrainingInput): Training {
  const { train, validation, parameters, signal } = input;
  const free = train.outputs === 2 ? 1 : train.outputs;
  const width = train.features.width;
  const maxIterations = numberOf(parameters, 'max_iter');
  const tolerance = numberOf(parameters, 'tol');
  const penalty = 1 / (numberOf(parameters, 'C') * train.features.rows);
  const breather = new Breather(signal);
  const search = minimize(penalized(train, free, penalty), new Float64Array((width + 1) * free), {
    maxIterations,
    tolerance,
  });
  let step = search.next();
  while (step.done !== true) {
    await breather.breathe();
    const { iteration, value, point } = step.value;
    yield {
      epoch: iteration,
      epochs: maxIterations,
      trainLoss: value - penaltyOf(point, width * free, penalty),
      validationLoss: meanCrossEntropy(validation, point, free, null),
    };
    step = search.next();
  }
  const { point, converged, slope } = step.value;
  const warnings = converged
    ? []
    : [
        `Logistic regression stopped after ${step.value.iteration} iterations with a gradient of ${slope.toPrecision(2)}, above the tolerance ${tolerance}.`,
      ];
  return linearTrained(widen(point, width, free, train.outputs), 'classification', warnings);
}

function penalized(data: TrainingData, free: number, penalty: number): Objective {
  const coefficients = data.features.width * free;
  return (point, gradient) => {
    gradient.fill(0);
    const loss = meanCrossEntropy(data, point, free, gradient);
    for (let i = 0; i < coefficients; i += 1) {
      gradient[i] = (gradient[i] ?? 0) + penalty * (point[i] ?? 0);
    }
    return loss + penaltyOf(point, coefficients, penalty);
  };
}

function penaltyOf(point: Float64Array, coefficients: number, penalty: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients; i += 1) sum += (point[i] ?? 0) * (point[i] ?? 0);
  return (penalty / 2) * sum;
}

/**
 * Mean cross-entropy in nats; adds its gradient where one is given.
 * @param point [width, free] coefficients row-major, then [free] intercepts
 */
function meanCrossEntropy(
  { features, target }: TrainingData,
  point: Float64Array,
  free: number,
  gradient: Float64Array | null,
): number {
  const { rows, width, values } = features;
  const scores = new Float64Array(free);
  /** Class of the first free score: with one free score, class 0 stands at score 0. */
  const first = free === 1 ? 1 : 0;
  let loss = 0;
  for (let i = 0; i < rows; i += 1) {
    const at = i * width;
    for (let k = 0; k < free; k += 1) scores[k] = point[width * free + k] ?? 0;
    for (let j = 0; j < width; j += 1) {
      const x = values[at + j] ?? 0;
      if (x === 0) continue;
      for (let k = 0; k < free; k += 1)
        scores[k] = (scores[k] ?? 0) + x * (point[j * free + k] ?? 0);
    }
    let top = first === 1 ? 0 : -Infinity;
    for (const score of scores) top = Math.max(top, score);
    let sum = first === 1 ? exp(-top) : 0;
    for (const score of scores) sum += exp(score - top);
    const label = (target[i] ?? 0) - first;
    loss += top + ln(sum) - (label < 0 ? 0 : (scores[label] ?? 0));
    if (gradient === null) continue;
    for (let k = 0; k < free; k += 1) {
      scores[k] = (exp((scores[k] ?? 0) - top) / sum - (label === k ? 1 : 0)) / rows;
      gradient[width * free + k] = (gradient[width * free + k] ?? 0) + (scores[k] ?? 0);
    }
    for (let j = 0; j < width; j += 1) {
      const x = values[at + j] ?? 0;
      if (x === 0) continue;
      for (let k = 0; k < free; k += 1) {
        gradient[j * free + k] = (gradient[j * free + k] ?? 0) + x * (scores[k] ?? 0);
      }
    }
  }
  return loss / rows;
}

/** The weights with a column for every class: with two classes the first one's are 0. */
function widen(point: Float64Array, width: number, free: number, outputs: number) {
  const intercepts = point.slice(width * free);
  if (free === outputs) return linearWeights(point.slice(0, width * free), intercepts, width);
  const coefficients = new Float64Array(width * outputs);
  for (let j = 0; j < width; j += 1) coefficients[j * outputs + 1] = point[j] ?? 0;
  return linearWeights(coefficients, Float64Array.of(0, intercepts[0] ?? 0), width);
}
