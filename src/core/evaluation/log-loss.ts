import { ln } from '#core/math.ts';
import { forClasses, weightedMean, type Metric } from './metric.ts';

/** Probabilities are kept this far from 0 and 1 (float64's epsilon: what scikit-learn does with float64 probabilities). */
const CLIP = Number.EPSILON;

export const logLoss: Metric = {
  name: 'log_loss',
  title: 'Log loss',
  better: 'lower',
  bounds: [0, Infinity],
  help: 'Mean of −ln(probability given to the true class), in nats: punishes confident mistakes.',
  ...forClasses(({ actual, probabilities, classes }) => {
    const losses = Float64Array.from(actual, (label, i) => {
      const given = probabilities[i * classes.length + label] ?? 0;
      return -ln(Math.min(Math.max(given, CLIP), 1 - CLIP));
    });
    return (counts) => weightedMean(losses, counts);
  }),
};
