import type { RunEvent } from './run-events.ts';

/** As often as a page draws a curve anew. */
const EVERY_MS = 60;

/**
 * Passes events on, but of epochs that follow one another faster only the latest every 60 ms. The last
 * one before any other event is never lost, and the order stays.
 */
export function throttleEpochs(
  emit: (event: RunEvent) => void,
  now: () => number = () => performance.now(),
): (event: RunEvent) => void {
  let held: RunEvent | null = null;
  let emittedAt = -Infinity;
  return (event) => {
    if (event.type === 'epoch' && now() - emittedAt < EVERY_MS) {
      held = event;
      return;
    }
    if (held !== null && event.type !== 'epoch') emit(held);
    held = null;
    emit(event);
    if (event.type === 'epoch') emittedAt = now();
  };
}
