import { vi } from 'vitest';

/**
 * From now on, blobs (or what else a table holds) fail to be stored as in a browser whose quota is used up, after `room`
 * more of them; until `vi.restoreAllMocks()`.
 */
export function fillUp(room: number, table = 'blobs'): void {
  const { prototype } = IDBObjectStore;
  const quota = new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  for (const method of ['put', 'add'] as const) {
    const original = Object.getOwnPropertyDescriptor(prototype, method)
      ?.value as typeof prototype.put;
    vi.spyOn(prototype, method).mockImplementation(function (this: IDBObjectStore, ...entry) {
      if (this.name === table && room-- <= 0) throw quota;
      return original.apply(this, entry);
    });
  }
}
