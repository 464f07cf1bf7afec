import * as v from 'valibot';
import { isRecord, parsePath, setAt } from './spec-path.ts';
import { specSchema, type Spec } from './spec.ts';

/** A field of the spec to set, by path; undefined takes it out. */
export interface SpecChange {
  readonly path: string;
  readonly value: unknown;
}

/**
 * The spec with some fields set, defaults filled in, and columns without settings left out. What it means is for
 * `checkSpec` to hold against the data.
 * @throws TerrariumError `bad_path`; v.ValiError for a value that the field cannot have
 */
export function changeSpec(spec: Spec, changes: readonly SpecChange[]): Spec {
  const changed = changes.reduce<unknown>(
    (document, { path, value }) => setAt(document, path, value),
    spec,
  );
  return v.parse(specSchema, withoutGaps(changed));
}

/** The changes that take `changes` back again, made from the spec before them. */
export function undoOf(spec: Spec, changes: readonly SpecChange[]): SpecChange[] {
  return changes.map(({ path }) => ({ path, value: valueAt(spec, path) }));
}

/** Whether a spec says all of that; of a list, whether it holds every item, for others may have been added. */
export function says(spec: Spec, changes: readonly SpecChange[]): boolean {
  return changes.every(({ path, value }) => {
    const found = valueAt(spec, path);
    if (Array.isArray(value) && Array.isArray(found)) {
      const items: readonly unknown[] = found;
      return value.every((item) => items.includes(item));
    }
    return JSON.stringify(found) === JSON.stringify(value);
  });
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(root: unknown, path: string): unknown {
  return parsePath(path).reduce<unknown>((node, key) => {
    if (Array.isArray(node)) return (node as readonly unknown[])[Number(key)];
    return isRecord(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }, root);
}

/** Without fields that are undefined, and without columns of which nothing is said. */
function withoutGaps(document: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(document));
  if (!isRecord(plain) || !isRecord(plain['columns'])) return plain;
  const columns = Object.entries(plain['columns']).filter(
    ([, settings]) => !isRecord(settings) || Object.keys(settings).length > 0,
  );
  return { ...plain, columns: Object.fromEntries(columns) };
}
