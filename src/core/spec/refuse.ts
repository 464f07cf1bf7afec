import { inputError } from '#core/errors.ts';
import { hintNear } from '#core/nearest-name.ts';

/** What a spec says wrong, by its path: `refuse('split.by', 'is missing', 'Name a column.')`. */
export function refuse(path: string, what: string, hint: string): Error {
  return inputError('spec_refused', `${path} ${what}.`, hint, { path });
}

/** The names of columns for a hint, the first twelve. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown}, and ${names.length - 12} more` : shown;
}

/** What to do about a name that is none of a data set's columns. */
export function columnsHint(given: string, names: readonly string[]): string {
  return hintNear(given, names, `It has: ${listed(names)}.`);
}
