import { inputError } from '#core/errors.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import {
  besideThreshold,
  contaminationParameter,
  emitBesideThreshold,
  thresholdOf,
} from '#core/models/anomalies/score-threshold.ts';
import type { Estimator, NetworkInputs } from '#core/models/estimator.ts';
import { emitNetwork } from '#core/networks/emit-network.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParameters } from '#core/networks/training.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { integersOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { activation, activationOf, hiddenUnits } from './hidden-layers.ts';

/**
 * Rows go through a narrow code and back: what is unlike the others comes back wrong (Hinton and Salakhutdinov, 2006;
 * for anomalies Sakurada and Yairi, 2014). Of a row's mean squared error e the score is e ÷ (1 + e).
 */
export const autoencoder: Estimator = {
  name: 'autoencoder',
  title: 'Autoencoder',
  shortName: 'autoencoder',
  summary:
    'A network that squeezes each row through a narrow code and gives it back: a row that comes back wrong is unlike the others. Its score is e ÷ (1 + e) of its mean squared error e, after the steps.',
  tasks: ['anomaly_detection'],
  answers: 'score',
  stopsEarly: true,
  complexity: 100,
  parameters: [
    hiddenUnits({
      default: [16],
      maxLength: 4,
      help: 'Units of each layer before the code, first to last; behind it they come in the other order.',
    }),
    {
      name: 'code_units',
      label: 'Units of the code',
      kind: 'integer',
      min: 0,
      max: 1024,
      default: 0,
      help: 'What a row is squeezed into: fewer than it has features. 0 takes half of them.',
    },
    activation('Non-linearity after each layer but the last.', ['tanh', 'relu']),
    contaminationParameter,
    ...trainingParameters,
  ],
  check: ({ features }, parameters, path) => {
    refuseWideCode(features, parameters, path);
  },
  network: planOf,
  finish: async (network, { train: { features }, parameters }) => {
    const scoresOf = async (rows: FeatureMatrix): Promise<Float32Array> =>
      errorScores(rows, await network.predict(rows));
    const threshold = thresholdOf(await scoresOf(features), parameters);
    return {
      ...network,
      weights: [...network.weights, threshold],
      predict: async (rows) => besideThreshold(threshold, await scoresOf(rows)),
    };
  },
  emit(graph, features, model) {
    const rebuilt = emitNetwork(graph, features, planOf(model, model.parameters), model.weights);
    return emitBesideThreshold(graph, emitScores(graph, features, rebuilt), model.weights);
  },
};

function planOf({ width, task }: NetworkInputs, parameters: ParameterValues): NetworkPlan {
  const hidden = integersOf(parameters, 'hidden_units');
  const units = [...hidden, codeUnits(width, parameters), ...hidden.toReversed()];
  const layers = units.flatMap((one): Layer[] => [
    { kind: 'dense', units: one },
    activationOf(parameters),
  ]);
  return {
    input: [width],
    layers: [...layers, { kind: 'dense', units: width }],
    task,
    outputs: width,
    reconstructs: true,
  };
}

function codeUnits(width: number, parameters: ParameterValues): number {
  const asked = numberOf(parameters, 'code_units');
  return asked === 0 ? Math.ceil(width / 2) : asked;
}

/** A code as wide as the rows could hold them as they are, anomalies too. */
function refuseWideCode({ width }: FeatureMatrix, parameters: ParameterValues, path: string): void {
  const units = codeUnits(width, parameters);
  if (units < width) return;
  const few = `${width} ${width === 1 ? 'feature' : 'features'} after the steps`;
  throw inputError(
    'wide_code',
    `${path}.code_units is ${units}, and rows have ${few}: the code has to be narrower.`,
    width === 1 ? 'Give more columns, or use another model.' : `Choose at most ${width - 1}.`,
    { path: `${path}.code_units` },
  );
}

/** e ÷ (1 + e), e the mean squared difference of a row; near 1 where e is too large for float64. */
function errorScores({ rows, width, values }: FeatureMatrix, rebuilt: Float32Array): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let at = row * width; at < (row + 1) * width; at += 1) {
      const away = (values[at] ?? NaN) - (rebuilt[at] ?? NaN);
      sum += away * away;
    }
    return 1 - 1 / (1 + sum / width);
  });
}

function emitScores(graph: GraphBuilder, features: TensorName, rebuilt: TensorName): TensorName {
  const wide = [features, rebuilt].map((one) => graph.cast(one, 'float64'));
  const away = graph.node('Sub', wide);
  const axes = graph.constant(BigInt64Array.of(1n), [1]);
  const error = graph.node('ReduceMean', [graph.node('Mul', [away, away]), axes], { keepdims: 1 });
  const one = graph.constant(Float64Array.of(1), [1]);
  const part = graph.node('Div', [one, graph.node('Add', [one, error])]);
  return graph.cast(graph.node('Sub', [one, part]), 'float32');
}
