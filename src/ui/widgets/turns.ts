const waiting = new Set<() => void>();

/**
 * Does some work in a task of its own, after the work that asked before it.
 * @returns takes the work back where it has not been done
 */
export function takeTurn(work: () => void): () => void {
  waiting.add(work);
  if (waiting.size === 1) callNext();
  return () => waiting.delete(work);
}

function callNext(): void {
  setTimeout(() => {
    const [next] = waiting;
    if (next === undefined) return;
    waiting.delete(next);
    next();
    if (waiting.size > 0) callNext();
  });
}
