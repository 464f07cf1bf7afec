import { beforeAll, describe, expect, it } from 'vitest';
import { estimatorNamed } from '#core/models/registry.ts';
import { LARGEST_FLOAT } from '#core/models/trees/bin-edges.ts';
import { ModelTrees, type TreeNode } from '#core/models/trees/shown/model-trees.ts';
import { impurityOf } from '#core/models/trees/shown/tree-reader.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';
import { readTreeAttributes } from '#core/onnx/read-trees.ts';
import { choiceOf } from '#core/spec/parameters.ts';
import { trainToEnd } from '../support/training-data.ts';
import { decisionTreeCases, type TreeCase } from './tree-cases.ts';
import { parametersOf, treeReference } from './tree-reference.ts';

/** A node of scikit-learn's `tree_`; in a leaf the feature is below 0. */
interface Reference {
  readonly feature: number;
  /** None where a split parts missing values from numbers. */
  readonly threshold: number | null;
  readonly rows: number;
  readonly says: readonly number[];
  readonly impurity: number;
}

describe('a tree read from its graph is scikit-learn’s', () => {
  let reference: readonly { readonly nodes: readonly Reference[] }[] = [];
  beforeAll(async () => {
    reference = await treeReference(decisionTreeCases);
  });

  it.each(decisionTreeCases.map((one, i) => [one.name, one, i] as const))(
    '%s',
    async (_, one, i) => {
      const nodes = await nodesOf(one);
      const wanted = reference[i]?.nodes ?? [];
      expect(nodes).toHaveLength(wanted.length);
      const isShares = one.train.task === 'classification';
      const kind = choiceOf(parametersOf(one), 'criterion') === 'entropy' ? 'entropy' : 'gini';
      for (const [at, { split, rows, says }] of nodes.entries()) {
        const own = wanted[at];
        expect(split?.feature ?? -2).toBe(own?.feature);
        if (split !== undefined) {
          expect(split.threshold).toBeCloseTo(own?.threshold ?? LARGEST_FLOAT, 5);
        }
        expect(rows / (own?.rows ?? NaN)).toBeCloseTo(1, 6);
        for (const [k, number] of says.entries()) {
          const wished = own?.says[k] ?? NaN;
          expect(Math.abs(number - wished)).toBeLessThanOrEqual(
            1e-6 * Math.max(1, Math.abs(wished)),
          );
        }
        if (isShares) expect(impurityOf([...says], kind)).toBeCloseTo(own?.impurity ?? NaN, 4);
      }
    },
  );
});

/** The nodes in the order of scikit-learn's: a node, all below its left child, all below its right one. */
async function nodesOf(one: TreeCase): Promise<readonly TreeNode[]> {
  const estimator = estimatorNamed(one.model);
  if (estimator.train === undefined) throw new Error(`${one.model} has no trainer`);
  const parameters = parametersOf(one);
  const { model } = await trainToEnd(estimator.train, one.train, parameters);
  const { task, outputs, features } = one.train;
  const { width } = features;
  const graph = new GraphBuilder(['features', 'answers']);
  const input = graph.input('features', 'float32', width);
  const { weights } = model;
  graph.output(
    'answers',
    'float32',
    estimator.emit(graph, input, { task, outputs, width, parameters, weights }),
    outputs,
  );
  const bytes = graph.finish({
    graphName: 'tree',
    producerVersion: '0',
    docString: one.name,
    metadata: {},
  });
  const attributes = readTreeAttributes(bytes);
  if (attributes === undefined) throw new Error('the graph has no trees');
  return [...new ModelTrees(attributes, outputs).tree(0).values()];
}
