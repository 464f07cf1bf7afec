/** A target without missing values: numbers, or classes numbered from 0. */
export type PowerTarget =
  | { readonly kind: 'values'; readonly values: Float64Array }
  | { readonly kind: 'classes'; readonly codes: Int32Array; readonly size: number };

/** Sums over a set of rows' targets; a class target counts as one indicator column per class. */
export interface TargetTally {
  readonly rows: number;
  add(row: number): void;
  remove(row: number): void;
  /** Squared length of the sum, over the rows: what the set's mean explains of the squares. */
  explained(): number;
}

export function targetTally(target: PowerTarget): TargetTally {
  return target.kind === 'values'
    ? new ValueTally(target.values)
    : new ClassTally(target.codes, target.size);
}

class ValueTally implements TargetTally {
  rows = 0;
  #sum = 0;
  readonly #values: Float64Array;

  constructor(values: Float64Array) {
    this.#values = values;
  }

  add(row: number): void {
    this.rows += 1;
    this.#sum += this.#values[row] ?? 0;
  }

  remove(row: number): void {
    this.rows -= 1;
    this.#sum -= this.#values[row] ?? 0;
  }

  explained(): number {
    return this.rows === 0 ? 0 : (this.#sum * this.#sum) / this.rows;
  }
}

class ClassTally implements TargetTally {
  rows = 0;
  #squares = 0;
  readonly #codes: Int32Array;
  readonly #counts: Float64Array;

  constructor(codes: Int32Array, size: number) {
    this.#codes = codes;
    this.#counts = new Float64Array(size);
  }

  add(row: number): void {
    const code = this.#codes[row] ?? 0;
    const count = this.#counts[code] ?? 0;
    this.rows += 1;
    this.#squares += 2 * count + 1;
    this.#counts[code] = count + 1;
  }

  remove(row: number): void {
    const code = this.#codes[row] ?? 0;
    const count = this.#counts[code] ?? 0;
    this.rows -= 1;
    this.#squares -= 2 * count - 1;
    this.#counts[code] = count - 1;
  }

  explained(): number {
    return this.rows === 0 ? 0 : this.#squares / this.rows;
  }
}
