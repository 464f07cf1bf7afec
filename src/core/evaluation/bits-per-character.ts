import { forTexts, type Metric } from './metric.ts';

export const bitsPerCharacter: Metric = {
  name: 'bits_per_character',
  title: 'Bits per character',
  better: 'lower',
  bounds: [0, Infinity],
  help: 'What a character would take if the text were packed by the model: the mean −log₂(probability given to the character that came).',
  ...forTexts((nats) => nats / Math.LN2),
};
