// The test run: `npm test`; with `--long` what takes longer, and nothing that runs there; with `--only` one stage of it.
// Installs what is missing, builds the page, runs the stages one after the other and ends with the counts.
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled } from '../src/cli/prepare.mjs';
import { ensurePython } from './runner/requirements.mjs';

const usage = 'Usage: node tests/run.mjs [--long] [--only unit|browser|interop|e2e]';

const { long, only } = readOptions();
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const failures = [];
/** Whoever sees only the end of the output sees so many of them. */
const SHOWN = 20;
// Mostly waiting for a package index, so it goes on beside what comes first; its stage waits for it and tells what is wrong.
if (only === undefined || only === 'interop') ensurePython().catch(() => undefined);
if (await succeeds(ensureInstalled)) {
  const { runStage, stages } = await import('./runner/stages.mjs');
  const chosen = stages.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) fail(`There is no stage "${only}". ${usage}`);
  const hasPage = await succeeds(ensureBuilt);
  for (const stage of chosen) {
    if (stage.needsPage && !hasPage) continue;
    const counts = await runStage(stage, { long });
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    failures.push(...counts.failures);
  }
}
if (failures.length > 0) {
  const shown = failures.slice(0, SHOWN).map((line) => `  ${line}`);
  console.log(`\nFailed:\n${shown.join('\n')}`);
  if (failures.length > SHOWN) console.log(`  and ${failures.length - SHOWN} more`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/**
 * @param {() => Promise<void>} step
 * @returns {Promise<boolean>} whether it ended well; if not, one failure is counted
 */
async function succeeds(step) {
  try {
    await step();
    return true;
  } catch (error) {
    console.log(String(error));
    total.failed += 1;
    return false;
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { long: { type: 'boolean', default: false }, only: { type: 'string' } },
    });
    return values;
  } catch (error) {
    return fail(`${String(error)}\n${usage}`);
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(2);
}
