// The stages of the test run: which files each has, what it needs, how it runs and how its report is counted.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { execute, repository } from '../../src/cli/prepare.mjs';
import { chromiumPath } from '../chromium.mjs';
import { ensureChromium, ensurePython, venvPython } from './requirements.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 *
 * @typedef {object} TestFile
 * @property {string} [name] its path
 * @property {string} status
 * @property {string} [message] why it did not load
 * @property {{ status: string, fullName?: string, failureMessages?: string[] }[]} assertionResults
 *
 * @typedef {object} Report what is read of the JSON that Vitest (numbers) and Playwright (stats) write
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {TestFile[]} testResults one for each file
 * @property {{ expected: number, flaky: number, unexpected: number, skipped: number }} stats
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {(path: string) => boolean} owns whether a test file, named from the tests folder, belongs to it
 * @property {boolean} mayBeMissing whether the stage is skipped, not failed, when its requirement is missing
 * @property {() => Promise<string | undefined>} prepare gives a sentence when the stage cannot run
 * @property {(report: string) => string[]} command the arguments for node
 * @property {boolean} needsPage whether it tests the built page
 * @property {boolean} hasTags whether its long tests are known by a tag, and not by their file's name
 * @property {(report: Report) => Counts} count
 * @property {(report: Report) => string[]} failures a line for each test that failed, where the stage's own output does not end with them
 */

/** A stage that takes longer hangs. */
const limitS = { short: 10 * 60, long: 35 * 60 };

const interopRequired = process.env.TERRARIUM_REQUIRE_INTEROP === '1';
const ready = async () => undefined;

/** @type {readonly Stage[]} */
export const stages = [
  vitest('unit', (path) => !/^(browser|interop|e2e)\//.test(path), ready),
  vitest('browser', (path) => path.startsWith('browser/'), ensureChromium),
  {
    ...vitest('interop', (path) => path.startsWith('interop/'), ensurePython),
    mayBeMissing: !interopRequired,
  },
  {
    name: 'e2e',
    owns: (path) => path.startsWith('e2e/'),
    mayBeMissing: false,
    needsPage: true,
    hasTags: true,
    prepare: ensureChromium,
    command: () => ['node_modules/playwright/cli.js', 'test', '-c', 'tests/playwright.config.ts'],
    count: ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }),
    failures: () => [],
  },
];

/**
 * @param {string} name
 * @param {Stage['owns']} owns
 * @param {Stage['prepare']} prepare
 * @returns {Stage}
 */
function vitest(name, owns, prepare) {
  return {
    name,
    owns,
    mayBeMissing: false,
    needsPage: false,
    hasTags: false,
    prepare,
    command: (report) => [
      ...['node_modules/vitest/vitest.mjs', 'run', '--project', name],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    count: (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests + report.testResults.filter(didNotRun).length,
      skipped: report.numPendingTests + report.numTodoTests,
    }),
    failures: (report) => report.testResults.flatMap(failuresOf),
  };
}

/**
 * @param {TestFile} file
 * @returns {string[]} where each test failed, and the first line of why
 */
function failuresOf(file) {
  const path = relative(repository, file.name ?? '');
  const firstLine = (/** @type {string | undefined} */ text) => (text ?? '').split('\n')[0];
  const tests = file.assertionResults.filter(({ status }) => status === 'failed');
  return [
    ...(didNotRun(file) ? [`${path}: ${firstLine(file.message)}`] : []),
    ...tests.map((one) => `${path}: ${one.fullName}: ${firstLine(one.failureMessages?.[0])}`),
  ];
}

/**
 * Whether a file failed outside its tests: it did not load, or its hooks threw.
 *
 * @param {Report['testResults'][number]} file
 */
function didNotRun({ status, assertionResults }) {
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
}

/**
 * Runs one stage and shows its output.
 *
 * @param {Stage} stage
 * @param {{ long: boolean }} options `long` runs what takes longer, and nothing else
 * @returns {Promise<Counts & { failures: readonly string[] }>} all zero when the stage has no test files
 */
export async function runStage(stage, { long }) {
  const files = testFiles().filter(stage.owns);
  const taking = files.filter((path) => stage.hasTags || path.endsWith('.long.test.ts') === long);
  if (taking.length === 0) return { passed: 0, failed: 0, skipped: 0, failures: [] };

  const name = long ? `${stage.name}, long` : stage.name;
  console.log(`\n── ${name} ──`);
  const missing = await stage.prepare();
  if (missing !== undefined) {
    console.log(
      `${missing} The ${stage.name} tests ${stage.mayBeMissing ? 'are skipped' : 'fail'}.`,
    );
    return stage.mayBeMissing
      ? { passed: 0, failed: 0, skipped: taking.length, failures: [] }
      : { passed: 0, failed: 1, skipped: 0, failures: [missing] };
  }

  const report = join(repository, '.cache', 'test-reports', `${name.replace(', ', '-')}.json`);
  mkdirSync(join(report, '..'), { recursive: true });
  rmSync(report, { force: true });
  const code = await execute(process.execPath, stage.command(report), {
    limitS: long ? limitS.long : limitS.short,
    env: {
      TERRARIUM_LONG: long ? '1' : '0',
      TERRARIUM_PYTHON: venvPython,
      CHROMIUM_PATH: chromiumPath() ?? '',
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  });
  return verdict(stage, report, code);
}

/**
 * Reads the counts. A stage that ended badly without a failed test (a file that does not load, an error outside any
 * test) or that ran nothing counts as one failure.
 *
 * @param {Stage} stage
 * @param {string} report
 * @param {number} code
 * @returns {Counts & { failures: readonly string[] }}
 */
export function verdict(stage, report, code) {
  if (code === 124) console.log(`The ${stage.name} tests took too long and were ended.`);
  if (!existsSync(report)) {
    const none = `The ${stage.name} tests left no report (exit code ${code}).`;
    console.log(none);
    return { passed: 0, failed: 1, skipped: 0, failures: [none] };
  }
  const content = /** @type {Report} */ (JSON.parse(readFileSync(report, 'utf8')));
  const counts = { ...stage.count(content), failures: stage.failures(content) };
  if (counts.passed + counts.failed === 0) {
    console.log(`The ${stage.name} stage has test files but ran no test.`);
    return { ...counts, failed: 1 };
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @returns {string[]} the test files, named from the tests folder with forward slashes */
function testFiles() {
  return readdirSync(join(repository, 'tests'), { recursive: true })
    .map((path) => String(path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.test.ts'));
}
