import type { Trainer } from '#core/models/estimator.ts';
import type { RateFinder } from '#core/networks/rate-finder.ts';
import type { Threads } from '#core/parallel/threads.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

export interface BackendInfo {
  readonly name: BackendName;
  /** The GPU adapter's name, or null. */
  readonly adapter: string | null;
  /** Why this one: set by hand, or the probe's milliseconds. */
  readonly reason: string;
}

/** A column of raw records for the graph, row-major: [N, …sizes], or where these are not said [N, values each]. */
export type GraphInput = { readonly sizes?: readonly number[] } & (
  | { readonly dtype: 'string'; readonly values: readonly string[] }
  | { readonly dtype: 'float32'; readonly values: Float32Array }
  | { readonly dtype: 'float64'; readonly values: Float64Array }
);

export type GraphOutput = readonly string[] | Float32Array | Float64Array;

/** A loaded ONNX model. */
export interface ModelSession {
  /** Puts so many rows through it: the outputs by name. */
  run(
    inputs: Readonly<Record<string, GraphInput>>,
    rows: number,
  ): Promise<Readonly<Record<string, GraphOutput>>>;
  release(): Promise<void>;
}

/**
 * What a driver injects into `runExperiment`: the trainers that need a tensor engine, and onnxruntime.
 * The tab, the command line and a cluster worker differ in this alone.
 */
export interface Engine {
  readonly backend: BackendInfo;
  /** Trainers by estimator name. */
  readonly trainers: Readonly<Record<string, Trainer>>;
  /** What finds learning rates of networks, by estimator name. */
  readonly rateFinders: Readonly<Record<string, RateFinder>>;
  /** The threads that a training may use. */
  readonly threads: Threads;
  /** Library versions for the run's environment. */
  readonly versions: Readonly<Record<string, string>>;
  /** For example `Node 20.20.2 on linux x64`. */
  readonly runtime: string;
  openModel(bytes: Uint8Array): Promise<ModelSession>;
}
