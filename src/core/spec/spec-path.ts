import { inputError } from '#core/errors.ts';

/** A path into the spec as people write it: `candidates[1].parameters.C`. */
export function formatPath(keys: readonly (string | number)[]): string {
  let path = '';
  for (const key of keys) {
    if (typeof key === 'number') path += `[${key}]`;
    else path += path === '' ? key : `.${key}`;
  }
  return path === '' ? 'the spec' : path;
}

/**
 * The keys of a written path; column names with dots may be put in brackets: `columns[a.b].type`. None for
 * what is not a path.
 */
export function parsePath(path: string): (string | number)[] {
  const keys: (string | number)[] = [];
  if (!/^[^.[\]]+(\.[^.[\]]+|\[[^\]]+\])*$/.test(path)) return keys;
  for (const match of path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    const [, plain, bracketed] = match;
    const key = plain ?? bracketed ?? '';
    keys.push(bracketed !== undefined && /^\d+$/.test(key) ? Number(key) : key);
  }
  return keys;
}

/**
 * Sets a value inside plain data, making objects on the way, and gives the changed copy.
 * @throws TerrariumError when the path leads through a value that is neither object nor list
 */
export function setAt(root: unknown, path: string, value: unknown): unknown {
  const keys = parsePath(path);
  if (keys.length === 0) {
    throw inputError(
      'bad_path',
      `"${path}" is not a path into the spec.`,
      'Write it like split.test, candidates[1].parameters.C or columns[a name].type.',
    );
  }
  const set = (node: unknown, depth: number): unknown => {
    const key = keys[depth];
    if (key === undefined) return value;
    if (Array.isArray(node)) {
      const index = Number(key);
      if (!Number.isInteger(index) || index < 0 || index > node.length) {
        throw inputError(
          'bad_path',
          `${path}: the list at ${formatPath(keys.slice(0, depth))} has ${node.length} entries.`,
          'Use an index from 0, for example candidates[1].',
          { path },
        );
      }
      const copy: unknown[] = [...(node as readonly unknown[])];
      copy[index] = set(copy[index], depth + 1);
      return copy;
    }
    if (node === undefined || isRecord(node)) {
      const copy = new Map(Object.entries(node ?? {}));
      copy.set(String(key), set(copy.get(String(key)), depth + 1));
      return Object.fromEntries(copy);
    }
    throw inputError(
      'bad_path',
      `${path}: ${formatPath(keys.slice(0, depth))} is a value without parts.`,
      'Set that path itself.',
      { path },
    );
  };
  return set(root, 0);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
