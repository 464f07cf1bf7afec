import { growOrdered, type ForestOrder } from '#core/models/trees/forest/grow-ordered.ts';
import { helpAtBoard, type BoardOrder } from '#core/parallel/help-at-board.mjs';

/** A thread that the train worker lends to a training. */
addEventListener('message', ({ data: order }: MessageEvent<BoardOrder | ForestOrder>) => {
  const say = (answer: unknown): void => postMessage(answer);
  if (order.kind === 'board') helpAtBoard(order, say);
  // An error that nobody catches reaches the train worker.
  else growOrdered(order, say).catch(reportError);
});
