import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { autoencoder } from '#core/models/networks/autoencoder.ts';
import { charTransformer } from '#core/models/networks/char-transformer.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { conv1d } from '#core/models/networks/conv1d.ts';
import { gru } from '#core/models/networks/gru.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { textClassifier } from '#core/models/networks/text-classifier.ts';
import { RandomStream } from '#core/random.ts';
import { drawImages } from './image-data.ts';
import { drawSequences } from './sequence-data.ts';
import type { SmallNetwork } from './small-networks.ts';
import { drawTokens } from './token-data.ts';
import { drawTexts } from './training-data.ts';

/** Chance, for the shapes and the parameters of one network. */
class Chance {
  readonly #random: RandomStream;

  constructor(seed: number) {
    this.#random = new RandomStream(seed);
  }

  from(least: number, most: number): number {
    return least + this.#random.integer(most - least + 1);
  }

  of<Value>(...values: readonly [Value, ...Value[]]): Value {
    return values[this.#random.integer(values.length)] ?? values[0];
  }

  list(length: number, least: number, most: number): number[] {
    return Array.from({ length }, () => this.from(least, most));
  }
}

type Drawn = Pick<SmallNetwork, 'draw' | 'parameters'>;
type Draw = (chance: Chance, outputs: number) => Drawn;

/** Sizes beside the fours, eights and sixty-fours that kernels and shaders work in. */
const draws: Readonly<Record<string, Draw>> = {
  mlp(chance, outputs) {
    const width = chance.of(1, 2, 3, 5, 17, 70);
    const categories = chance.of(null, chance.list(width, 0, chance.of(1, 2, 9)));
    return {
      draw: (seed, rows) => drawTable({ seed, rows, width, outputs, categories }),
      parameters: {
        hidden_units: chance.list(chance.from(0, 3), 1, chance.of(5, 33, 70, 261)),
        ...{ batch_norm: chance.of(true, false), embedding_size: chance.from(0, 6) },
        ...{ activation: chance.of('tanh', 'relu'), dropout: chance.of(0, 0.3) },
      },
    };
  },
  cnn(chance, outputs) {
    const [height, width] = [chance.from(4, 13), chance.from(4, 13)];
    const image = { height, width, channels: chance.from(1, 5) };
    return {
      draw: (seed, rows) => drawImages({ seed, rows, outputs, image }),
      parameters: {
        filters: chance.list(chance.from(0, 2), 1, 11),
        ...{ kernel_size: chance.of('3', '5'), pooling: chance.of('max', 'stride', 'none') },
        hidden_units: chance.list(chance.from(0, 1), 1, 70),
        ...{ batch_norm: chance.of(true, false), dropout: chance.of(0, 0.3) },
        ...{ flip: chance.of('none', 'both'), rotate: chance.of(0, 40) },
        mix_up: chance.of(0, 0.4),
      },
    };
  },
  text_classifier(chance, outputs) {
    const [length, codes] = [chance.from(1, 9), chance.from(2, 40)];
    return {
      draw: (seed, rows) => drawTokens({ seed, rows, outputs, length, codes }),
      parameters: {
        architecture: chance.of('attention', 'convolution'),
        ...{ embedding_size: chance.from(1, 19), filters: chance.from(1, 19) },
        ...{ kernel_size: chance.from(1, 5), hidden_units: chance.list(chance.from(0, 1), 1, 19) },
        dropout: chance.of(0, 0.3),
      },
    };
  },
  conv1d(chance, outputs) {
    const [length, channels] = [chance.from(7, 20), chance.from(1, 5)];
    return {
      draw: (seed, rows) =>
        drawSequences({ seed, rows, outputs: Math.min(3, outputs), length, channels }),
      parameters: {
        filters: chance.list(chance.from(0, 2), 1, 19),
        ...{ kernel_size: chance.from(1, 4), padding: chance.of('same', 'causal', 'valid') },
        ...{ pooling: chance.of('max', 'mean', 'none'), dropout: chance.of(0, 0.3) },
        hidden_units: chance.list(chance.from(0, 1), 1, 19),
      },
    };
  },
  gru(chance, outputs) {
    const [length, channels] = [chance.from(1, 9), chance.from(1, 5)];
    return {
      draw: (seed, rows) =>
        drawSequences({ seed, rows, outputs: Math.min(3, outputs), length, channels }),
      parameters: {
        ...{ units: chance.from(1, 19), layers: chance.from(1, 2), dropout: chance.of(0, 0.3) },
        hidden_units: chance.list(chance.from(0, 1), 1, 19),
      },
    };
  },
  autoencoder(chance) {
    const width = chance.from(2, 70);
    return {
      draw: (seed, rows) => drawTable({ seed, rows, width, outputs: 1, categories: null }),
      parameters: {
        hidden_units: chance.list(chance.from(0, 2), 1, 70),
        ...{ code_units: chance.from(1, width - 1), activation: chance.of('tanh', 'relu') },
      },
    };
  },
  char_transformer(chance) {
    const [width, characters] = [chance.from(1, 11), chance.from(2, 30)];
    return {
      draw: (seed, rows) => drawTexts({ seed, rows, width, characters }),
      parameters: {
        ...{ layers: chance.from(1, 2), heads: chance.of('1', '2', '8'), width: '32' },
        ...{ activation: chance.of('gelu', 'relu'), dropout: chance.of(0, 0.3) },
      },
    };
  },
};

const networks = [mlp, cnn, textClassifier, conv1d, gru, autoencoder, charTransformer];

/** Networks with shapes and parameters by chance, so many of each estimator; the same ones each time. */
export function randomNetworks(
  each: number,
  estimators: readonly Estimator[] = networks,
): readonly SmallNetwork[] {
  return estimators.flatMap((estimator) =>
    Array.from({ length: each }, (_, i) => randomNetwork(estimator, i)),
  );
}

function randomNetwork(estimator: Estimator, number: number): SmallNetwork {
  const chance = new Chance(1000 * estimator.name.length + number);
  const isClasses = estimator.tasks.includes('classification') && chance.of(true, true, false);
  const outputs = isClasses ? chance.of(2, 3, 5, 64, 65, 1000) : 1;
  const rows = chance.from(1, 40);
  const { draw, parameters } = draws[estimator.name]?.(chance, outputs) ?? noDraw(estimator);
  return {
    title: `${estimator.name}, ${number}`,
    ...{ estimator, draw, rows },
    parameters: {
      ...parameters,
      ...{ epochs: 2, patience: 2, batch_size: chance.from(Math.ceil(rows / 5), rows + 2) },
      ...{ optimizer: chance.of('adam', 'adamw', 'sgd'), nesterov: chance.of(true, false) },
      ...{ learning_rate: 0.0005, clip_norm: chance.of(0, 0.1), weight_decay: chance.of(0, 0.1) },
      ...(isClasses && { label_smoothing: chance.of(0, 0.2) }),
    },
  };
}

function noDraw({ name }: Estimator): never {
  throw new RangeError(`nothing draws a ${name}`);
}

/** Rows of noise; where there are categories, codes of so many in a feature's place, some of them missing. */
function drawTable({
  seed,
  rows,
  width,
  outputs,
  categories,
}: {
  readonly seed: number;
  readonly rows: number;
  readonly width: number;
  readonly outputs: number;
  readonly categories: readonly number[] | null;
}): TrainingData {
  const random = new RandomStream(seed);
  const values = Float32Array.from({ length: rows * width }, (_, at) => {
    const count = categories?.[at % width] ?? 0;
    if (count === 0) return random.normal();
    return random.uniform() < 0.1 ? NaN : random.integer(count);
  });
  const isClasses = outputs > 1;
  const target = Float64Array.from({ length: rows }, () =>
    isClasses ? random.integer(outputs) : random.normal(),
  );
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    task: isClasses ? 'classification' : 'regression',
    features: {
      ...{ rows, width, values, names },
      ...(categories !== null && { categories: Int32Array.from(categories) }),
    },
    target,
    outputs,
  };
}
