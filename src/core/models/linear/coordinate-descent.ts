import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Breather } from '#core/pause.ts';

/** Cells that a pass works through between two looks at the event loop. */
const CELLS_AT_ONCE = 1_000_000;

/**
 * Least squares with an L1 and an L2 penalty, one coefficient at a time (Friedman, Hastie and Tibshirani, 2010,
 * section 2): ½ Σ vᵢ(rᵢ)² + l1·Σ|wⱼ| + l2 ÷ 2·Σwⱼ², where r is what the centred features leave of the target.
 */
export class CoordinateDescent {
  readonly rows: number;
  readonly width: number;
  /** Weighted mean of each feature; features are centred as they are read. */
  readonly means: Float64Array;
  readonly coefficients: Float64Array;
  /** The target, less what the centred features say of it. */
  readonly residual: Float64Array;
  /** Feature after feature, so that a pass reads memory in order. */
  readonly #columns: Float32Array;
  readonly #rowWeights: Float64Array;
  /** Σ vᵢ(xᵢⱼ − mⱼ)² of each feature. */
  readonly #curvatures: Float64Array;

  /** @param columns what `columnsOf` gives, which several problems may share */
  constructor(
    columns: Float32Array,
    rowWeights: Float64Array,
    residual: Float64Array,
    coefficients: Float64Array,
  ) {
    this.rows = residual.length;
    this.width = coefficients.length;
    this.coefficients = coefficients;
    this.residual = residual;
    this.#columns = columns;
    this.#rowWeights = rowWeights;
    this.means = new Float64Array(this.width);
    this.#curvatures = new Float64Array(this.width);
    const total = rowWeights.reduce((sum, weight) => sum + weight, 0);
    for (let j = 0; j < this.width; j += 1) {
      this.means[j] = this.#sum(j, rowWeights, 0) / total;
      this.#curvatures[j] = this.#squares(j, this.means[j] ?? 0);
    }
  }

  /**
   * Moves every coefficient, or only those that are not 0, to its best place in turn.
   * @returns the largest change of a coefficient, in units of its feature's root mean square
   */
  async pass(l1: number, l2: number, onlyActive: boolean, breather: Breather): Promise<number> {
    let largest = 0;
    let cells = 0;
    for (let j = 0; j < this.width; j += 1) {
      const before = this.coefficients[j] ?? 0;
      const curvature = this.#curvatures[j] ?? 0;
      if (curvature === 0 || (onlyActive && before === 0)) continue;
      const pull = this.slope(j) + curvature * before;
      const after = softened(pull, l1) / (curvature + l2);
      if (after !== before) {
        this.coefficients[j] = after;
        this.#takeFromResidual(j, after - before);
        const change = Math.abs(after - before) * Math.sqrt(curvature / this.rows);
        largest = Math.max(largest, change);
      }
      cells += this.rows;
      if (cells >= CELLS_AT_ONCE) {
        cells = 0;
        await breather.breathe();
      }
    }
    return largest;
  }

  /** Σ vᵢ(xᵢⱼ − mⱼ)rᵢ: how much more of feature j the residual asks for. */
  slope(j: number): number {
    const at = j * this.rows;
    const mean = this.means[j] ?? 0;
    let sum = 0;
    for (let i = 0; i < this.rows; i += 1) {
      const weighted = (this.#rowWeights[i] ?? 0) * (this.residual[i] ?? 0);
      sum += ((this.#columns[at + i] ?? 0) - mean) * weighted;
    }
    return sum;
  }

  #takeFromResidual(j: number, share: number): void {
    const at = j * this.rows;
    const mean = this.means[j] ?? 0;
    for (let i = 0; i < this.rows; i += 1) {
      const x = (this.#columns[at + i] ?? 0) - mean;
      this.residual[i] = (this.residual[i] ?? 0) - share * x;
    }
  }

  #sum(j: number, factors: Float64Array, mean: number): number {
    const at = j * this.rows;
    let sum = 0;
    for (let i = 0; i < this.rows; i += 1) {
      sum += ((this.#columns[at + i] ?? 0) - mean) * (factors[i] ?? 0);
    }
    return sum;
  }

  #squares(j: number, mean: number): number {
    const at = j * this.rows;
    let sum = 0;
    for (let i = 0; i < this.rows; i += 1) {
      const x = (this.#columns[at + i] ?? 0) - mean;
      sum += x * x * (this.#rowWeights[i] ?? 0);
    }
    return sum;
  }
}

/** The matrix feature after feature. */
export function columnsOf({ rows, width, values }: FeatureMatrix): Float32Array {
  const columns = new Float32Array(values.length);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < width; j += 1) columns[j * rows + i] = values[i * width + j] ?? 0;
  }
  return columns;
}

function softened(value: number, by: number): number {
  return value > by ? value - by : value < -by ? value + by : 0;
}
