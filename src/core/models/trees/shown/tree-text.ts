import { shortest } from './conditions.ts';
import type { ShownNode, ShownTree } from './shown-tree.ts';

type Saying = Pick<ShownTree, 'says' | 'classes' | 'range'>;

/** A tree as text, in the manner of scikit-learn's `export_text`: a line for each side of a split, and for each leaf. */
export function treeText(tree: ShownTree): string {
  return `${linesOf(tree.root, tree, '').join('\n')}\n`;
}

function linesOf(node: ShownNode, tree: Saying, indent: string): readonly string[] {
  const { split, leaves } = node;
  const line = (text: string): string => `${indent}|--- ${text}`;
  const answer = `${answerText(node, tree)} (${rowsText(node.rows)})`;
  if (split === undefined) return [line(answer)];
  if (split.children === undefined) return [line(`${answer}, ${leaves} leaves below`)];
  const [left, right] = split.children;
  const deeper = `${indent}|   `;
  return [
    line(split.conditions.left),
    ...linesOf(left, tree, deeper),
    line(split.conditions.right),
    ...linesOf(right, tree, deeper),
  ];
}

/** What a node says, for example `Adelie 98%`, `4051`, `+0.12 for Adelie` or `× 1.2`. */
export function answerText(
  { says }: Pick<ShownNode, 'says'>,
  { says: kind, classes, range }: Saying,
): string {
  const [first = 0] = says;
  // What is nearly nothing beside the others is nothing: a mean over leaves that cancel out.
  const least = 1e-6 * Math.max(...range.map(Math.abs));
  const text = shortest(first, Math.max(5e-4 * Math.abs(first), least));
  switch (kind) {
    case 'shares': {
      const likeliest = likeliestClass(says);
      return `${classes[likeliest] ?? ''} ${percent(says[likeliest] ?? 0)}`;
    }
    case 'value':
      return text;
    case 'factor':
      return `× ${text}`;
    case 'change':
      return signed(text);
    case 'score':
      return `${signed(text)} for ${classes[0] ?? ''}`;
  }
}

/** The first of the largest shares. */
function likeliestClass(shares: readonly number[]): number {
  return shares.reduce((best, share, k) => (share > (shares[best] ?? 0) ? k : best), 0);
}

/** `12 rows`, or what they weigh where that is no whole number. */
export function rowsText(rows: number): string {
  const text = Number.isInteger(rows) ? String(rows) : shortest(rows, 1e-3 * rows);
  return rows === 1 ? '1 row' : `${text} rows`;
}

/** To a tenth of a percent; only what is pure has 100%. */
function percent(share: number): string {
  if (share > 0.9995 && share < 1 - 1e-6) return '>99.9%';
  return `${Number((share * 100).toFixed(1))}%`;
}

function signed(text: string): string {
  if (text === '0') return text;
  return text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`;
}
