import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import { ln } from '#core/math.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { SIDES, type Criterion, type FoundSplit, type NodeRows } from './criterion.ts';
import { exactScale, inUnits } from '../fixed-point.ts';
import type { ForestFeatures } from './forest-features.ts';

/** The Gini impurity or the entropy of any number of classes. Sums are the weight of each class, and then the number of rows. */
export class ClassCriterion implements Criterion {
  readonly valueWidth: number;
  readonly impurityUnit: number;
  readonly #machine: TreeMachine;
  readonly #features: ForestFeatures;
  readonly #leastRows: number;
  readonly #isEntropy: boolean;
  readonly #target: Address;
  readonly #weights: Address;
  readonly #bins: Address;
  readonly #scratch: Address;
  readonly #out: Address;
  readonly #slots: Address[] = [];

  constructor(
    machine: TreeMachine,
    features: ForestFeatures,
    { target, outputs }: TrainingData,
    leastRows: number,
    isEntropy: boolean,
  ) {
    const { memory } = machine;
    this.#machine = machine;
    this.#features = features;
    this.#leastRows = leastRows;
    this.#isEntropy = isEntropy;
    this.valueWidth = outputs;
    // scikit-learn's entropy is in bits.
    this.impurityUnit = isEntropy ? 1 / Math.LN2 : 1;
    this.#target = memory.take(target.length * 8);
    memory.float64(this.#target, target.length).set(target);
    this.#weights = memory.take(target.length * 8);
    this.#bins = memory.take(256 * this.#size);
    this.#scratch = memory.take(3 * this.#size);
    this.#out = memory.take(24 + this.#size);
  }

  /** Bytes of a bin. */
  get #size(): number {
    return (this.valueWidth + 1) * 8;
  }

  begin(rows: Int32Array, weights: Float64Array): void {
    const { memory } = this.#machine;
    const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
    // What is left of a class that has no rows any more is then nothing at all.
    const exact = inUnits(weights, exactScale(weights.length, heaviest));
    memory.float64(this.#weights, weights.length).set(exact);
    const target = memory.float64(this.#target, weights.length);
    const totals = this.#sums(this.#slot(0)).fill(0);
    for (const row of rows) {
      const k = target[row] ?? 0;
      totals[k] = (totals[k] ?? 0) + (exact[row] ?? 0);
    }
    totals[this.valueWidth] = rows.length;
  }

  reset(): void {
    const { memory } = this.#machine;
    memory.float64(this.#out, 1)[0] = -Infinity;
    memory.int32(this.#out + 8, 1)[0] = -1;
  }

  look({ rows, count, slot }: NodeRows, feature: number, draw: number): boolean {
    const { columnOf, missingOf, limitsOf } = this.#features;
    const isParted = this.#machine.kernels.findClassSplit(
      ...([rows, count, columnOf(feature), missingOf(feature), this.#target] as const),
      ...([this.#weights, this.valueWidth, this.#bins, this.#slot(slot)] as const),
      ...([this.#leastRows, this.#isEntropy, draw, limitsOf(feature), feature] as const),
      ...([this.#out, this.#scratch] as const),
    );
    return isParted !== 0;
  }

  found(slot: number): FoundSplit | undefined {
    const { memory } = this.#machine;
    const [feature = -1, lastLeft = 0, firstRight = 0, missing = 0] = memory.int32(
      this.#out + 8,
      4,
    );
    if (feature < 0) return undefined;
    const own = this.#purity(this.#classWeights(slot));
    const gain = Math.max(0, (memory.float64(this.#out, 1)[0] ?? 0) - own);
    return {
      ...{ feature, lastLeft, firstRight, gain },
      missing: SIDES[missing] ?? 'none',
    };
  }

  /** As the kernel has it: the weight less its Gini impurity, or minus its entropy. */
  #purity(weights: Float64Array): number {
    const sum = weights.reduce((all, weight) => all + weight, 0);
    const term = this.#isEntropy
      ? (weight: number): number => (weight > 0 ? weight * ln(weight / sum) : 0)
      : (weight: number): number => (weight * weight) / sum;
    return weights.reduce((all, weight) => all + term(weight), 0);
  }

  divide(slot: number, left: number): void {
    // Both have their room before either is looked at: taking room detaches views.
    const [rightAt, leftAt] = [this.#slot(slot), this.#slot(left)];
    const [right, ofLeft] = [this.#sums(rightAt), this.#sums(leftAt)];
    ofLeft.set(this.#sums(this.#out + 24));
    for (const [k, sum] of ofLeft.entries()) right[k] = (right[k] ?? 0) - sum;
  }

  weight(slot: number): number {
    return this.#classWeights(slot).reduce((all, weight) => all + weight, 0);
  }

  leaf(slot: number): readonly number[] {
    const sum = this.weight(slot);
    return Array.from(this.#classWeights(slot), (weight) => weight / sum);
  }

  #sums(at: Address): Float64Array {
    return this.#machine.memory.float64(at, this.valueWidth + 1);
  }

  /** Never below 0, which differences of sums may be by rounding. */
  #classWeights(slot: number): Float64Array {
    return this.#sums(this.#slot(slot))
      .slice(0, this.valueWidth)
      .map((weight) => Math.max(0, weight));
  }

  #slot(slot: number): Address {
    return (this.#slots[slot] ??= this.#machine.memory.take(this.#size));
  }
}
