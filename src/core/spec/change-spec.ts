import * as v from 'valibot';
import { isRecord, parsePath, setAt } from './spec-path.ts';
import { specSchema, type Spec } from './spec.ts';

/** A field of the spec to set, by path; undefined takes it out. */
export interface SpecChange {
  readonly path: string;
  readonly value: unknown;
  /** The value is one item of the list at the path: it comes first, or goes. Others that stand there stay. */
  readonly item?: 'add' | 'remove';
}

/**
 * The spec with some fields set, defaults filled in, and columns without settings left out. What it means is for
 * `checkSpec` to hold against the data.
 * @throws TerrariumError `bad_path`; v.ValiError for a value that the field cannot have
 */
export function changeSpec(spec: Spec, changes: readonly SpecChange[]): Spec {
  return v.parse(specSchema, withoutGaps(changes.reduce<unknown>(withChange, spec)));
}

function withChange(document: unknown, { path, value, item }: SpecChange): unknown {
  if (item === undefined) return setAt(document, path, value);
  const others = itemsAt(document, path).filter((one) => !isSame(one, value));
  return setAt(document, path, item === 'add' ? [value, ...others] : others);
}

function itemsAt(root: unknown, path: string): readonly unknown[] {
  const found = valueAt(root, path);
  return Array.isArray(found) ? found : [];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The changes that take `changes` back again, made from the spec before them. */
export function undoOf(spec: Spec, changes: readonly SpecChange[]): SpecChange[] {
  return changes.map(({ path, value, item }): SpecChange =>
    item === undefined
      ? { path, value: valueAt(spec, path) }
      : { path, value, item: item === 'add' ? 'remove' : 'add' },
  );
}

/** Whether a spec says all of that; of a list, whether it holds every item, for others may have been added. */
export function says(spec: Spec, changes: readonly SpecChange[]): boolean {
  return changes.every(({ path, value, item }) => {
    if (item !== undefined) {
      return itemsAt(spec, path).some((one) => isSame(one, value)) === (item === 'add');
    }
    const found = valueAt(spec, path);
    if (Array.isArray(value) && Array.isArray(found)) {
      const items: readonly unknown[] = found;
      return value.every((item) => items.includes(item));
    }
    return isSame(found, value);
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
