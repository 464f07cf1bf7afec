import { hashAgain, type AgainOrder } from '#core/data/read/hash-again.ts';
import { hashRing, type HashOrder } from '#core/data/read/hash-thread.ts';

/** A thread that the data worker lends to the reading of a file. */
const say = (answer: unknown): void => postMessage(answer);

addEventListener('message', ({ data: order }: MessageEvent<HashOrder | AgainOrder>) => {
  const hashed = 'ring' in order ? hashRing(order, say) : hashAgain(order, say);
  // An error that nobody catches reaches the data worker.
  hashed.catch(reportError);
});

say('ready');
