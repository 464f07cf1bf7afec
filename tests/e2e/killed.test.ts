import type { Page } from '@playwright/test';
import { RandomStream } from '#core/random.ts';
import { outcomeOf } from '../support/run-outcome.ts';
import { expect } from './app.ts';
import { editYaml, endless, expectResults, openSetup, train } from './journey.ts';
import { ends, test, type LastingBrowser } from './lasting-browser.ts';
import { storedRun } from './stored-run.ts';

/** Kills of one run at most. */
const KILLS_OF_RUN = 9;
/** The longest time from where a training went on to its kill. */
const LONGEST_MS = 1_200;

/** Some seconds of training, with checkpoints of more than a megabyte several times a second. */
function lengthy(yaml: string): string {
  return endless(yaml)
    .replace('epochs: 10000', 'epochs: 500')
    .replace('patience: 10000', 'patience: 500')
    .replace('resamples: 1000', 'resamples: 100');
}

/** The same time on a GPU that may be one in software. */
function onGpu(yaml: string): string {
  return lengthy(yaml)
    .replace('hidden_units: [512, 256]', 'hidden_units: [32, 16]')
    .replace('backend: wasm', 'backend: webgpu');
}

/** @returns the run's id */
async function begin(
  page: Page,
  datasetId: string,
  change: (yaml: string) => string,
): Promise<string> {
  await page.goto(`./#/setup/${datasetId}?target=species`);
  await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
  await editYaml(page, change);
  return train(page);
}

/** Has an interrupted run go on; nothing where it had ended before. */
async function resume(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Resume' });
  const report = page.getByRole('heading', { name: 'Candidates side by side' });
  await expect(button.or(report)).toBeVisible();
  if (await button.isVisible()) await button.click();
}

/** The epoch that the network goes on from; null where the run ended without more of its training. */
async function wentOnFrom(page: Page): Promise<number | null> {
  let epoch: number | null = null;
  await expect
    .poll(
      async () => {
        const text = await page.getByRole('main').innerText();
        const said = /^network went on from epoch ([\d,]+)\.$/m.exec(text)?.[1];
        if (said !== undefined) epoch = Number(said.replaceAll(',', ''));
        return epoch !== null || text.includes('Candidates side by side');
      },
      { timeout: 60_000, intervals: [50] },
    )
    .toBe(true);
  return epoch;
}

/**
 * Kills a run at random moments of its training, and sometimes on its way there.
 * @returns how often it was killed and went on from a checkpoint
 */
async function killOften(
  lasting: LastingBrowser,
  runId: string,
  random: RandomStream,
  most: number,
): Promise<number> {
  const now = () => storedRun(lasting.page, runId);
  await expect
    .poll(async () => (await now()).kept, { timeout: 60_000, intervals: [50] })
    .toContain('whole:network');
  let from = 0;
  for (let kills = 0; kills < most; kills += 1) {
    await lasting.page.waitForTimeout(random.uniform() * LONGEST_MS);
    if ((await now()).status === 'finished') return kills;
    await lasting.end(ends[kills % ends.length] ?? 'kill');
    await resume(lasting.page);
    if (random.uniform() < 0.2) {
      await lasting.page.waitForTimeout(random.uniform() * 500);
      await lasting.end('reload');
      await resume(lasting.page);
    }
    const epoch = await wentOnFrom(lasting.page);
    if (epoch === null) return kills;
    expect(epoch).toBeGreaterThan(0);
    expect(epoch).toBeGreaterThanOrEqual(from);
    from = epoch;
  }
  return most;
}

/** Fifty on wasm, in two tests side by side. */
for (const { seed, backend, change, kills: wanted } of [
  { seed: 1, backend: 'wasm', change: lengthy, kills: 25 },
  { seed: 2, backend: 'wasm', change: lengthy, kills: 25 },
  { seed: 3, backend: 'webgpu', change: onGpu, kills: 8 },
]) {
  test(
    `${wanted} kills of trainings on ${backend} at random moments, of page, tab, renderer and browser: each goes on from its checkpoint, and ends as one left alone (${seed})`,
    { tag: '@long' },
    async ({ lasting }) => {
      test.setTimeout(600_000);
      const random = new RandomStream(seed);
      const datasetId = await openSetup(lasting.page, 'penguins.csv', 'species');
      const outcome = async (runId: string) => {
        await expectResults(lasting.page);
        const { status, record, kept } = await storedRun(lasting.page, runId);
        expect(status).toBe('finished');
        expect(kept).toEqual([]);
        if (record === undefined) throw new Error(`${runId} is lost`);
        expect(record.environment.backend).toBe(backend);
        const { resumed = [], warnings } = record;
        return { resumed, found: { ...outcomeOf(record), warnings } };
      };
      const alone = await outcome(await begin(lasting.page, datasetId, change));
      expect(alone.resumed).toEqual([]);

      for (let kills = 0; kills < wanted;) {
        const runId = await begin(lasting.page, datasetId, change);
        const most = Math.min(KILLS_OF_RUN, wanted - kills);
        const ofRun = await killOften(lasting, runId, random, most);
        const { resumed, found } = await outcome(runId);
        expect(found).toEqual(alone.found);
        expect(resumed.length).toBeGreaterThanOrEqual(ofRun);
        expect(resumed.filter(({ epoch }) => epoch === 0)).toEqual([]);
        kills += ofRun;
      }
    },
  );
}
