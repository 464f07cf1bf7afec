/** Long enough for what comes into view on the way to be laid out. */
const FRAMES = 12;

/**
 * Scrolls the page until an element stands in its middle, and stays there while parts of the page that were not laid
 * out before take their real heights. Returns what ends it.
 */
export function bringIntoView(element: Element): () => void {
  let frame = 0;
  let left = FRAMES;
  const step = () => {
    element.scrollIntoView({ block: 'center' });
    left -= 1;
    if (left > 0) frame = requestAnimationFrame(step);
  };
  step();
  return () => cancelAnimationFrame(frame);
}
