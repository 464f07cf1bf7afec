import { runError } from '#core/errors.ts';
import type { Trainer, TrainingInput, WeightTensor } from '#core/models/estimator.ts';
import { Breather } from '#core/pause.ts';
import { numberOf } from '#core/spec/parameters.ts';
import { firstWeights, shapeOf, type MlpBackend } from './mlp-network.ts';

/**
 * Trains the estimator `mlp`: Adam over shuffled batches, early stopping on the validation loss, the best epoch's
 * weights kept. All randomness comes from the run's stream, so a seed gives the same bits on the same backend.
 */
export function mlpTrainer(backend: MlpBackend): Trainer {
  return async function* (input: TrainingInput) {
    const { train, parameters, random, signal } = input;
    const shape = shapeOf(input);
    const network = await backend.start(input, shape, firstWeights(shape, random.fork('weights')));
    const epochs = numberOf(parameters, 'epochs');
    const patience = numberOf(parameters, 'patience');
    const shuffling = random.fork('batches');
    const breather = new Breather(signal);
    let best = { loss: Infinity, epoch: 0, weights: [] as readonly WeightTensor<Float32Array>[] };
    try {
      for (let epoch = 1; epoch <= epochs; epoch += 1) {
        const order = Int32Array.from({ length: train.features.rows }, (_, i) => i);
        const trainLoss = await network.trainEpoch(shuffling.shuffle(order), breather);
        const validationLoss = await network.validationLoss();
        refuseDivergence(epoch, trainLoss, validationLoss);
        if (validationLoss < best.loss) {
          best = { loss: validationLoss, epoch, weights: await network.weights() };
        }
        yield { epoch, epochs, trainLoss, validationLoss };
        if (epoch - best.epoch >= patience) break;
      }
    } finally {
      network.free();
    }
    const predictor = await backend.predictor(best.weights, shape);
    return {
      weights: best.weights,
      warnings: [],
      predict: (features) => predictor.predict(features),
      dispose: () => {
        predictor.dispose();
      },
    };
  };
}

function refuseDivergence(epoch: number, trainLoss: number, validationLoss: number): void {
  if (Number.isFinite(trainLoss) && Number.isFinite(validationLoss)) return;
  const which = Number.isFinite(trainLoss) ? 'validation' : 'training';
  throw runError(
    'diverged',
    `The network's ${which} loss is no longer a number after epoch ${epoch}.`,
    which === 'training'
      ? 'Lower learning_rate, scale the columns, or look for values far outside the rest.'
      : 'Look for values far outside the rest in the columns; columns.NAME.missing lists texts that mean missing.',
    { epoch },
  );
}
