import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { FailureData } from '#core/errors.ts';
import { parsePath } from '#core/spec/spec-path.ts';

/**
 * The line (from 1) of a YAML text that a failure speaks of: the one it names, or the one where its
 * path stands. A path that is not in the text gives the nearest place above it; null without either.
 */
export function lineOfFailure(text: string, failure: FailureData): number | null {
  const { line, path } = failure.details ?? {};
  if (typeof line === 'number') return line;
  return typeof path === 'string' ? lineOfPath(text, path) : null;
}

function lineOfPath(text: string, path: string): number {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  let node: unknown = document.contents;
  let offset = 0;
  let keys = parsePath(path).map(String);
  while (keys.length > 0) {
    const found = child(node, keys);
    if (found === null) break;
    offset = found.offset;
    node = found.value;
    keys = keys.slice(found.used);
  }
  return lines.linePos(offset).line;
}

interface Child {
  readonly value: unknown;
  /** Where it begins in the text: a pair at its key. */
  readonly offset: number;
  /** How many keys led here: a column's name may hold dots, which paths cut. */
  readonly used: number;
}

function child(node: unknown, keys: readonly string[]): Child | null {
  if (isSeq(node)) {
    const item = node.items[Number(keys[0])] as Node | undefined;
    return item === undefined ? null : { value: item, offset: item.range?.[0] ?? 0, used: 1 };
  }
  if (!isMap(node)) return null;
  for (let used = 1; used <= keys.length; used += 1) {
    const name = keys.slice(0, used).join('.');
    for (const { key, value } of node.items) {
      if (isScalar(key) && String(key.value) === name) {
        return { value, offset: key.range?.[0] ?? 0, used };
      }
    }
  }
  return null;
}
