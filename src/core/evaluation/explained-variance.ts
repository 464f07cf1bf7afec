import { forComponents, type Metric, type ScoredComponents } from './metric.ts';

/** A share of the squares that is only rounding: rows that differ by no more are alike. */
const NO_VARIANCE = 1e-12;

/** 1 − Σ‖x − x̂‖² ÷ Σ‖x − x̄‖², x̄ the mean of the rows measured; scikit-learn's r2_score, variance_weighted. */
export const explainedVariance: Metric = {
  name: 'explained_variance',
  title: 'Explained variance',
  better: 'higher',
  bounds: [-Infinity, 1],
  help: 'Share of these rows’ variance that is still there when they are put together again from their components; more components explain more.',
  undefinedWhen: 'all these rows are alike',
  ...forComponents((scored) => {
    const variance = varianceOf(scored);
    const squares = Float64Array.from(scored.errors, (error) => error * error);
    return (counts) => {
      const whole = variance(counts);
      if (whole === 0) return null;
      let lost = 0;
      for (let i = 0; i < squares.length; i += 1) lost += (counts[i] ?? 0) * (squares[i] ?? 0);
      return 1 - lost / whole;
    };
  }),
};

/** Σ‖x − x̄‖² of rows by how often they count, x̄ being their mean; 0 where they are alike. */
function varianceOf({
  features: { rows, width, values },
}: ScoredComponents): (counts: Uint32Array) => number {
  const middle = new Float64Array(width);
  for (const [at, value] of values.entries()) {
    middle[at % width] = (middle[at % width] ?? 0) + value / rows;
  }
  const away = Float64Array.from(values, (value, at) => value - (middle[at % width] ?? 0));
  const squares = new Float64Array(rows);
  for (const [at, value] of away.entries()) {
    const row = Math.floor(at / width);
    squares[row] = (squares[row] ?? 0) + value * value;
  }
  const sums = new Float64Array(width);
  return (counts) => {
    sums.fill(0);
    let [weight, whole] = [0, 0];
    for (let i = 0; i < rows; i += 1) {
      const count = counts[i] ?? 0;
      if (count === 0) continue;
      weight += count;
      whole += count * (squares[i] ?? 0);
      const row = i * width;
      for (let j = 0; j < width; j += 1) {
        sums[j] = (sums[j] ?? 0) + count * (away[row + j] ?? 0);
      }
    }
    const shift = sums.reduce((sum, value) => sum + value * value, 0) / weight;
    return whole - shift > NO_VARIANCE * whole ? whole - shift : 0;
  };
}
