import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '#cli/prepare.mjs';

/** What a tool of the test run says on the standard output, in the run's first part or in the one that takes longer. */
function ask(long: boolean, tool: string, ...words: readonly string[]): string {
  return execFileSync(process.execPath, [join(repository, 'node_modules', tool), ...words], {
    cwd: repository,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TERRARIUM_LONG: long ? '1' : '0' },
    maxBuffer: 1e8,
  });
}

function vitestFiles(long: boolean): string[] {
  const found = JSON.parse(ask(long, 'vitest/vitest.mjs', 'list', '--filesOnly', '--json')) as {
    readonly file: string;
  }[];
  return found.map(({ file }) => relative(join(repository, 'tests'), file).replaceAll('\\', '/'));
}

interface Suite {
  readonly specs?: readonly {
    readonly id: string;
    readonly file: string;
    readonly tags: readonly string[];
  }[];
  readonly suites?: readonly Suite[];
}
type PageTest = NonNullable<Suite['specs']>[number];

function pageTests(long: boolean): readonly PageTest[] {
  const config = join('tests', 'playwright.config.ts');
  const list = ['test', '-c', config, '--list', '--reporter', 'json'];
  const walk = ({ specs = [], suites = [] }: Suite): readonly PageTest[] => [
    ...specs,
    ...suites.flatMap(walk),
  ];
  return walk(JSON.parse(ask(long, 'playwright/cli.js', ...list)) as Suite);
}

test('each file of tests runs in one of the two parts', () => {
  const [first, second] = [vitestFiles(false), vitestFiles(true)];
  const files = readdirSync(join(repository, 'tests'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('e2e/'));
  expect([...first, ...second].sort()).toEqual(files.sort());
  expect(second.every((path) => path.endsWith('.long.test.ts'))).toBe(true);
}, 120_000);

test('the tests of the page are parted by their tags, and those of accessibility run in both parts', () => {
  const [first, second] = [pageTests(false), pageTests(true)];
  for (const { tags } of first) expect(tags).not.toContain('long');
  for (const { tags } of second)
    expect(['long', 'accessible']).toEqual(expect.arrayContaining([...tags]));
  const again = second.filter(({ tags }) => !tags.includes('long'));
  const looking = first.filter(({ tags }) => tags.includes('accessible'));
  expect(again.map(({ id }) => id)).toEqual(looking.map(({ id }) => id));
  const files = new Set([...first, ...second].map(({ file }) => basename(file)));
  const there = readdirSync(join(repository, 'tests', 'e2e'));
  expect([...files].sort()).toEqual(there.filter((name) => name.endsWith('.test.ts')).sort());
}, 120_000);
