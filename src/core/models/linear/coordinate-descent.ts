import type { Breather } from '#core/breather.ts';
import type { CentredColumns, Columns } from './centred-columns.ts';

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
  readonly #columns: CentredColumns;

  /** @param columns what `columnsOf` gives, which several problems may share */
  constructor(
    columns: Columns,
    rowWeights: Float64Array,
    residual: Float64Array,
    coefficients: Float64Array,
  ) {
    this.rows = residual.length;
    this.width = coefficients.length;
    this.coefficients = coefficients;
    this.residual = residual;
    this.#columns = columns.over(rowWeights, residual);
    this.means = this.#columns.means;
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
      const curvature = this.#columns.curvatures[j] ?? 0;
      if (curvature === 0 || (onlyActive && before === 0)) continue;
      const pull = this.slope(j) + curvature * before;
      const after = softened(pull, l1) / (curvature + l2);
      if (after !== before) {
        this.coefficients[j] = after;
        this.#columns.take(j, after - before);
        const change = Math.abs(after - before) * Math.sqrt(curvature / this.rows);
        largest = Math.max(largest, change);
      }
      cells += this.#columns.cellsOf(j);
      if (cells >= CELLS_AT_ONCE) {
        cells = 0;
        await breather.breathe();
      }
    }
    this.#columns.settle();
    return largest;
  }

  /** Σ vᵢ(xᵢⱼ − mⱼ)rᵢ: how much more of feature j the residual asks for. */
  slope(j: number): number {
    return this.#columns.slope(j);
  }
}

function softened(value: number, by: number): number {
  return value > by ? value - by : value < -by ? value + by : 0;
}
