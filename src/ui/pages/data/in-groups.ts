export interface Group<Item> {
  /** Index of its first item. */
  readonly from: number;
  readonly items: readonly Item[];
}

/** A long list in parts that are rendered one after the other. */
export function inGroups<Item>(items: readonly Item[], size: number): Group<Item>[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => ({
    from: i * size,
    items: items.slice(i * size, (i + 1) * size),
  }));
}
