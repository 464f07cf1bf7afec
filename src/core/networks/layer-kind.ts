import type { WeightTensor } from '#core/models/weight-tensor.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { Layer, Shape } from './layer.ts';

/** A tensor that a layer has. */
export interface TensorPlan {
  /** For example `kernel`; in the network's weights it is followed by the layer's number. */
  readonly name: string;
  readonly shape: Shape;
  /** What it holds at first: numbers drawn evenly from −limit to limit, or one number. */
  readonly first: { readonly limit: number } | { readonly fill: number };
  /** Whether the optimizer changes it; any other the layer keeps by itself, for example running means. */
  readonly trained: boolean;
  /** Whether the penalty on weights counts it. */
  readonly penalized: boolean;
}

/**
 * Rows in the graph: [N, numbers of a row], or as ONNX has images, [N, channels, height, width], sequences, [N, channels,
 * length], and the places of a text, [N, places, numbers].
 */
export type GraphForm = 'rows' | 'images' | 'sequences' | 'places';

/** What there is to know of one kind of layer, whatever computes it. */
export interface LayerKind<Own extends Layer = Layer> {
  outputShape(layer: Own, input: Shape): Shape;
  tensors(layer: Own, input: Shape): readonly TensorPlan[];
  /** Numbers that any backend keeps of a row until the way back, beside what the layer gives; 0 where absent. */
  keeps?(layer: Own, input: Shape): number;
  /** How rows lie in the graph where it reads and gives them: as `rows` where absent, `any` where it does not matter. */
  readonly lies?: GraphForm | 'any';
  /** How what it gives lies, where that is another way. */
  readonly gives?: GraphForm;
  /**
   * Writes a trained layer into the graph.
   * @param input float32, lying as `lies` says
   * @returns float32, lying in the same way
   */
  emit(graph: GraphBuilder, input: TensorName, layer: Own, trained: TrainedLayer): TensorName;
}

export interface TrainedLayer {
  /** How its rows lie in the graph. */
  readonly form: GraphForm;
  readonly input: Shape;
  readonly tensor: (name: string) => WeightTensor<Float32Array>;
}
