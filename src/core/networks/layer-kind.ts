import type { WeightTensor } from '#core/models/estimator.ts';
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

/** What there is to know of one kind of layer, whatever computes it. */
export interface LayerKind<Own extends Layer = Layer> {
  outputShape(layer: Own, input: Shape): Shape;
  tensors(layer: Own, input: Shape): readonly TensorPlan[];
  /**
   * Writes a trained layer into the graph.
   * @param input float32 [N, numbers of a row]
   * @param tensors by the names of `tensors`
   * @returns float32 [N, numbers of a row of the output's shape]
   */
  emit(graph: GraphBuilder, input: TensorName, layer: Own, trained: TrainedLayer): TensorName;
}

export interface TrainedLayer {
  readonly input: Shape;
  readonly tensor: (name: string) => WeightTensor<Float32Array>;
}
