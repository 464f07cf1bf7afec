import { TreeReader } from '#core/models/trees/shown/tree-reader.ts';
import type { ShownTree } from '#core/models/trees/shown/shown-tree.ts';
import { treeText } from '#core/models/trees/shown/tree-text.ts';
import { readContract } from '#core/predict.ts';
import type { TerrariumDatabase } from './database.ts';
import { getModel } from './stored-model.ts';

/** A tree of a stored run's model; trees and nodes count from 0. */
export interface TreePlace {
  readonly runId: string;
  readonly candidate: string;
  readonly tree: number;
}

/** Reads the trees of stored models, and keeps those of the last one for the next branch. */
export class TreeLoader {
  #kept: { readonly sha256: string; readonly reader: TreeReader } | null = null;

  /** @throws TerrariumError as `getModel` does, or `no_trees` */
  async branch(
    db: TerrariumDatabase,
    { node, splits, ...of }: TreePlace & { readonly node: number; readonly splits: number },
  ): Promise<ShownTree> {
    const reader = await this.#load(db, of);
    return reader.branch({ tree: of.tree, node }, splits);
  }

  /** The whole tree as text. */
  async text(db: TerrariumDatabase, of: TreePlace): Promise<Blob> {
    const whole = await this.branch(db, { ...of, node: 0, splits: Infinity });
    return new Blob([treeText(whole)], { type: 'text/plain' });
  }

  async #load(db: TerrariumDatabase, { runId, candidate }: TreePlace): Promise<TreeReader> {
    const { sha256, blob } = await getModel(db, runId, candidate);
    if (this.#kept?.sha256 === sha256) return this.#kept.reader;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const reader = new TreeReader(bytes, readContract(bytes));
    this.#kept = { sha256, reader };
    return reader;
  }
}
