import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { EmittedModel } from '../estimator.ts';
import { weightOf, weightOfType } from '../weight-tensor.ts';
import { graphNodes } from './graph-nodes.ts';
import { treesOf } from './sum-trees.ts';

/**
 * Writes the trees as one TreeEnsembleRegressor: `baseline` plus the leaves' values, float32 [N, outputs]. Its
 * float32 thresholds part float32 features exactly as the trainer does; only the sum of the leaves is rounded to float32.
 * Hit rates are how much each node's training rows count; runtimes ignore them, pictures of the trees do not.
 */
export function emitTrees(
  graph: GraphBuilder,
  features: TensorName,
  { weights }: Pick<EmittedModel, 'weights'>,
  baseline = weightOfType(weights, 'baseline', Float64Array).values,
): TensorName {
  const trees = treesOf(weights);
  const { starts, feature, value, valueWidth } = trees;
  const nodes = Array.from(feature.keys());
  const treeOf = new Int32Array(nodes.length);
  for (const [t, start] of starts.entries()) treeOf.fill(t, start);
  const inTree = (node: number): number => node - (starts[treeOf[node] ?? 0] ?? 0);
  const isLeaf = (node: number): boolean => (feature[node] ?? -1) < 0;
  const listed = graphNodes(trees, weightOf(weights, 'rows').values);
  // A leaf of many outputs lists those that are not 0; the first is always there.
  const targets = nodes.filter(isLeaf).flatMap((node) =>
    Array.from({ length: valueWidth }, (_, k) => {
      const output = valueWidth === 1 ? (treeOf[node] ?? 0) % baseline.length : k;
      return { node, output, weight: value[node * valueWidth + k] ?? 0 };
    }).filter(({ weight }, k) => k === 0 || weight !== 0),
  );
  return graph.mlNode('TreeEnsembleRegressor', [features], {
    nodes_treeids: listed.tree,
    nodes_nodeids: listed.id,
    nodes_featureids: listed.feature,
    nodes_modes: listed.mode,
    nodes_values: Float32Array.from(listed.value),
    nodes_truenodeids: listed.yes,
    nodes_falsenodeids: listed.no,
    nodes_missing_value_tracks_true: listed.missingIsYes,
    nodes_hitrates: Float32Array.from(listed.rows),
    target_treeids: targets.map(({ node }) => treeOf[node] ?? 0),
    target_nodeids: targets.map(({ node }) => inTree(node)),
    target_ids: targets.map(({ output }) => output),
    target_weights: Float32Array.from(targets, ({ weight }) => weight),
    n_targets: baseline.length,
    base_values: Float32Array.from(baseline),
    aggregate_function: 'SUM',
    post_transform: 'NONE',
  });
}
