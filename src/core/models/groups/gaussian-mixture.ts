import { inputError } from '#core/errors.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { Breather } from '#core/breather.ts';
import type { RandomStream } from '#core/random.ts';
import { choiceOf, numberOf } from '#core/spec/parameters.ts';
import type { EmittedModel, Estimator, Training, TrainingInput } from '../estimator.ts';
import { weightOfType } from '../weight-tensor.ts';
import { spreadRows } from './first-centres.ts';
import { estimateGaussians } from './estimate-gaussians.ts';
import { posteriors, type CovarianceKind, type Gaussians } from './gaussians.ts';
import { groupCount, refuseGroups } from './group-count.ts';
import { lloyd } from './lloyd.ts';

/** A covariance between all features grows with their square. */
const MOST_FEATURES = 500;

/** Fitted by expectation and maximization from k-means (Dempster, Laird and Rubin, 1977), as scikit-learn's GaussianMixture. */
export const gaussianMixture: Estimator = {
  name: 'gaussian_mixture',
  title: 'Gaussian mixture',
  shortName: 'mixture',
  summary:
    'Sees the rows as drawn from k normal distributions, and says how probably a row is from each; groups may be stretched and of unlike size.',
  tasks: ['clustering'],
  answers: 'probabilities',
  complexity: 20,
  parameters: [
    groupCount,
    {
      name: 'covariance',
      label: 'Shape of the groups',
      kind: 'choice',
      choices: ['full', 'tied', 'diag', 'spherical'],
      default: 'full',
      help: 'Any ellipsoids, one shape for all, ellipsoids along the features, or balls.',
    },
    {
      name: 'reg_covar',
      label: 'Least variance',
      kind: 'number',
      min: 0,
      max: 1000,
      default: 1e-6,
      help: 'Added to every feature’s variance, so that no group can shrink to a point.',
    },
    {
      name: 'n_init',
      label: 'Starts',
      kind: 'integer',
      min: 1,
      max: 50,
      default: 1,
      help: 'How often it starts from another k-means; the likeliest fit is kept.',
    },
    {
      name: 'max_iter',
      label: 'Iterations at most',
      kind: 'integer',
      min: 1,
      max: 10_000,
      default: 100,
      help: 'Of each start.',
    },
    {
      name: 'tol',
      label: 'Tolerance',
      kind: 'number',
      min: 0,
      max: 1,
      default: 1e-3,
      help: 'It stops once the mean log-likelihood of a row grows by less than this.',
    },
  ],
  train: trainMixture,
  emit: emitMixture,
};

async function* trainMixture(input: TrainingInput): Training {
  const { train, validation, parameters, random, signal } = input;
  const { features } = train;
  const k = numberOf(parameters, 'k');
  const kind = choiceOf(parameters, 'covariance') as CovarianceKind;
  refuseGroups('Gaussian mixture', k, features);
  refuseWidth(features.width, kind);
  const [starts, iterations] = [numberOf(parameters, 'n_init'), numberOf(parameters, 'max_iter')];
  const settings = { k, kind, floor: numberOf(parameters, 'reg_covar') };
  const breather = new Breather(signal);
  let best: { readonly gaussians: Gaussians; readonly fit: number; converged: boolean } | undefined;
  for (let start = 0; start < starts; start += 1) {
    const own = random.fork(`start:${start}`);
    const first = await sharesOfKMeans(features, k, own, breather);
    let gaussians = estimateGaussians(features, first, settings);
    let fit = -Infinity;
    for (let iteration = 1; iteration <= iterations; iteration += 1) {
      await breather.breathe();
      const { shares, logLikelihood } = posteriors(gaussians, features);
      const before = fit;
      fit = meanOf(logLikelihood) ?? 0;
      gaussians = estimateGaussians(features, shares, settings);
      const converged = Math.abs(fit - before) < numberOf(parameters, 'tol');
      yield {
        epoch: start * iterations + iteration,
        epochs: starts * iterations,
        trainLoss: -fit,
        validationLoss: lossOf(gaussians, validation.features),
      };
      if (iteration < iterations && !converged) continue;
      if (best === undefined || fit > best.fit) best = { gaussians, fit, converged };
      break;
    }
  }
  if (best === undefined) throw new RangeError('the mixture made no start');
  const { gaussians, converged } = best;
  const { means, factors, factorShape, constants, width } = gaussians;
  return {
    weights: [
      { name: 'means', shape: [k, width], values: means },
      { name: 'factors', shape: factorShape, values: factors },
      { name: 'constants', shape: [k], values: constants },
    ],
    warnings: converged
      ? []
      : [
          `Gaussian mixture did not settle in ${iterations} iterations; allow more, or a larger tolerance.`,
        ],
    predict: (rows) => Promise.resolve(Float32Array.from(posteriors(gaussians, rows).shares)),
    dispose: () => undefined,
  };
}

/** 1 for the group that k-means puts a row into, 0 for the others: [rows, k]. */
async function sharesOfKMeans(
  features: FeatureMatrix,
  k: number,
  random: RandomStream,
  breather: Breather,
): Promise<Float64Array> {
  const options = { tolerance: 0, maxIterations: 300, breather };
  const { labels } = await lloyd(features, spreadRows(features, k, random), k, options);
  const shares = new Float64Array(features.rows * k);
  for (const [i, label] of labels.entries()) shares[i * k + label] = 1;
  return shares;
}

function refuseWidth(width: number, kind: CovarianceKind): void {
  if (width <= MOST_FEATURES || kind === 'diag' || kind === 'spherical') return;
  throw inputError(
    'too_many_features',
    `Gaussian mixture: there are ${width} features, and a covariance between all of them takes at most ${MOST_FEATURES}.`,
    'Choose covariance diag, or add a pca step.',
  );
}

function lossOf(gaussians: Gaussians, features: FeatureMatrix): number | null {
  const mean = meanOf(posteriors(gaussians, features).logLikelihood);
  return mean === null ? null : -mean;
}

function meanOf(values: Float64Array): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** One component after the other, so that memory is for the differences to one mean. */
function emitMixture(
  graph: GraphBuilder,
  features: TensorName,
  { weights }: EmittedModel,
): TensorName {
  const constantOf = (name: string): TensorName => {
    const { values, shape } = weightOfType(weights, name, Float64Array);
    return graph.constant(values, shape, name);
  };
  const [matrices = 0, , ...rest] = weightOfType(weights, 'factors', Float64Array).shape;
  const isMatrix = rest.length > 0;
  const isShared = isMatrix && matrices === 1;
  const wide = graph.cast(features, 'float64');
  const last = graph.constant(BigInt64Array.of(1n), [1]);
  const half = graph.constant(Float64Array.of(-0.5), [1]);
  const factors = constantOf('factors');
  const shared = isShared
    ? graph.node('Squeeze', [factors, graph.constant(BigInt64Array.of(0n), [1])])
    : '';
  const sequences = [constantOf('means'), constantOf('constants'), ...(isShared ? [] : [factors])];
  const [logs = ''] = graph.scan([], sequences, (_, [mean = '', constant = '', own = shared]) => {
    const away = graph.node('Sub', [wide, mean]);
    const parts = graph.node(isMatrix ? 'MatMul' : 'Mul', [away, own]);
    const squares = graph.node('Mul', [parts, parts]);
    const sum = graph.node('ReduceSum', [squares, last], { keepdims: 0 });
    const log = graph.node('Add', [graph.node('Mul', [sum, half]), constant]);
    return { states: [], stacked: [log] };
  });
  const byRow = graph.node('Transpose', [logs], { perm: [1, 0] });
  return graph.cast(graph.node('Softmax', [byRow], { axis: 1 }), 'float32');
}
