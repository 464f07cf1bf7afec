import { Dexie } from 'dexie';
import { TerrariumError } from '#core/errors.ts';

/**
 * Whatever a read or write threw, as our own error where it is about the database itself; a
 * TerrariumError passes through, also from inside Dexie's wrappers, and so does what is neither.
 */
export function storageFailure(thrown: unknown): unknown {
  for (const cause of causesOf(thrown)) {
    if (cause instanceof TerrariumError) return cause;
  }
  const name = thrown instanceof Error ? thrown.name : '';
  return unavailable.has(name) ? unavailableError(thrown) : thrown;
}

/** The error and those inside it: Dexie puts what IndexedDB threw into `inner`. */
export function causesOf(thrown: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  let next = thrown;
  while (next instanceof Error && !causes.includes(next)) {
    causes.push(next);
    next = 'inner' in next ? next.inner : next.cause;
  }
  return causes;
}

const unavailable: ReadonlySet<string> = new Set([
  Dexie.errnames.MissingAPI,
  Dexie.errnames.OpenFailed,
  Dexie.errnames.DatabaseClosed,
  Dexie.errnames.Unknown,
  Dexie.errnames.InvalidState,
  'SecurityError',
]);

function unavailableError(thrown: unknown): TerrariumError {
  return new TerrariumError({
    code: 'storage_unavailable',
    kind: 'storage',
    message: "This browser's storage (IndexedDB) can't be opened, so nothing can be kept here.",
    hint: 'Reload the page; if that does not help, allow site data for this page or leave private browsing.',
    details: { cause: String(thrown) },
  });
}
