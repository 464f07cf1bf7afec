import { relative, resolve } from 'node:path';
import type { SpecSource } from '#core/spec/spec.ts';

/** What a call names: a file, or several that are one data set; undefined where it names none. */
export function givenSource(paths: readonly string[] = []): SpecSource | undefined {
  return paths.length > 1 ? [...paths] : paths[0];
}

/** Absolute paths of a source that is relative to a folder. */
export function resolved(source: SpecSource, folder = ''): SpecSource {
  return changed(source, (path) => resolve(folder, path));
}

/** The same source as seen from a folder. */
export function seenFrom(source: SpecSource, folder: string): SpecSource {
  return changed(source, (path) => relative(resolve(folder), path));
}

function changed(source: SpecSource, change: (path: string) => string): SpecSource {
  return typeof source === 'string' ? change(source) : source.map(change);
}
