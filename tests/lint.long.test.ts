import { ESLint } from 'eslint';
import { expect, test } from 'vitest';
import { repository } from '#cli/prepare.mjs';

// The linter reads a planted text as if it were the content of a file that exists.
const eslint = new ESLint({ cwd: repository });
const core = 'src/core/random.ts';
const engine = 'src/engine/probe.ts';

async function complaints(path: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: path });
  return (result?.messages ?? []).map(({ ruleId, message }) => `${String(ruleId)}: ${message}`);
}

test.each([
  [core, 'export const f = (x: number) => Math.exp(x);', 'use #core/math.ts'],
  [core, 'export const f = (x: number) => x ** 2;', 'use #core/math.ts'],
  [core, 'export function f(x: number) { x **= 2; return x; }', 'use #core/math.ts'],
  [core, 'const { tanh } = Math; export { tanh };', 'use #core/math.ts'],
  [core, "export const f = Math['log1p'];", 'use #core/math.ts'],
  [core, 'export const f = () => Math.random();', 'use #core/random.ts'],
  [core, 'export const f = () => document.title;', 'may not use document'],
  [core, 'export const f = (x: any) => [x];', 'no-explicit-any'],
  [core, 'export const f = (x: number[]) => x[0]!;', 'no-non-null-assertion'],
  [core, 'export function f() { Promise.resolve(1); }', 'no-floating-promises'],
  [engine, 'export const f = (x: number) => Math.pow(x, 2);', 'use #core/math.ts'],
  [engine, 'export const f = () => Math.random();', 'use #core/random.ts'],
  ['src/App.svelte', '<p style="color: red">x</p>', 'style attribute breaks'],
])(
  'in %s, %s is refused',
  async (path, text, complaint) => {
    expect((await complaints(path, `${text}\n`)).join('\n')).toContain(complaint);
  },
  60_000,
);

test.each([
  ['src/core/math.ts', 'export const f = (x: number) => Math.log2(x);'],
  ['src/app/jobs.ts', 'export const f = (x: number) => Math.pow(x, 0.5);'],
  [core, 'export const f = (x: number) => Math.sqrt(Math.abs(x)) + Math.fround(x);'],
  ['src/App.svelte', '<p style:color="red">x</p>'],
])(
  'in %s, %s is fine',
  async (path, text) => {
    expect(await complaints(path, `${text}\n`)).toEqual([]);
  },
  60_000,
);
