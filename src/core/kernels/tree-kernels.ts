import type { CallOf } from '#core/parallel/crew.ts';
import type { Address } from './kernel-memory.ts';
import { kernelModule, type KernelMachine } from './kernel-module.ts';
import { treesWasm } from './trees-wasm.ts';

/** The kernels of assembly/trees; what each does, and with which arguments, stands there. */
export interface TreeKernels {
  readonly binValues: (
    values: Address,
    count: number,
    edges: Address,
    missing: number,
    out: Address,
  ) => void;
  readonly writeRecords: (
    quads: Address,
    pitch: number,
    groups: number,
    rows: number,
    records: Address,
    width: number,
  ) => void;
  readonly sortValues: (
    values: Address,
    count: number,
    out: Address,
    scratch: Address,
    counters: Address,
  ) => number;
  readonly sigmoid: (scores: Address, rows: number, out: Address) => void;
  readonly softmax: (
    scores: Address,
    classes: number,
    stride: number,
    rows: number,
    out: Address,
  ) => void;
  readonly packProbabilities: (
    probabilities: Address,
    target: Address,
    ofClass: number,
    weights: Address,
    rows: number,
    gradientScale: number,
    hessianScale: number,
    shift: number,
    out: Address,
  ) => void;
  readonly packGradients: (
    gradients: Address,
    hessians: Address,
    weights: Address,
    rows: number,
    gradientScale: number,
    hessianScale: number,
    shift: number,
    out: Address,
  ) => void;
  readonly addAllRows: (
    count: number,
    quads: Address,
    pitch: number,
    sums: Address,
    table: Address,
    from: number,
    to: number,
    histogram: Address,
  ) => void;
  readonly addRows: (
    rows: Address,
    count: number,
    records: Address,
    width: number,
    sums: Address,
    table: Address,
    from: number,
    to: number,
    histogram: Address,
    desk: Address,
  ) => void;
  readonly clearBins: (bins: Address, count: number) => void;
  readonly addBins: (to: Address, added: Address, bins: number) => void;
  readonly subtractBins: (from: Address, taken: Address, bins: number) => void;
  readonly sumBins: (bins: Address, count: number, out: Address) => void;
  readonly partitionRows: (
    rows: Address,
    count: number,
    bins: Address,
    goesLeft: Address,
    scratch: Address,
  ) => number;
  readonly placeRows: (
    rows: Address,
    count: number,
    isBackward: boolean,
    bins: Address,
    goesLeft: Address,
    left: Address,
    right: Address,
  ) => void;
  readonly addToScores: (
    leaves: Address,
    count: number,
    first: number,
    end: number,
    scores: Address,
  ) => void;
  readonly findSplit: (
    bins: Address,
    table: Address,
    from: number,
    to: number,
    totals: Address,
    shift: number,
    gradientUnit: number,
    hessianUnit: number,
    l2: number,
    leastRows: number,
    isBounded: boolean,
    lower: number,
    upper: number,
    out: Address,
  ) => void;
  readonly findNodeSplit: (
    rows: Address,
    count: number,
    column: Address,
    missing: number,
    sums: Address,
    bins: Address,
    occupied: Address,
    totals: Address,
    shift: number,
    leastRows: number,
    draw: number,
    limits: Address,
    feature: number,
    out: Address,
  ) => number;
  readonly findClassSplit: (
    rows: Address,
    count: number,
    column: Address,
    missing: number,
    classOf: Address,
    weights: Address,
    classes: number,
    bins: Address,
    totals: Address,
    leastRows: number,
    isEntropy: boolean,
    draw: number,
    limits: Address,
    feature: number,
    out: Address,
    scratch: Address,
  ) => number;
}

export type TreeMachine = KernelMachine<TreeKernels>;
export type TreeCall = CallOf<TreeKernels>;

export const startTreeMachine = kernelModule<TreeKernels>(treesWasm);
