import { exp } from '#core/math.ts';
import { forTexts, type Metric } from './metric.ts';

export const perplexity: Metric = {
  name: 'perplexity',
  title: 'Perplexity',
  better: 'lower',
  bounds: [1, Infinity],
  help: 'Between how many equally likely characters the model wavers at each place: e to the power of the mean −ln(probability given to the character that came).',
  ...forTexts((nats) => exp(nats)),
};
