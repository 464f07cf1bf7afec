import { fileKind, pathParts } from './archive-names.ts';

/**
 * Whether a text can be the name of a folder that is a label.
 * @returns a sentence that says why not
 */
export function refuseLabel(text: string, others: readonly string[]): string | undefined {
  const name = text.trim();
  if (name === '') return 'A label needs a name.';
  if (/[/\\\p{Cc}]/u.test(name)) return 'A label is a folder’s name: it holds no slash.';
  if (pathParts(name).length === 0 || name === '..' || fileKind(`${name}/1.png`) === 'junk') {
    return 'Folders of this name are skipped: choose another.';
  }
  if (others.some((other) => other.trim() === name)) return 'There is such a label already.';
  return undefined;
}
