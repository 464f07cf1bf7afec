import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkHouse } from './check-house.ts';

const houses: string[] = [];
afterEach(() => houses.splice(0).forEach((house) => rmSync(house, { recursive: true })));

const packageFile = {
  imports: Object.fromEntries(
    ['core', 'engine', 'storage', 'cli', 'app', 'ui'].map((layer) => [
      `#${layer}/*`,
      `./src/${layer}/*`,
    ]),
  ),
  dependencies: {
    ...{ '@tensorflow/tfjs-core': '1', 'onnxruntime-web': '1', dexie: '1', comlink: '1' },
    ...{ d3: '1', svelte: '1', valibot: '1', '@stdlib/math-base-special-exp': '1' },
  },
};

/** A small house that keeps every rule. */
const sound: Readonly<Record<string, string>> = {
  'src/main.ts': "import App from './App.svelte'; import '#ui/theme.css'; export { App };",
  'src/App.svelte':
    '<script lang="ts">import Data from \'#ui/pages/data/Data.svelte\';</script><Data />',
  'src/core/random.ts': "import { object } from 'valibot'; export const x = object;",
  'src/core/math.ts': "import exp from '@stdlib/math-base-special-exp'; export { exp };",
  'src/engine/wasm.ts':
    "import { x } from '#core/random.ts'; import '@tensorflow/tfjs-core'; export { x };",
  'src/storage/database.ts': "import Dexie from 'dexie'; export { Dexie };",
  'src/cli/main.ts':
    "import 'node:fs'; import '#engine/wasm.ts'; new URL('../..', import.meta.url);",
  'src/app/jobs.ts':
    "import 'comlink'; new Worker(new URL('../../workers/train.worker.ts', import.meta.url));",
  'src/app/state.svelte.ts': "import '#storage/database.ts'; export const n = $state(1);",
  'src/ui/theme.css': 'body {}',
  'src/ui/charts/bars.ts': "import 'd3';",
  'src/ui/widgets/Button.svelte': '<button>x</button>',
  'src/ui/pages/data/Data.svelte':
    "<script>import '#ui/charts/bars.ts'; import Button from '../../widgets/Button.svelte';</script><Button />",
  'src/ui/pages/train/Train.svelte': "{#await import('#app/jobs.ts')}{/await}",
  'workers/train.worker.ts': "import '#engine/wasm.ts'; import 'comlink';",
};

/** What the checker says of the sound house with some files added or replaced. */
function breaches(changes: Readonly<Record<string, string>>): string[] {
  const house = mkdtempSync(join(tmpdir(), 'terrarium-house-'));
  houses.push(house);
  const files = { 'package.json': JSON.stringify(packageFile), ...sound, ...changes };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  return checkHouse(house);
}

test('a sound house has no breach', () => expect(breaches({})).toEqual([]));

test.each([
  // Layers
  ['src/core/a.ts', "import '#engine/wasm.ts';", 'core may import itself, and not engine'],
  ['src/core/a.ts', "import type { Dexie } from '#storage/database.ts';", 'and not storage'],
  ['src/core/a.ts', "await import('#ui/charts/bars.ts');", 'and not ui'],
  ['src/core/a.ts', "export * from '../engine/wasm.ts';", 'and not engine'],
  ['src/core/a.ts', "type X = import('#engine/wasm.ts').X;", 'and not engine'],
  ['src/engine/a.ts', "import '#storage/database.ts';", 'engine may import itself, core, and not'],
  ['src/storage/a.ts', "import '#engine/wasm.ts';", 'and not engine'],
  ['src/app/a.ts', "import '#engine/wasm.ts';", 'and not engine'],
  ['src/app/a.ts', "new URL('../../workers/train.worker.ts', import.meta.url);", 'and not workers'],
  ['src/app/a.ts', "import '#ui/charts/bars.ts';", 'and not ui'],
  ['src/ui/A.svelte', "<script>import '#storage/database.ts';</script>", 'and not storage'],
  ['src/ui/A.svelte', "{#await import('#engine/wasm.ts')}{/await}", 'and not engine'],
  ['src/cli/a.ts', "import '#app/jobs.ts';", 'and not app'],
  ['workers/a.worker.ts', "import '#app/jobs.ts';", 'and not app'],
  ['src/main.ts', "import '#storage/database.ts';", 'root may import itself, app, ui'],
  // Pages
  [
    'src/ui/pages/train/Chart.svelte',
    "<script>import '../data/Data.svelte';</script>",
    'the page train may not import the page data',
  ],
  ['src/ui/widgets/a.ts', "import '#ui/pages/data/Data.svelte';", 'widgets may not import pages'],
  ['src/ui/charts/a.ts', "import '../pages/data/Data.svelte';", 'charts may not import pages'],
  // Packages
  ['src/core/a.ts', "import 'onnxruntime-web/wasm';", 'only engine knows'],
  ['src/ui/a.ts', "import '@tensorflow/tfjs-core';", 'only engine knows'],
  ['workers/a.worker.ts', "import 'onnxruntime-web';", 'only engine knows'],
  ['src/app/a.ts', "import { liveQuery } from 'dexie';", 'only storage knows Dexie'],
  ['src/app/a.ts', "import type { Remote } from 'comlink';", 'only src/app/jobs.ts and workers'],
  ['src/core/a.ts', "import 'd3';", 'only app and ui know how things look'],
  ['src/core/a.ts', "import 'left-pad';", 'core may import only the pure packages'],
  ['src/core/a.ts', "import 'node:fs';", 'only cli and engine may use Node'],
  ['src/ui/a.ts', "import 'left-pad';", 'left-pad is not among the dependencies'],
  // What leads nowhere or cannot be followed
  ['src/core/a.ts', "import './gone.ts';", 'imports ./gone.ts, which is not a file'],
  ['src/core/a.ts', "import '#core/random';", 'imports #core/random, which is not a file'],
  ['src/core/a.ts', "import '#cores/random.ts';", 'which is not a file'],
  ['src/app/a.ts', 'await import(name);', 'has a computed import'],
  // Size and name
  ['src/core/a.ts', '\n'.repeat(301), 'src/core/a.ts has 301 lines; at most 300 fit'],
  ['workers/a.worker.ts', '\n'.repeat(61), 'has 61 lines; at most 60 fit'],
  ['src/core/camelCase.ts', '', 'a file is called kebab-case.ts'],
  ['src/ui/small.svelte', '', 'a file is called'],
  ['src/core/My/a.ts', '', 'the folder My is not in kebab-case'],
  ['src/core/utils.ts', '', 'a drawer for anything'],
  ['src/core/helpers/a.ts', '', 'a drawer for anything'],
  ['src/core/index.ts', '', 'no barrels'],
  ['src/app/a.worker.ts', '', "a worker's entry belongs in workers/"],
  ['src/app/a.svelte.ts', 'export const x = 1;', '.svelte.ts is for files with runes'],
])('%s with %j is found', (path, text, complaint) => {
  const found = breaches({ [path]: text });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(path);
  expect(found[0]).toContain(complaint);
});

test('300 lines and 60 lines fit', () => {
  const lines = (count: number) => Array.from({ length: count }, () => '//\n').join('');
  expect(breaches({ 'src/core/a.ts': lines(300), 'workers/a.worker.ts': lines(60) })).toEqual([]);
});

test('a cycle is told as the path that closes it', () => {
  const found = breaches({
    'src/core/a.ts': "import './b.ts';",
    'src/core/b.ts': "import './c.ts';",
    'src/core/c.ts': "import './a.ts';",
    'src/core/d.ts': "import './a.ts';",
  });
  expect(found).toEqual([
    'import cycle: src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts',
  ]);
});

test('a breach says where it is', () => {
  expect(breaches({ 'src/core/a.ts': "\n\nimport '#engine/wasm.ts';" })).toEqual([
    'src/core/a.ts:3 imports #engine/wasm.ts: core may import itself, and not engine',
  ]);
});
