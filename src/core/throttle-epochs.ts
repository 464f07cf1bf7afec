import type { RunEvent } from './run-events.ts';

/** As often as a page draws a curve anew. */
const EVERY_MS = 60;

/**
 * Passes events on, but of epochs, or steps of folds, that follow one another faster only the latest every 60 ms. The
 * last one before any other event is never lost, and the order stays.
 */
export function throttleEpochs(
  emit: (event: RunEvent) => void,
  now: () => number = () => performance.now(),
): (event: RunEvent) => void {
  let held: RunEvent | null = null;
  let emittedAt = -Infinity;
  return (event) => {
    const isStep = event.type === 'epoch' || event.type === 'fold';
    if (isStep && now() - emittedAt < EVERY_MS) {
      held = event;
      return;
    }
    if (held !== null && !isStep) emit(held);
    held = null;
    emit(event);
    if (isStep) emittedAt = now();
  };
}
