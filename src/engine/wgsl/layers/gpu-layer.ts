import type { Layer, Shape } from '#core/networks/layer.ts';
import type { PlacedLayer } from '#core/networks/place-layers.ts';

/** What goes from one layer to the next. Places count vectors from the beginning of a quad's values. */
export interface Signal {
  readonly shape: Shape;
  /** Numbers from one place's channels to the next one's: as many as there are, or filled up to fours with zeros. */
  readonly channelStep: number;
  readonly at: number;
  /** The loss's derivatives by it, which lie as it does; null where nobody asks for them, and then channels may be any number. */
  readonly derivatives: number | null;
}

/** A shader's entry point with the workgroups that it takes for so many quads of rows. */
export interface Work {
  readonly code: string;
  readonly entry: string;
  readonly workgroups: (quads: number) => readonly [x: number, y?: number, z?: number];
}

/** A layer in its place on the GPU, and what it dispatches. */
export interface PlannedLayer {
  readonly output: Signal;
  /** Makes the output of the input, in training. */
  readonly forward: readonly Work[];
  /** The same where the network only answers. */
  readonly answer: readonly Work[];
  /** From the derivatives by the output to those by its tensors, and by its input where somebody asks. */
  readonly back: readonly Work[];
}

/** How a tensor of a layer is to stand on the GPU. */
export interface TensorRoom {
  readonly role: string;
  /** Rows of a group that are the tensor's, and rows from one group to the next. */
  readonly rows: number;
  readonly rowStep: number;
  /** All rows, those that fill up too. */
  readonly height: number;
}

/** Tensors that stand one behind the other from a place on. */
export interface StoredGroup {
  readonly at: number;
  /**
   * Where derivatives by them go, in the same order: a part of the sum over the batch behind the other, each as long as
   * the group, to be added up in their order.
   */
  readonly gradients: number;
  readonly length: number;
}

/** What a layer is planned from. */
export interface LayerSite {
  readonly placed: PlacedLayer;
  readonly input: Signal;
  /** Quads of a step, at most. */
  readonly quads: number;
  /** What the training draws its random numbers from. */
  readonly seed: number;
  /** Room for so many numbers of each row; gives where it begins. */
  readonly take: (numbers: number) => number;
  /** Room for trained tensors whose derivatives are gathered in so many parts. */
  readonly store: (tensors: readonly TensorRoom[], parts: number) => StoredGroup;
  /** Room in `kept` for a tensor that the layer keeps by itself; or, without a role, for so many numbers of its own. */
  readonly keep: (role: string | null, numbers: number) => number;
}

/** How the GPU does one kind of layer. */
export interface GpuLayerKind<Own extends Layer = Layer> {
  plan(layer: Own, site: LayerSite): PlannedLayer;
}
