import { jobs } from '#app/jobs.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { ShownNode, ShownTree } from '#core/models/trees/shown/shown-tree.ts';

/** Splits that are shown at first, and more of a branch that is opened. */
const FIRST_SPLITS = 3;
const MORE_SPLITS = 2;

interface Place {
  readonly runId: string;
  readonly candidate: string;
  /** From 0. */
  readonly tree: number;
}

/** One tree of a run's model, as far as its branches were opened. */
export class TreeView {
  #place: Place | null = null;
  #tree: ShownTree | null = $state.raw(null);
  #closed: readonly number[] = $state.raw([]);
  #failure: FailureData | null = $state.raw(null);

  get tree(): ShownTree | null {
    return this.#tree;
  }
  get closed(): readonly number[] {
    return this.#closed;
  }
  get failure(): FailureData | null {
    return this.#failure;
  }

  /** Shows another tree; the one before stays until it is there. */
  async show(place: Place): Promise<void> {
    this.#place = place;
    await this.#read(place, 0, FIRST_SPLITS, (found) => {
      this.#tree = found;
      this.#closed = [];
    });
  }

  /** Opens a node's branches or closes them. */
  async toggle({ node, split }: ShownNode): Promise<void> {
    const isThere = split?.children !== undefined;
    if (isThere) {
      const others = this.#closed.filter((one) => one !== node);
      this.#closed = others.length < this.#closed.length ? others : [...others, node];
    } else if (this.#place !== null) {
      await this.#read(this.#place, node, MORE_SPLITS, ({ root }) => {
        if (this.#tree === null) return;
        this.#tree = { ...this.#tree, root: grafted(this.#tree.root, root) };
      });
    }
  }

  async #read(
    place: Place,
    node: number,
    splits: number,
    take: (found: ShownTree) => void,
  ): Promise<void> {
    try {
      const found = await jobs.readTree({ ...place, node, splits });
      if (place !== this.#place) return;
      take(found);
      this.#failure = null;
    } catch (thrown) {
      if (place === this.#place) this.#failure = toFailure(thrown);
    }
  }
}

/** The tree with a branch in the place of the node with its number. */
function grafted(root: ShownNode, branch: ShownNode): ShownNode {
  if (root.node === branch.node) return branch;
  const { split } = root;
  if (split?.children === undefined) return root;
  const [left, right] = split.children;
  const children = [grafted(left, branch), grafted(right, branch)] as const;
  return { ...root, split: { ...split, children } };
}
