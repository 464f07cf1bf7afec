/** What this browser grants the page's origin. */
export interface StorageSpace {
  readonly usedBytes: number;
  /** All that it may use, what is used already included. */
  readonly grantedBytes: number;
  /** Whether the browser promises not to clear it by itself when the disk gets full. */
  readonly persistent: boolean;
}

/** How much room there is; null where the browser does not say (plain http). */
export async function storageSpace(): Promise<StorageSpace | null> {
  const manager = storageManager();
  if (manager === null) return null;
  const { usage = 0, quota = 0 } = await manager.estimate();
  return { usedBytes: usage, grantedBytes: quota, persistent: await manager.persisted() };
}

/**
 * Asks the browser not to clear storage by itself; some ask the person, so call it when they import
 * their first data set.
 * @returns whether it promised
 */
export async function askToPersist(): Promise<boolean> {
  return (await storageManager()?.persist()) ?? false;
}

function storageManager(): StorageManager | null {
  const host: { readonly navigator?: { readonly storage?: StorageManager } } = globalThis;
  return host.navigator?.storage ?? null;
}
