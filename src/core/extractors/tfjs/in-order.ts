import { shown } from '../refuse-extractor.ts';
import { TfjsFault } from './tfjs-fault.ts';

/**
 * What is needed for some results, each behind what it needs itself. It counts no calls into each other, since a file may
 * have a chain of any length.
 * @param needsOf what one needs; throws where it is unknown
 * @throws TfjsFault where something needs itself
 */
export function inOrder(
  wanted: readonly string[],
  needsOf: (key: string) => readonly string[],
): readonly string[] {
  const done = new Set<string>();
  const open = new Set<string>();
  const stack: string[] = wanted.toReversed();
  for (let key = stack.at(-1); key !== undefined; key = stack.at(-1)) {
    if (done.has(key) || open.has(key)) {
      stack.pop();
      open.delete(key);
      done.add(key);
      continue;
    }
    open.add(key);
    for (const need of needsOf(key).toReversed()) {
      if (open.has(need)) {
        throw new TfjsFault(`has a circle: ${shown(need)} is made from itself`);
      }
      if (!done.has(need)) stack.push(need);
    }
  }
  return [...done];
}
