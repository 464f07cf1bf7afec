import type { CallOf } from '#core/parallel/crew.ts';
import type { Address } from './kernel-memory.ts';
import { kernelModule, type KernelMachine } from './kernel-module.ts';
import { networksWasm } from './networks-wasm.ts';
import { sequenceModule, type SequenceKernels } from './sequence-kernels.ts';

/** The kernels of assembly/networks; what each does, and with which arguments, stands there. */
export interface NetworkKernels {
  readonly multiply: (
    a: Address,
    rowStep: number,
    columnStep: number,
    b: Address,
    bias: Address,
    c: Address,
    m: number,
    n: number,
    k: number,
    panel: Address,
  ) => void;
  readonly transpose: (from: Address, rows: number, columns: number, to: Address) => void;
  readonly sumRows: (values: Address, rows: number, width: number, sums: Address) => void;
  readonly gatherRows: (
    from: Address,
    order: Address,
    rows: number,
    bytes: number,
    to: Address,
  ) => void;
  readonly gatherWords: (from: Address, order: Address, count: number, to: Address) => void;
  readonly scatterRows: (
    from: Address,
    order: Address,
    rows: number,
    bytes: number,
    to: Address,
    most: number,
  ) => void;
  readonly relu: (values: Address, count: number) => void;
  readonly tanh: (values: Address, count: number) => void;
  readonly reluBack: (derivatives: Address, given: Address, count: number) => void;
  readonly tanhBack: (derivatives: Address, given: Address, count: number) => void;
  readonly softmax: (
    sums: Address,
    step: number,
    rows: number,
    classes: number,
    labels: Address,
    weights: Address,
  ) => number;
  readonly softmaxBack: (
    probabilities: Address,
    step: number,
    rows: number,
    classes: number,
    labels: Address,
    scale: number,
    smoothing: number,
    weights: Address,
  ) => void;
  readonly squaredLoss: (
    sums: Address,
    step: number,
    rows: number,
    targets: Address,
    scale: number,
    weights: Address,
  ) => number;
  readonly adam: (
    parameters: Address,
    gradients: Address,
    first: Address,
    second: Address,
    count: number,
    rate: number,
    penalty: number,
    firstTotal: number,
    secondTotal: number,
  ) => void;
  readonly sgd: (
    parameters: Address,
    gradients: Address,
    velocities: Address,
    count: number,
    rate: number,
    penalty: number,
    momentum: number,
    looksAhead: number,
  ) => void;
  readonly scale: (values: Address, count: number, factor: number) => void;
  readonly sumSquares: (values: Address, count: number) => number;
  readonly dropout: (
    from: Address,
    to: Address,
    rows: number,
    columns: number,
    step: number,
    key: number,
    limit: number,
    factor: number,
  ) => void;
  readonly columnMoments: (
    values: Address,
    rows: number,
    width: number,
    means: Address,
    variances: Address,
  ) => void;
  readonly normalize: (
    from: Address,
    rows: number,
    width: number,
    means: Address,
    factors: Address,
    to: Address,
  ) => void;
  readonly scaleColumns: (
    from: Address,
    rows: number,
    width: number,
    factors: Address,
    offsets: Address,
    to: Address,
  ) => void;
  readonly sumProducts: (
    a: Address,
    b: Address,
    rows: number,
    width: number,
    sums: Address,
  ) => void;
  readonly normalizeBack: (
    derivatives: Address,
    normalized: Address,
    rows: number,
    width: number,
    slopes: Address,
    means: Address,
    products: Address,
  ) => void;
  readonly copyRows: (
    from: Address,
    fromStep: number,
    rows: number,
    bytes: number,
    to: Address,
    toStep: number,
  ) => void;
  readonly takePatches: (
    image: Address,
    lineStep: number,
    pixelStep: number,
    stride: number,
    size: number,
    height: number,
    width: number,
    patches: Address,
    patchStep: number,
  ) => void;
  readonly addPatches: NetworkKernels['takePatches'];
  readonly add: (to: Address, from: Address, bytes: number) => void;
  readonly maxPool: (
    image: Address,
    lineStep: number,
    pixelStep: number,
    height: number,
    width: number,
    to: Address,
  ) => void;
  readonly maxPoolBack: (
    image: Address,
    lineStep: number,
    pixelStep: number,
    height: number,
    width: number,
    given: Address,
    derivatives: Address,
  ) => void;
  readonly gruStep: (
    gates: Address,
    sums: Address,
    bias: Address,
    before: Address,
    rows: number,
    units: number,
    kept: Address,
    after: Address,
  ) => void;
  readonly gruStepBack: (
    derivatives: Address,
    gates: Address,
    kept: Address,
    before: Address,
    rows: number,
    units: number,
    sums: Address,
  ) => void;
  readonly maxRows: (values: Address, rows: number, width: number, to: Address) => void;
  readonly maxRowsBack: (
    values: Address,
    rows: number,
    width: number,
    given: Address,
    derivatives: Address,
  ) => void;
  readonly attend: (
    values: Address,
    rows: number,
    places: number,
    width: number,
    query: Address,
    shares: Address,
    to: Address,
  ) => void;
  readonly attendBack: (
    values: Address,
    rows: number,
    places: number,
    width: number,
    query: Address,
    shares: Address,
    given: Address,
    slopes: Address,
    derivatives: Address,
    gradient: Address,
  ) => void;
}

/** The kernels of networks, and those of sequences in the same memory. */
export type AllKernels = NetworkKernels & SequenceKernels;
export type NetworkCall = CallOf<AllKernels>;
export type NetworkMachine = KernelMachine<AllKernels>;

/** A call by a kernel's own name and arguments, which TypeScript cannot know to belong together. */
export function networkCall(name: string, values: readonly number[]): NetworkCall {
  return [name, ...values] as unknown as NetworkCall;
}

export const startNetworkMachine = kernelModule<AllKernels>(networksWasm, sequenceModule);
