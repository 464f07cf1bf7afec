import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { findCycles } from './cycles.ts';
import { layerBreach, layerOf, packageBreach } from './layers.ts';
import { readImports, type ImportReference } from './read-imports.ts';
import { roomBreaches } from './rooms.ts';

interface PackageFile {
  readonly imports?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
}

/**
 * Resolves every import in src and workers and looks at every file's size and name.
 *
 * @param house the repository's folder
 * @returns one sentence per breach of the house's rules, in the order of the files; empty when there is none
 */
export function checkHouse(house: string): string[] {
  const packageFile = JSON.parse(readFileSync(join(house, 'package.json'), 'utf8')) as PackageFile;
  const graph = new Map<string, string[]>();
  const breaches: string[] = [];
  for (const path of filesIn(house)) {
    const text = readFileSync(join(house, path), 'utf8');
    breaches.push(...roomBreaches(path, text));
    if (!/\.(ts|mjs|svelte)$/.test(path)) continue;
    const targets: string[] = [];
    for (const reference of readImports(path, text)) {
      const { breach, target } = follow(house, packageFile, path, reference);
      if (breach !== undefined) breaches.push(`${path}:${reference.line} ${breach}`);
      if (target !== undefined) targets.push(target);
    }
    graph.set(path, targets);
  }
  for (const cycle of findCycles(graph)) breaches.push(`import cycle: ${cycle.join(' → ')}`);
  return breaches;
}

/** The files of src and workers, named from the house's folder with forward slashes. */
function filesIn(house: string): string[] {
  return ['src', 'workers']
    .filter((room) => existsSync(join(house, room)))
    .flatMap((room) =>
      readdirSync(join(house, room), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${room}/${path.replaceAll('\\', '/')}`,
      ),
    )
    .filter((path) => statSync(join(house, path)).isFile())
    .sort();
}

/** Where a reference leads (a file of this house), and what is wrong with it. */
function follow(
  house: string,
  packageFile: PackageFile,
  path: string,
  { specifier, kind }: ImportReference,
): { breach?: string; target?: string } {
  if (specifier === undefined) return { breach: 'has a computed import, which cannot be checked' };
  const target = locate(packageFile, path, specifier.replace(/\?.*$/, ''), kind);
  if (target === undefined) return followPackage(packageFile, path, specifier);

  const file = join(house, target);
  // `new URL('..', import.meta.url)` names a folder: a place on the disk, not a module.
  if (kind === 'url' && existsSync(file) && statSync(file).isDirectory()) return {};
  if (!existsSync(file) || !statSync(file).isFile()) {
    return { breach: `imports ${specifier}, which is not a file` };
  }
  const breach = layerBreach(path, target);
  return breach === undefined ? { target } : { target, breach: `imports ${specifier}: ${breach}` };
}

/** The file that a specifier names, from the house's folder; undefined when it names a package. */
function locate(
  { imports = {} }: PackageFile,
  path: string,
  specifier: string,
  kind: ImportReference['kind'],
): string | undefined {
  if (specifier.startsWith('#')) {
    for (const [pattern, place] of Object.entries(imports)) {
      const prefix = pattern.replace(/\*$/, '');
      if (specifier.startsWith(prefix)) {
        return posix.normalize(place.replace('*', specifier.slice(prefix.length)));
      }
    }
    return specifier; // no such file, so it is reported as one that is missing
  }
  const isRelative = kind === 'url' || /^\.{1,2}\//.test(specifier);
  return isRelative ? posix.join(dirname(path), specifier) : undefined;
}

function followPackage({ dependencies = {} }: PackageFile, path: string, specifier: string) {
  const name = packageName(specifier);
  const breach = packageBreach(layerOf(path), path, name);
  if (breach !== undefined) return { breach: `imports ${specifier}: ${breach}` };
  if (name.startsWith('node:') || name in dependencies) return {};
  return { breach: `imports ${specifier}: ${name} is not among the dependencies in package.json` };
}

/** `@scope/name` or `name` of a specifier, without the path inside the package. */
function packageName(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
