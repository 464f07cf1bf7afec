import { emitNextCharacter } from '#core/language/emit-next-character.ts';
import { movedOn, withNext } from '#core/language/next-character.ts';
import type { Estimator, NetworkInputs } from '#core/models/estimator.ts';
import { charactersOf } from '#core/models/characters/character-model.ts';
import { emitPlaces } from '#core/networks/emit-network.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParametersWith } from '#core/networks/training.ts';
import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { activation, dropout, dropoutOf } from './hidden-layers.ts';

/** Units of a block's hidden layer for each number of a vector. */
const HIDDEN_TIMES = 4;

/** A small transformer over characters, as GPT-2 is one over parts of words (Radford and others, 2019). */
export const charTransformer: Estimator = {
  name: 'char_transformer',
  title: 'Character transformer',
  shortName: 'transformer',
  summary:
    'Each character looks back at those before it in the window, to tell which comes next; stops early and keeps the weights of the best validation loss.',
  tasks: ['language'],
  answers: 'text',
  carriesData:
    'The weights may hold passages of the training text, which the model can write word for word.',
  stopsEarly: true,
  proposed: true,
  embedsCodes: true,
  complexity: 120,
  parameters: [
    {
      name: 'layers',
      label: 'Blocks',
      kind: 'integer',
      min: 1,
      max: 8,
      default: 2,
      help: 'Rounds of looking back, one behind the other.',
    },
    {
      name: 'heads',
      label: 'Heads',
      kind: 'choice',
      choices: ['1', '2', '4', '8'],
      default: '4',
      help: 'How many things a character can look for at a time.',
    },
    {
      name: 'width',
      label: 'Numbers of a character',
      kind: 'choice',
      choices: ['32', '64', '128', '256'],
      default: '64',
      help: 'Length of the vector that stands for a character in its place; the heads share it out.',
    },
    activation('Non-linearity of the hidden layers. gelu is the form with tanh.', ['gelu', 'relu']),
    dropout('Chance of each number that is added to a vector to be dropped in a step of training.'),
    // What suits a small transformer better than a network for tables.
    ...trainingParametersWith({ learning_rate: 0.002, epochs: 30, patience: 3, clip_norm: 1 }),
  ],

  network: planOf,
  finish: (network, { train: { features } }) => {
    const characters = charactersOf(features);
    return Promise.resolve({
      ...network,
      predict: async (texts) =>
        withNext(await network.predict(texts), await network.predict(movedOn(texts)), characters),
    });
  },
  emit(graph, features, model) {
    const { width } = model;
    const plan = planOf(model, model.parameters);
    return emitNextCharacter(graph, features, { width, characters: plan.outputs }, (texts) =>
      emitPlaces(graph, texts, plan, model.weights),
    );
  },
};

function planOf(inputs: NetworkInputs, parameters: ParameterValues): NetworkPlan {
  const characters = charactersOf(inputs);
  const size = Number(choiceOf(parameters, 'width'));
  const share = numberOf(parameters, 'dropout');
  const block: Layer = {
    ...{ kind: 'transformer_block', heads: Number(choiceOf(parameters, 'heads')) },
    ...{ hidden: HIDDEN_TIMES * size, dropout: share },
    activation: choiceOf(parameters, 'activation') === 'relu' ? 'relu' : 'gelu',
  };
  return {
    input: [inputs.width],
    layers: [
      { kind: 'characters', characters, size },
      ...dropoutOf(parameters),
      ...Array.from({ length: numberOf(parameters, 'layers') }, () => block),
      { kind: 'layer_norm' },
      { kind: 'place_dense', units: characters },
    ],
    task: inputs.task,
    outputs: characters,
    continues: true,
  };
}
