import { relative, resolve } from 'node:path';
import { withExtractorFiles } from '#core/spec/extractor-files.ts';
import type { Spec, SpecSource } from '#core/spec/spec.ts';

/** What a call names: a file, or several that are one data set; undefined where it names none. */
export function givenSource(paths: readonly string[] = []): SpecSource | undefined {
  return paths.length > 1 ? [...paths] : paths[0];
}

/** Absolute paths of a source that is relative to a folder. */
export function resolved(source: SpecSource, folder = ''): SpecSource {
  return changed(source, (path) => resolve(folder, path));
}

/** A spec with absolute paths, where it is relative to a folder. */
export function specFrom(spec: Spec, folder = ''): Spec {
  const files = withExtractorFiles(spec, (path) => resolve(folder, path));
  return { ...files, data: { ...spec.data, source: resolved(spec.data.source, folder) } };
}

/** A spec with absolute paths, as it is relative to a folder. */
export function specSeenFrom(spec: Spec, folder: string): Spec {
  const files = withExtractorFiles(spec, (path) => relative(resolve(folder), path));
  return { ...files, data: { ...spec.data, source: seenFrom(spec.data.source, folder) } };
}

/** The same source as seen from a folder. */
function seenFrom(source: SpecSource, folder: string): SpecSource {
  return changed(source, (path) => relative(resolve(folder), path));
}

function changed(source: SpecSource, change: (path: string) => string): SpecSource {
  return typeof source === 'string' ? change(source) : source.map(change);
}
