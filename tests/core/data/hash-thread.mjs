// A thread of Node that hashes, for file-hash.test.ts: what workers/hash.worker.ts is in a tab.
import { parentPort } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { hashRing } = await import('../../../src/core/data/read/hash-thread.ts');
const { hashAgain } = await import('../../../src/core/data/read/hash-again.ts');

const say = (/** @type {unknown} */ answer) => parentPort?.postMessage(answer);
parentPort?.on(
  'message',
  /**
   * @param {import('../../../src/core/data/read/hash-thread.ts').HashOrder
   *   | import('../../../src/core/data/read/hash-again.ts').AgainOrder} order
   */
  (order) => void ('ring' in order ? hashRing(order, say) : hashAgain(order, say)),
);
say('ready');
