// A thread that the command line lends to a training. Plain JavaScript: TypeScript is loaded only where trees are grown
// whole, since that takes half a second.
import { parentPort } from 'node:worker_threads';
import { helpAtBoard } from '../core/parallel/help-at-board.mjs';

const say = (/** @type {unknown} */ answer) => parentPort?.postMessage(answer);

parentPort?.on('message', (/** @type {Order} */ order) => {
  // An error that nobody catches ends the thread, and the leader hears of it.
  if (order.kind === 'board') helpAtBoard(order, say);
  else void growTrees(order);
});

/**
 * @typedef {import('../core/parallel/help-at-board.mjs').BoardOrder} BoardOrder
 * @typedef {import('../core/models/trees/forest/grow-ordered.ts').ForestOrder} ForestOrder
 * @typedef {BoardOrder | ForestOrder} Order
 */

/** @param {ForestOrder} order */
async function growTrees(order) {
  const { register } = await import('tsx/esm/api');
  register();
  const { growOrdered } = await import('../core/models/trees/forest/grow-ordered.ts');
  await growOrdered(order, say);
}
