// The house's import rules as data: ARCHITECTURE.md says the same in words.

/** What each layer may import of this house, beside itself. */
export const layers: Readonly<Record<string, readonly string[]>> = {
  core: [],
  engine: ['core'],
  // static holds files that are no code.
  storage: ['core', 'static'],
  workers: ['core', 'engine', 'storage'],
  cli: ['core', 'engine', 'storage'],
  app: ['core', 'storage'],
  ui: ['core', 'app'],
  root: ['app', 'ui'],
};

/** The one file outside the workers that may name one, since somebody has to start them. */
export const jobs = 'src/app/jobs.ts';

interface PackageRule {
  readonly packages: RegExp;
  /** Whether a file of that layer may import them. */
  readonly allowed: (layer: string, path: string) => boolean;
  readonly because: string;
}

const purePackages =
  /^(valibot|yaml|pure-rand|onnx-buf|@bufbuild\/protobuf|@stdlib\/.*|papaparse|hyparquet(-compressors|-writer)?|fflate|hash-wasm|saxen)$/;

/** Which layers may import which packages. The first rule that is broken is the one reported. */
const packageRules: readonly PackageRule[] = [
  {
    packages: /^(@tensorflow\/.*|onnxruntime-.*|@webgpu\/.*)$/,
    allowed: (layer) => layer === 'engine',
    because: 'only engine knows tfjs and onnxruntime',
  },
  {
    packages: /^dexie$/,
    allowed: (layer) => layer === 'storage',
    because: 'only storage knows Dexie',
  },
  {
    packages: /^comlink$/,
    allowed: (layer, path) => layer === 'workers' || path === jobs,
    because: `only ${jobs} and workers know Comlink`,
  },
  {
    packages: /^node:/,
    allowed: (layer) => ['cli', 'engine'].includes(layer),
    because: 'only cli and engine may use Node',
  },
  {
    packages: /^(svelte|svelte-.*|@lucide\/.*|d3|d3-.*)$/,
    allowed: (layer) => ['app', 'ui', 'root'].includes(layer),
    because: 'only app and ui know how things look',
  },
  {
    packages: /./,
    allowed: (layer) => layer !== 'core',
    because: 'core may import only the pure packages on its list',
  },
];

/** Why a file may not import a package; undefined when it may. */
export function packageBreach(layer: string, path: string, name: string): string | undefined {
  const rule = packageRules.find(
    ({ packages, allowed }) => packages.test(name) && !allowed(layer, path),
  );
  const isPure = layer === 'core' && purePackages.test(name);
  return isPure ? undefined : rule?.because;
}

/** Why a file may not import another of this house; undefined when it may. */
export function layerBreach(from: string, to: string): string | undefined {
  const [layer, target] = [layerOf(from), layerOf(to)];
  if (layer === target) return layer === 'ui' ? pageBreach(from, to) : undefined;
  if (from === jobs && target === 'workers') return undefined;
  const allowed = layers[layer] ?? [];
  if (allowed.includes(target)) return undefined;
  return `${layer} may import ${['itself', ...allowed].join(', ')}, and not ${target}`;
}

function pageBreach(from: string, to: string): string | undefined {
  const [page, other] = [pageOf(from), pageOf(to)];
  if (other === undefined || page === other) return undefined;
  if (page !== undefined) return `the page ${page} may not import the page ${other}`;
  const room = /^src\/ui\/(widgets|charts)\//.exec(from)?.[1];
  return room === undefined ? undefined : `${room} may not import pages`;
}

/** The page that a file belongs to: a folder in ui/pages, or a file of that name beside it. */
function pageOf(path: string): string | undefined {
  return /^src\/ui\/pages\/([^/.]+)/.exec(path)?.[1]?.toLowerCase();
}

/** The layer of a file, named from the repository's folder: core, ui, workers, …, or root for src itself. */
export function layerOf(path: string): string {
  const [top = '', room = '', ...rest] = path.split('/');
  if (top !== 'src') return top;
  return rest.length === 0 ? 'root' : room;
}
