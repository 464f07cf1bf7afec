import { Breather } from '#core/breather.ts';
import { startForest, type ForestPlan } from './forest-growth.ts';
import type { GrownNodes } from '../tree-list.ts';

/** What a thread is sent that grows trees of a forest. */
export interface ForestOrder {
  readonly kind: 'forest';
  readonly plan: ForestPlan;
  /** The number of the next tree that nobody has, in memory that all threads share. */
  readonly next: Int32Array;
}

/** What it answers: that it has begun, and then each tree. */
export type ForestAnswer =
  | { readonly kind: 'started' }
  | { readonly kind: 'tree'; readonly tree: number; readonly nodes: GrownNodes };

/** Takes the next tree that nobody has, until there is none. @returns 0 where there is none */
export function takeTree({ plan, next }: Pick<ForestOrder, 'plan' | 'next'>): number {
  const tree = Atomics.add(next, 0, 1);
  return tree <= plan.kind.trees ? tree : 0;
}

/** Grows trees that nobody has until there are none left. @param say sends an answer */
export async function growOrdered(
  order: ForestOrder,
  say: (answer: ForestAnswer) => void,
): Promise<void> {
  say({ kind: 'started' });
  const growth = await startForest(order.plan);
  // A thread that never looks up would grow trees for some seconds after it was ended.
  const breather = new Breather();
  for (let tree = takeTree(order); tree > 0; tree = takeTree(order)) {
    say({ kind: 'tree', tree, nodes: growth.grow(tree) });
    await breather.breathe();
  }
}
