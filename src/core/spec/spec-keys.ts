import { specSchema } from './spec.ts';

/** What a path leads through: schemas of objects, lists, records and those around another one. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly value?: Node;
  readonly wrapped?: Node;
  readonly pipe?: readonly Node[];
}

/**
 * The keys that a mapping of the spec may have.
 * @param path keys from the spec's root to the mapping
 * @returns none where that is no mapping of known keys
 */
export function specKeys(path: readonly unknown[]): readonly string[] {
  let node: Node | undefined = unwrapped(specSchema);
  for (const key of path) {
    const next: Node | undefined = node?.entries?.[String(key)] ?? node?.item ?? node?.value;
    node = next === undefined ? undefined : unwrapped(next);
  }
  return Object.keys(node?.entries ?? {});
}

/** Without `optional`, and before what a pipe does with it. */
function unwrapped(node: Node): Node {
  const inner = node.wrapped ?? node.pipe?.[0];
  return inner === undefined || inner === node ? node : unwrapped(inner);
}
