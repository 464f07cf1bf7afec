import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { weightOfType, type EmittedModel } from '../estimator.ts';
import { treesOf } from './sum-trees.ts';

/**
 * Writes the trees as one TreeEnsembleRegressor: `baseline` plus the leaves' values, float32 [N, outputs]. Its
 * float32 thresholds part float32 features exactly as the trainer does; only the sum of the leaves is rounded to float32.
 */
export function emitTrees(
  graph: GraphBuilder,
  features: TensorName,
  { weights }: Pick<EmittedModel, 'weights'>,
  baseline = weightOfType(weights, 'baseline', Float64Array).values,
): TensorName {
  const trees = treesOf(weights);
  const { starts, feature, left, right, missingLeft, value, valueWidth } = trees;
  const nodes = Array.from(feature.keys());
  const treeOf = new Int32Array(nodes.length);
  for (const [t, start] of starts.entries()) treeOf.fill(t, start);
  const inTree = (node: number): number => node - (starts[treeOf[node] ?? 0] ?? 0);
  const isLeaf = (node: number): boolean => (feature[node] ?? -1) < 0;
  const child = (of: Int32Array) => nodes.map((node) => (isLeaf(node) ? 0 : inTree(of[node] ?? 0)));
  // A leaf of many outputs lists those that are not 0; the first is always there.
  const targets = nodes.filter(isLeaf).flatMap((node) =>
    Array.from({ length: valueWidth }, (_, k) => {
      const output = valueWidth === 1 ? (treeOf[node] ?? 0) % baseline.length : k;
      return { node, output, weight: value[node * valueWidth + k] ?? 0 };
    }).filter(({ weight }, k) => k === 0 || weight !== 0),
  );
  return graph.mlNode('TreeEnsembleRegressor', [features], {
    nodes_treeids: Array.from(treeOf),
    nodes_nodeids: nodes.map(inTree),
    nodes_featureids: nodes.map((node) => Math.max(0, feature[node] ?? 0)),
    nodes_modes: nodes.map((node) => (isLeaf(node) ? 'LEAF' : 'BRANCH_LEQ')),
    nodes_values: trees.threshold,
    nodes_truenodeids: child(left),
    nodes_falsenodeids: child(right),
    nodes_missing_value_tracks_true: Array.from(missingLeft),
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
