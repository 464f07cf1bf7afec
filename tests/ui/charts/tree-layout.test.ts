import { describe, expect, it } from 'vitest';
import type { ShownNode, ShownTree } from '#core/models/trees/shown/shown-tree.ts';
import { BOX, classLegend, treeLayout, treeTable } from '#ui/charts/tree-layout.ts';

const leaf = (node: number, rows: number, says: readonly number[]): ShownNode => ({
  ...{ node, rows, says, depth: 2, leaves: 1 },
});
const right: ShownNode = {
  ...{ node: 2, rows: 20, says: [0.3, 0.7], depth: 1, leaves: 2 },
  split: {
    conditions: { left: 'island is not Dream', right: 'island is Dream' },
    children: [leaf(3, 6, [1, 0]), leaf(4, 14, [0, 1])],
  },
};
const tree: ShownTree = {
  ...{ trees: 1, tree: 0, says: 'shares', target: 'species', classes: ['Adelie', 'Gentoo'] },
  ...{ impurity: 'gini', range: [0, 1], leaves: 3, depth: 2 },
  root: {
    ...{ node: 0, rows: 30, says: [0.5, 0.5], depth: 0, impurity: 0.5, leaves: 3 },
    split: {
      conditions: { left: 'length ≤ 149', right: 'length > 149' },
      children: [leaf(1, 10, [0.9, 0.1]), right],
    },
  },
};

describe('a tree from left to right', () => {
  const { nodes, width, height } = treeLayout(tree, []);

  it('draws a box for each node, with the condition that leads to it', () => {
    expect(nodes.map(({ condition, answer, state }) => [condition, answer, state])).toEqual([
      ['all training rows', 'Adelie 50%', 'open'],
      ['length ≤ 149', 'Adelie 90%', 'leaf'],
      ['length > 149', 'Gentoo 70%', 'open'],
      ['island is not Dream', 'Adelie 100%', 'leaf'],
      ['island is Dream', 'Gentoo 100%', 'leaf'],
    ]);
    expect(nodes[0]?.facts).toBe('30 rows · gini 0.50');
  });

  it('boxes do not overlap, and fit into the drawing', () => {
    for (const [i, one] of nodes.entries()) {
      expect(one.x + BOX.width).toBeLessThanOrEqual(width);
      expect(one.y).toBeGreaterThanOrEqual(0);
      expect(one.y + BOX.height).toBeLessThanOrEqual(height);
      for (const other of nodes.slice(i + 1)) {
        const apart =
          Math.abs(one.x - other.x) >= BOX.width || Math.abs(one.y - other.y) >= BOX.height;
        expect(apart).toBe(true);
      }
    }
  });

  it('a closed branch is one box, and the table has what is drawn', () => {
    const closed = treeLayout(tree, [2]);
    expect(closed.nodes.map(({ node, state }) => [node.node, state])).toEqual([
      [0, 'open'],
      [1, 'leaf'],
      [2, 'closed'],
    ]);
    expect(treeTable(tree, closed).rows[2]).toEqual([2, 1, 'length > 149', 20, 'Gentoo 70%']);
  });

  it('bars are the shares of classes, or where a value lies', () => {
    expect(nodes[2]?.bars.map(({ from, to }) => [from, to])).toEqual([
      [0, 0.3],
      [0.3, 1],
    ]);
    expect(classLegend(tree).map(({ name }) => name)).toEqual(['Adelie', 'Gentoo']);
    const barsOf = (says: ShownTree['says'], range: readonly [number, number], value: number) => {
      const root = leaf(0, 5, [value]);
      const drawn = treeLayout({ ...tree, says, range, root }, []).nodes[0]?.bars[0];
      return [drawn?.from, drawn?.to];
    };
    expect(barsOf('value', [1000, 3000], 1500)).toEqual([0, 0.25]);
    expect(barsOf('change', [-10, 5], -5)).toEqual([0.25, 0.5]);
    expect(barsOf('factor', [0.5, 2], 2)).toEqual([0.5, 1]);
  });

  it('says how many classes have no colour of their own', () => {
    const classes = Array.from({ length: 9 }, (_, k) => `class ${k}`);
    expect(
      classLegend({ ...tree, classes })
        .map(({ name }) => name)
        .at(-1),
    ).toBe('3 more');
  });
});
