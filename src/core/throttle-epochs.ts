import type { RunEvent } from './run-events.ts';

const steps: readonly RunEvent['type'][] = ['epoch', 'fold', 'images'];
/** As often as a page draws a curve anew. */
const EVERY_MS = 60;

/** Of epochs, steps of folds, or images, that follow one another faster than a page draws only some are passed on. */
export function throttleEpochs(
  emit: (event: RunEvent) => void,
  now?: () => number,
): (event: RunEvent) => void {
  return throttled(emit, ({ type }) => steps.includes(type), now);
}

/**
 * Passes events on, but of steps that follow one another faster only the latest every 60 ms. The last one before any other
 * event is never lost, and the order stays.
 */
export function throttled<Event>(
  emit: (event: Event) => void,
  isStep: (event: Event) => boolean,
  now: () => number = () => performance.now(),
): (event: Event) => void {
  let held: Event | null = null;
  let emittedAt = -Infinity;
  return (event) => {
    if (isStep(event) && now() - emittedAt < EVERY_MS) {
      held = event;
      return;
    }
    if (held !== null && !isStep(event)) emit(held);
    held = null;
    emit(event);
    if (isStep(event)) emittedAt = now();
  };
}
