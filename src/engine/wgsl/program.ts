import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { NetworkTensors } from '#engine/networks/network.ts';
import type { Gpu } from './gpu.ts';
import type { StoredTensor } from './stored-tensors.ts';
import type { Dispatch } from './submits.ts';

/** One way to train a network by shaders. All places and lengths count vectors of four float32. */
export interface Program {
  readonly network: NetworkPlan;
  /** Trained tensors, which stand in `weights`, and those that layers keep by themselves, which stand in `kept`. */
  readonly trained: readonly StoredTensor[];
  readonly kept: readonly StoredTensor[];
  /** Names of all tensors, in the order of the network's weights. */
  readonly names: readonly string[];
  /** Of all trained tensors. */
  readonly trainedLength: number;
  /** What four rows take on their way through the network and back; a vector is one number of each row. */
  readonly quadLength: number;
  readonly lengths: {
    readonly weights: number;
    readonly kept: number;
    readonly gradients: number;
    /** Sums of squares, a float32 for each workgroup. */
    readonly squares: number;
  };
  /** What the shaders know of the layers. */
  readonly table: Uint32Array<ArrayBuffer>;
  /** All that stands in `weights`. */
  pack(weights: NetworkTensors): Float32Array<ArrayBuffer>;
  /** @throws TerrariumError where the device refuses a shader */
  compile(gpu: Gpu, buffers: NetworkBuffers): Promise<Passes>;
}

/** What a network in training keeps on the GPU. */
export interface NetworkBuffers {
  /**
   * float32 [rows, features], the training rows and behind them the validation rows. Where training rows are changed by
   * chance, the changed ones of the present turn stand at the beginning.
   */
  readonly features: GPUBuffer;
  /** float32 [rows]: classes, or values; [rows, outputs] shares of the classes where rows are mixed. */
  readonly targets: GPUBuffer;
  /** float32 [rows]: what each counts in training. */
  readonly counts: GPUBuffer;
  /** uint32: the training rows in the epoch's order, and behind them the validation rows in theirs. */
  readonly order: GPUBuffer;
  /** The trained tensors. */
  readonly weights: GPUBuffer;
  /** What layers keep by themselves. */
  readonly kept: GPUBuffer;
  /** What the optimizer remembers. */
  readonly moments: GPUBuffer;
  /** Derivatives by the weights, where they are not used at once. */
  readonly gradients: GPUBuffer;
  /** Where gradients are cut to a length, the sum of squares of each workgroup's. */
  readonly squares: GPUBuffer;
  /** What the rows are on their way through the network and back, a quad of rows behind the other. */
  readonly values: GPUBuffer;
  /**
   * float32, for each quad: how many of its rows' classes are found, of the validation rows; the sum of its rows' losses, of
   * the validation rows; and the same of batches.
   */
  readonly losses: GPUBuffer;
  /** What the shaders know of the layers. */
  readonly layers: GPUBuffer;
  /** The steps of a submit. */
  readonly steps: GPUBuffer;
  /** What passes took. */
  readonly times: GPUBuffer;
}

/** What is dispatched for each step of training, one behind the other, and for losses alone. */
export interface Passes {
  readonly training: readonly Dispatch[];
  readonly measuring: readonly Dispatch[];
}
