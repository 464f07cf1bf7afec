import type { TreeCall } from '#core/kernels/tree-kernels.ts';
import { exp, ln } from '#core/math.ts';
import { stretchesOf } from '#core/parallel/stretches.ts';
import { fixedPoint } from '#core/models/trees/fixed-point.ts';
import type { LossOfRows } from './loss.ts';

/** Cross-entropy in nats: one score and the sigmoid for two classes, else a score per class and the softmax. */
export const crossEntropy: LossOfRows = {
  targetOf: ({ target }) => target,

  /** Log odds, or log shares less their mean. */
  baseline(target, { outputs, weights }) {
    const sums = new Float64Array(outputs);
    let total = 0;
    for (let i = 0; i < target.length; i += 1) {
      const label = target[i] ?? 0;
      const weight = weights?.[i] ?? 1;
      total += weight;
      sums[label] = (sums[label] ?? 0) + weight;
    }
    const logs = sums.map((sum) => ln(Math.max(sum / total, Number.EPSILON)));
    if (outputs === 2) return Float64Array.of((logs[1] ?? 0) - (logs[0] ?? 0));
    const mean = logs.reduce((sum, one) => sum + one, 0) / outputs;
    return logs.map((one) => one - mean);
  },

  gradients({ memory, crew }, own) {
    const { rows, outputs, stride, scores, target, weights, largestWeight } = own;
    const probabilities = memory.take(stride * outputs);
    const unit = fixedPoint(rows, largestWeight, largestWeight / 4);
    const stretches = stretchesOf(rows, crew);
    return {
      prepare(meanwhile) {
        crew.run(
          stretches.map(({ from, count }): readonly TreeCall[] => {
            const [at, out] = [scores + from * 8, probabilities + from * 8];
            return outputs === 1
              ? [['sigmoid', at, count, out]]
              : [['softmax', at, outputs, stride, count, out]];
          }),
          meanwhile,
        );
      },
      write(output, out) {
        const ofOutput = probabilities + output * stride;
        const wanted = outputs === 1 ? 1 : output;
        crew.run(
          stretches.map(({ from, count }): readonly TreeCall[] => {
            const at = from * 8;
            const weighed = weights === 0 ? 0 : weights + at;
            const read = [ofOutput + at, target + at, wanted, weighed, count] as const;
            const scale = [unit.gradientScale, unit.hessianScale, unit.shift] as const;
            return [['packProbabilities', ...read, ...scale, out + from * 16]];
          }),
        );
        return unit;
      },
    };
  },

  rowLoss(label, scores) {
    if (scores.length === 1) {
      const margin = label === 1 ? (scores[0] ?? 0) : -(scores[0] ?? 0);
      return Math.max(0, -margin) + ln(1 + exp(-Math.abs(margin)));
    }
    const largest = Math.max(...scores);
    let sum = 0;
    for (const score of scores) sum += exp(score - largest);
    return largest + ln(sum) - (scores[label] ?? 0);
  },
};
