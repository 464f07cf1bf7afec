import { hashRing, type HashAnswer, type HashOrder } from '#core/data/read/hash-thread.ts';

/** A thread that the data worker lends to the reading of a file. */
const say = (answer: HashAnswer): void => postMessage(answer);

addEventListener('message', ({ data: order }: MessageEvent<HashOrder>) => {
  // An error that nobody catches reaches the data worker.
  hashRing(order, say).catch(reportError);
});

say('ready');
