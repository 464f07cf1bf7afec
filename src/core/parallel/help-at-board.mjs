// What another thread does at a board. Plain JavaScript, as the board itself is.

import { TaskBoard } from './task-board.mjs';

/**
 * What a thread is sent that takes from a board.
 *
 * @typedef {object} BoardOrder
 * @property {'board'} kind
 * @property {WebAssembly.Module} module
 * @property {readonly WebAssembly.Module[]} [others] whose kernels may be called too
 * @property {WebAssembly.Memory} memory
 * @property {number} board where it stands in the memory, in bytes
 * @property {number} share from 0 to 1: where among a round's parts the thread begins to take
 */

/**
 * Takes parts from the board that an order names, until it is closed: the thread hears nothing else meanwhile.
 *
 * @param {BoardOrder} order
 * @param {(answer: { kind: 'started' | 'rested' }) => void} say sends an answer
 */
export function helpAtBoard({ module, others = [], memory, board, share }, say) {
  say({ kind: 'started' });
  /** @type {WebAssembly.Exports} */
  const exports = {};
  for (const one of [module, ...others]) {
    Object.assign(exports, new WebAssembly.Instance(one, { env: { memory } }).exports);
  }
  // Had the memory grown while it was on its way here, V8 would go on with the old size, and copies and fills past that
  // would fail: one of some hundred trainings did. Growing by nothing tells it.
  memory.grow(0);
  new TaskBoard(memory.buffer, board, exports, share).help();
  say({ kind: 'rested' });
}
