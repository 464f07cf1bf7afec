/** What a page or a text shows of one tree: plain data, which a worker can send. */
export interface ShownTree {
  /** Trees of the model, and which of them this is, from 0. */
  readonly trees: number;
  readonly tree: number;
  /**
   * What its nodes say: shares of the classes; a value in the target's unit; what is added to the score of a class, or to the
   * value; or what the value is multiplied by.
   */
  readonly says: 'shares' | 'value' | 'score' | 'change' | 'factor';
  /** The target's name. */
  readonly target: string;
  /** In the order of shares; of a score that of the class which it speaks for. */
  readonly classes: readonly string[];
  readonly impurity?: 'gini' | 'entropy';
  /** The least and the largest number in a leaf; of shares 0 and 1. */
  readonly range: readonly [number, number];
  readonly leaves: number;
  readonly depth: number;
  readonly root: ShownNode;
}

export interface ShownNode {
  /** Its number in the tree; the root is 0. */
  readonly node: number;
  readonly depth: number;
  /** How much its training rows count: how many there are, where none has a weight. */
  readonly rows: number;
  /** Of a leaf what it says, of a split the mean of the leaves below, by their rows. */
  readonly says: readonly number[];
  readonly impurity?: number;
  /** Leaves below it. */
  readonly leaves: number;
  readonly split?: ShownSplit;
}

export interface ShownSplit {
  /** What holds for the rows on either side. */
  readonly conditions: { readonly left: string; readonly right: string };
  /** Where the branch is not cut off here. */
  readonly children?: readonly [left: ShownNode, right: ShownNode];
}
