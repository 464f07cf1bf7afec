/** Specs begun in the setup and not run yet, which this tab keeps until it is closed. */
const prefix = 'draft:';

export function draftKey(address: string): string {
  return prefix + address;
}

/** How many characters the drafts of this tab hold; 0 where the browser withholds storage. */
export function draftLength(): number {
  return draftKeys().reduce((sum, key) => sum + (sessionStorage.getItem(key)?.length ?? 0), 0);
}

export function forgetDrafts(): void {
  for (const key of draftKeys()) sessionStorage.removeItem(key);
}

function draftKeys(): readonly string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
