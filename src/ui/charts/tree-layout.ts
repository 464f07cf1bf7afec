import { hierarchy, tree } from 'd3';
import { answerText, rowsText } from '#core/models/trees/shown/tree-text.ts';
import type { ShownNode, ShownTree } from '#core/models/trees/shown/shown-tree.ts';
import type { ChartTable } from './chart-table.ts';
import type { LegendEntry } from './legend.ts';

/** Of a node's box and of what is between boxes, in pixels. */
export const BOX = { width: 200, height: 76, across: 32, down: 10 } as const;
/** Classes with a colour of their own. */
const COLOURS = 6;

export interface PlacedNode {
  readonly node: ShownNode;
  /** How rows come here from the node before. */
  readonly condition: string;
  readonly x: number;
  readonly y: number;
  readonly state: 'leaf' | 'open' | 'closed';
  readonly answer: string;
  /** Rows, and how mixed their classes are. */
  readonly facts: string;
  readonly bars: readonly Bar[];
  /** From the node before, as a path; empty at the root. */
  readonly link: string;
}

/** A piece of the bar in a node's box: from and to as shares of its width. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
}

export interface TreeLayout {
  readonly nodes: readonly PlacedNode[];
  readonly width: number;
  readonly height: number;
}

interface Branch {
  readonly node: ShownNode;
  readonly condition: string;
  readonly children: readonly Branch[];
}

/** Places a tree from left to right, its first branches above. @param closed nodes whose branches are not drawn */
export function treeLayout(shown: ShownTree, closed: readonly number[]): TreeLayout {
  const root = hierarchy(branchOf(shown.root, 'all training rows', closed));
  const { width, height, across, down } = BOX;
  const placed = tree<Branch>()
    .nodeSize([height + down, width + across])
    .separation(() => 1)(root);
  const all = placed.descendants();
  const top = Math.min(...all.map(({ x }) => x));
  const nodes = all.map(({ data, x, y, parent }): PlacedNode => {
    const { node, condition, children } = data;
    const impurity =
      shown.impurity && node.impurity !== undefined
        ? ` · ${shown.impurity} ${node.impurity.toFixed(2)}`
        : '';
    return {
      ...{ node, condition, x: y, y: x - top },
      state: node.split === undefined ? 'leaf' : children.length > 0 ? 'open' : 'closed',
      answer: answerText(node, shown),
      facts: `${rowsText(node.rows)}${impurity}`,
      bars: barsOf(node, shown),
      link: parent === null ? '' : linkPath(parent.y, parent.x - top, y, x - top),
    };
  });
  return {
    nodes,
    width: Math.max(...nodes.map(({ x }) => x)) + width + 2,
    height: Math.max(...nodes.map(({ y }) => y)) + height + 2,
  };
}

/** The colours of classes; those past the sixth share grey. */
export function classLegend({ says, classes }: ShownTree): readonly LegendEntry[] {
  if (says !== 'shares') return [];
  const entries = classes.slice(0, COLOURS).map((name, k) => ({
    ...{ id: name, name, colour: classColour(k), mark: 'dot' as const },
  }));
  const rest = classes.length - entries.length;
  const others = { id: 'others', name: `${rest} more`, colour: classColour(COLOURS) };
  return rest === 0 ? entries : [...entries, { ...others, mark: 'dot' as const }];
}

/** The nodes that are drawn, one a row. */
export function treeTable(shown: ShownTree, { nodes }: TreeLayout): ChartTable {
  const titles = ['node', 'depth', 'condition', 'rows', shown.target];
  return {
    columns: titles.map((title, i) => ({ title, numeric: i < 2 || i === 3 })),
    rows: nodes.map(({ node, condition, answer }) => [
      ...[node.node, node.depth, condition, node.rows, answer],
    ]),
  };
}

function branchOf(node: ShownNode, condition: string, closed: readonly number[]): Branch {
  const { conditions, children } = node.split ?? {};
  if (conditions === undefined || children === undefined || closed.includes(node.node)) {
    return { node, condition, children: [] };
  }
  const [left, right] = children;
  return {
    ...{ node, condition },
    children: [branchOf(left, conditions.left, closed), branchOf(right, conditions.right, closed)],
  };
}

function barsOf({ says }: ShownNode, shown: ShownTree): readonly Bar[] {
  const [first = 0] = says;
  if (shown.says === 'shares') {
    let from = 0;
    return says.map((share, k) => {
      const to = Math.min(1, from + share);
      const bar = { from, to, colour: classColour(k) };
      from = to;
      return bar;
    });
  }
  const [least, most] = shown.range;
  if (shown.says === 'value') {
    const to = most > least ? (first - least) / (most - least) : 0;
    return [{ from: 0, to, colour: 'var(--accent)' }];
  }
  // What is added: above or below nothing, which a factor of 1 is.
  const zero = shown.says === 'factor' ? 1 : 0;
  const reach = Math.max(Math.abs(most - zero), Math.abs(least - zero)) || 1;
  const side = (first - zero) / reach / 2;
  const colour = side < 0 ? 'var(--series-2)' : 'var(--series-1)';
  return [{ from: 0.5 + Math.min(0, side), to: 0.5 + Math.max(0, side), colour }];
}

function classColour(k: number): string {
  return k < COLOURS ? `var(--series-${k + 1})` : 'var(--series-baseline)';
}

function linkPath(fromX: number, fromY: number, toX: number, toY: number): string {
  const [x, y] = [fromX + BOX.width, fromY + BOX.height / 2];
  const middle = (x + toX) / 2;
  const end = toY + BOX.height / 2;
  return `M${x},${y}C${middle},${y} ${middle},${end} ${toX},${end}`;
}
