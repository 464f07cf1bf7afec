import type { RunEvent } from './run-events.ts';

const steps: readonly RunEvent['type'][] = ['epoch', 'fold', 'images'];
/** As often as a page draws a curve anew. */
const EVERY_MS = 60;

/**
 * Passes events on, but of epochs, steps of folds, or images, that follow one another faster only the latest every 60 ms. The
 * last one before any other event is never lost, and the order stays.
 */
export function throttleEpochs(
  emit: (event: RunEvent) => void,
  now: () => number = () => performance.now(),
): (event: RunEvent) => void {
  let held: RunEvent | null = null;
  let emittedAt = -Infinity;
  return (event) => {
    const isStep = steps.includes(event.type);
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
