import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { PlacedLayer, PlacedTensor } from '#core/networks/place-layers.ts';
import type { Scratch } from './scratch.ts';
import type { Layout, Signal } from './signal.ts';
import type { StoredTensor } from './stored-tensor.ts';
import type { Team } from './team.ts';

/** What is known of a pass of rows through the network. */
export interface Pass {
  readonly rows: number;
  /** Training, in the step of this number; null where the network only answers. */
  readonly step: number | null;
}

/** A layer at work. It never reads again what it gave: the next one may work in its place. */
export interface KernelLayer {
  readonly output: Signal;
  /** Makes the output of the input. */
  forward(pass: Pass): void;
  /**
   * From the derivatives by its output: those by its tensors, and by its input where somebody asks. Rows that fill up a
   * block have derivatives of 0.
   */
  back(pass: Pass): void;
}

/** What a layer is built from. */
export interface KernelSite {
  readonly machine: NetworkMachine;
  readonly placed: PlacedLayer;
  readonly input: Signal;
  /** Rows that go through at once, at most. */
  readonly rows: number;
  /** Whether there is a way back. */
  readonly trains: boolean;
  /** What the training draws its random numbers from; 0 where there is none. */
  readonly seed: number;
  readonly tensor: (role: string) => TensorPlace;
  /** Room that all layers use in turn, within a call. */
  readonly scratch: Scratch;
  /** For what is done row by row, each by its own calls. */
  readonly team: Team;
}

export interface TensorPlace {
  readonly at: Address;
  /** Where the derivatives by it go; they lie as it does. */
  readonly gradient: Address;
}

/** How the kernels do one kind of layer. */
export interface KernelLayerKind<Own extends Layer = Layer> {
  outputLayout(layer: Own, input: Layout): Layout;
  /** Numbers of a row that it keeps for itself, beside what it gives; none where absent. */
  keeps?(layer: Own, input: Layout): number;
  /** How a tensor of the layer lies in memory. */
  store(plan: PlacedTensor, input: Layout): StoredTensor;
  build(layer: Own, site: KernelSite): KernelLayer;
}
