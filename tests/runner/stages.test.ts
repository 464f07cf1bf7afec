import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repository } from '#cli/prepare.mjs';
import { stages, verdict } from './stages.mjs';

const folder = mkdtempSync(join(tmpdir(), 'terrarium-stages-'));
afterAll(() => rmSync(folder, { recursive: true }));

function count(name: string, report: object | undefined, code: number) {
  const stage = stages.find((candidate) => candidate.name === name);
  if (stage === undefined) throw new Error(`no stage ${name}`);
  const path = join(folder, `${Math.random()}.json`);
  if (report !== undefined) writeFileSync(path, JSON.stringify(report));
  return verdict(stage, path, code);
}

const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 };
const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test('a file that does not load counts as a failure beside the tests that failed', () => {
  const testResults = [
    file('passed', 'passed'),
    file('failed', 'passed', 'failed'),
    file('failed'), // did not load
    file('failed', 'passed'), // a hook threw
  ];
  expect(count('unit', { ...vitest, numFailedTests: 1, testResults }, 1)).toMatchObject({
    ...{ passed: 5, failed: 3, skipped: 3 },
  });
});

test('what failed is told with the first line of why', () => {
  const testResults = [
    {
      ...{ name: join(repository, 'tests', 'a.test.ts'), status: 'failed' },
      assertionResults: [
        { status: 'passed', fullName: 'is fine' },
        { status: 'failed', fullName: 'is wrong', failureMessages: ['Error: 1 is not 2\n  at a'] },
      ],
    },
    {
      ...{ name: join(repository, 'tests', 'b.test.ts'), status: 'failed' },
      ...{ message: 'no such module\n  at b', assertionResults: [] },
    },
  ];
  expect(count('unit', { ...vitest, numFailedTests: 1, testResults }, 1).failures).toEqual([
    `${join('tests', 'a.test.ts')}: is wrong: Error: 1 is not 2`,
    `${join('tests', 'b.test.ts')}: no such module`,
  ]);
});

test('an error outside every test counts as a failure', () => {
  expect(count('unit', { ...vitest, testResults: [] }, 1).failed).toBe(1);
  expect(count('unit', { ...vitest, testResults: [] }, 0).failed).toBe(0);
});

test('no report, or no test that ran, is a failure', () => {
  expect(count('browser', undefined, 0)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
  const none = { ...vitest, numPassedTests: 0, testResults: [] };
  expect(count('interop', none, 0)).toMatchObject({ passed: 0, failed: 1, skipped: 3 });
});

test('a test that passed on its second try has passed', () => {
  const stats = { expected: 3, flaky: 1, unexpected: 2, skipped: 4 };
  expect(count('e2e', { stats }, 1)).toMatchObject({ passed: 4, failed: 2, skipped: 4 });
});

test('every test file belongs to one stage', () => {
  for (const path of ['a.test.ts', 'core/a.test.ts', 'browser/a.test.ts', 'e2e/a.test.ts']) {
    expect(stages.filter((stage) => stage.owns(path))).toHaveLength(1);
  }
});
