import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { NOT_STANDARDIZED } from '#core/models/log-link.ts';
import type { ForestFeatures } from './forest-features.ts';
import { SIDES, type Criterion, type FoundSplit, type NodeRows } from './criterion.ts';
import { fixedPoint, gradientAt, hessianAt, inUnits, type FixedPoint } from '../fixed-point.ts';

/**
 * Squared error, and the Gini impurity of two classes: with classes as 0 and 1 both are smallest where the squares of
 * the sides' sums, divided by their weights, are largest.
 */
export class SumCriterion implements Criterion {
  readonly valueWidth: number;
  readonly impurityUnit: number;
  readonly #machine: TreeMachine;
  readonly #features: ForestFeatures;
  readonly #leastRows: number;
  readonly #largest: number;
  readonly #target: Address;
  readonly #weights: Address;
  readonly #sums: Address;
  readonly #bins: Address;
  readonly #occupied: Address;
  readonly #out: Address;
  readonly #slots: Address[] = [];
  #unit: FixedPoint;

  constructor(
    machine: TreeMachine,
    features: ForestFeatures,
    { target, task, targetScale = NOT_STANDARDIZED }: TrainingData,
    leastRows: number,
  ) {
    const { memory } = machine;
    const room = Math.ceil(target.length / 2) * 16;
    this.#machine = machine;
    this.#features = features;
    this.#leastRows = leastRows;
    this.valueWidth = task === 'regression' ? 1 : 2;
    // The squares of both classes' shares differ by twice as much as those of one; values are in deviations.
    const { standardDeviation } = targetScale;
    this.impurityUnit = task === 'regression' ? standardDeviation * standardDeviation : 2;
    this.#largest = target.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    this.#unit = fixedPoint(target.length, 1, 1);
    this.#target = memory.take(room);
    memory.float64(this.#target, target.length).set(target);
    this.#weights = memory.take(room);
    this.#sums = memory.take(room * 2);
    this.#bins = memory.take(256 * 16);
    this.#occupied = memory.take(32);
    this.#out = memory.take(48);
  }

  begin(rows: Int32Array, weights: Float64Array): void {
    const { memory, kernels } = this.#machine;
    const all = weights.length;
    const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
    this.#unit = fixedPoint(all, this.#largest * heaviest, heaviest);
    const { gradientScale, hessianScale, shift } = this.#unit;
    // The same weights in both sums, so that a share of a class is never below 0 and no row weighs nothing.
    memory.float64(this.#weights, all).set(inUnits(weights, hessianScale));
    kernels.packGradients(
      ...([this.#target, 0, this.#weights, all] as const),
      ...([gradientScale, hessianScale, shift, this.#sums] as const),
    );
    const totals = this.#slot(0);
    kernels.sumBins(this.#sums, all, totals);
    // Rows that are not in the tree weigh nothing, but were counted.
    const words = memory.uint64(totals, 2);
    words[1] = (words[1] ?? 0n) - BigInt(all - rows.length);
  }

  reset(): void {
    const { memory } = this.#machine;
    memory.doubles[this.#out / 8] = -1;
    memory.words[this.#out / 4 + 6] = -1;
  }

  look({ rows, count, slot }: NodeRows, feature: number, draw: number): boolean {
    const { columnOf, missingOf, limitsOf } = this.#features;
    const isParted = this.#machine.kernels.findNodeSplit(
      ...([rows, count, columnOf(feature), missingOf(feature), this.#sums] as const),
      ...([this.#bins, this.#occupied, this.#slot(slot), this.#unit.shift] as const),
      ...([this.#leastRows, draw, limitsOf(feature), feature, this.#out] as const),
    );
    return isParted !== 0;
  }

  found(slot: number): FoundSplit | undefined {
    const { words, doubles } = this.#machine.memory;
    const at = this.#out / 4 + 6;
    const feature = words[at] ?? -1;
    if (feature < 0) return undefined;
    const [lastLeft, firstRight] = [words[at + 1] ?? 0, words[at + 2] ?? 0];
    const { gradientScale, hessianScale } = this.#unit;
    const score = doubles[this.#out / 8] ?? 0;
    const { gradient, hessian } = this.#read(slot);
    const own = (gradient * gradient) / hessian;
    const gain = (score * hessianScale) / gradientScale / gradientScale - own;
    return {
      ...{ feature, lastLeft, firstRight, gain: Math.max(0, gain) },
      missing: SIDES[words[at + 3] ?? 2] ?? 'none',
    };
  }

  divide(slot: number, left: number): void {
    const { memory, kernels } = this.#machine;
    const [right, ofLeft] = [this.#slot(slot), this.#slot(left)];
    kernels.subtractBins(right, this.#out + 8, 1);
    memory.words.copyWithin(ofLeft / 4, this.#out / 4 + 2, this.#out / 4 + 6);
  }

  weight(slot: number): number {
    return this.#read(slot).hessian;
  }

  leaf(slot: number): readonly number[] {
    const { gradient, hessian } = this.#read(slot);
    const mean = gradient / hessian;
    return this.valueWidth === 1 ? [mean] : [1 - mean, mean];
  }

  #read(slot: number) {
    const { words } = this.#machine.memory;
    const place = this.#slot(slot) / 4;
    return {
      gradient: gradientAt(words, place, this.#unit),
      hessian: hessianAt(words, place, this.#unit),
    };
  }

  #slot(slot: number): Address {
    return (this.#slots[slot] ??= this.#machine.memory.take(16));
  }
}
