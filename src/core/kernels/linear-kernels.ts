import type { Address } from './kernel-memory.ts';
import { kernelModule, type KernelMachine } from './kernel-module.ts';
import { linearWasm } from './linear-wasm.ts';

/** The kernels of assembly/linear; what each does, and with which arguments, stands there. */
export interface LinearKernels {
  readonly scoreRows: (
    values: Address,
    width: number,
    rows: number,
    coefficients: Address,
    classes: number,
    scores: Address,
    stride: number,
  ) => void;
  readonly addRows: (
    values: Address,
    width: number,
    rows: number,
    factors: Address,
    classes: number,
    stride: number,
    gradient: Address,
  ) => void;
  readonly addMoments: (
    values: Address,
    width: number,
    rows: number,
    first: Address,
    sums: Address,
    squares: Address,
  ) => void;
  readonly scoreSparseRows: (
    starts: Address,
    places: Address,
    values: Address,
    width: number,
    rows: number,
    coefficients: Address,
    classes: number,
    scores: Address,
    stride: number,
  ) => void;
  readonly addSparseRows: (
    starts: Address,
    places: Address,
    values: Address,
    width: number,
    rows: number,
    factors: Address,
    classes: number,
    stride: number,
    gradient: Address,
  ) => void;
  readonly twoClassLoss: (
    scores: Address,
    target: Address,
    counts: Address,
    rows: number,
  ) => number;
  readonly manyClassLoss: (
    scores: Address,
    classes: number,
    stride: number,
    target: Address,
    counts: Address,
    rows: number,
  ) => number;
}

/** Numbers that a class's coefficients take in the kernels' memory: an even number, and the intercept twice. */
export function setLength(width: number): number {
  return width + (width % 2) + 2;
}

export type LinearMachine = KernelMachine<LinearKernels>;

export const startLinearMachine = kernelModule<LinearKernels>(linearWasm);
