import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import {
  editYaml,
  endless,
  expectResults,
  importSample,
  openSetup,
  replaceTrainer,
  train,
} from './journey.ts';

/** Some seconds of training, so that its tab can be closed in the middle. */
function lengthy(yaml: string): string {
  return endless(yaml)
    .replace('epochs: 10000', 'epochs: 500')
    .replace('patience: 10000', 'patience: 500');
}

/** The hashes of the data and of all candidates' weights. */
async function hashes(page: Page): Promise<string> {
  await expectResults(page);
  const found = page.getByRole('definition').filter({ hasText: /^\s*[0-9a-f]{64}\s*$/ });
  await expect(found.last()).toBeVisible();
  return (await found.allTextContents()).join(' ');
}

test(
  'a run whose tab was closed goes on from its checkpoint, to the weights of one left alone',
  { tag: '@long' },
  async ({ page, context }) => {
    test.setTimeout(240_000);
    await openSetup(page, 'penguins.csv', 'species');
    await editYaml(page, lengthy);
    const runId = await train(page);
    await expect(page.getByText(/^training, epoch [\d,]+ of/)).toBeVisible({ timeout: 60_000 });
    // Longer than from one checkpoint to the next.
    await page.waitForTimeout(2_500);
    const address = page.url();
    await page.close();

    const later = await context.newPage();
    await later.goto(address);
    await expect(later.getByText(/^This run was interrupted/)).toBeVisible();
    await expect(later.getByText('it can go on from its last checkpoint')).toBeVisible();
    await later.goto('./#/runs');
    const rows = later.getByRole('list', { name: 'Runs, newest first' }).getByRole('listitem');
    await expect(rows.nth(0)).toContainText('interrupted');
    await rows
      .nth(0)
      .getByRole('button', { name: /^Resume/ })
      .click();
    await rows.nth(0).getByRole('link').click();
    await expect(later.getByText(/^network went on from epoch \d+\.$/)).toBeVisible({
      timeout: 60_000,
    });
    expect(later.url()).toContain(runId);
    const resumed = await hashes(later);
    await expect(later.getByText(/^1 time\. network went on from epoch \d+\.$/)).toBeVisible();

    await later.getByRole('link', { name: 'Setup (done)' }).click();
    await editYaml(later, lengthy);
    expect(await train(later)).not.toBe(runId);
    expect(await hashes(later)).toBe(resumed);
  },
);

/** Has the devices of WebGPU that the first worker asks for taken away some seconds after they began to work. */
async function loseDevices(page: Page): Promise<void> {
  let isFirst = true;
  await page.route('**/train.worker-*.js', async (route) => {
    const response = await route.fetch();
    const code = await response.text();
    await route.fulfill({ response, body: isFirst ? losing + code : code });
    isFirst = false;
  });
}

const losing = `{
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await request.apply(this, given);
    const submit = device.queue.submit.bind(device.queue);
    let timer;
    device.queue.submit = (...commands) => {
      timer ??= setTimeout(() => device.destroy(), 4000);
      submit(...commands);
    };
    return device;
  };
}
`;

test(
  'a run that loses its GPU goes on in a new worker, to the weights of one left alone',
  { tag: '@long' },
  async ({ page }) => {
    test.setTimeout(240_000);
    const onGpu = (yaml: string): string =>
      endless(yaml)
        .replace('hidden_units: [512, 256]', 'hidden_units: [32, 16]')
        .replaceAll('10000', '3000')
        .replace('backend: wasm', 'backend: webgpu');
    await loseDevices(page);
    await openSetup(page, 'penguins.csv', 'species');
    await editYaml(page, onGpu);
    const runId = await train(page);
    await expect(
      page.getByText(
        /^The GPU stopped answering: .* goes on in a new worker \(1 of at most 3 times\)/,
      ),
    ).toBeVisible({ timeout: 60_000 });
    const resumed = await hashes(page);
    await expect(page.getByText(/^1 time\. network went on from epoch \d+\.$/)).toBeVisible();

    await page.getByRole('link', { name: 'Setup (done)' }).click();
    await editYaml(page, onGpu);
    expect(await train(page)).not.toBe(runId);
    expect(await hashes(page)).toBe(resumed);
  },
);

test('a person pauses a run, lets it go on, and resumes it after a reload in the pause', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await openSetup(page, 'penguins.csv', 'species');
  await editYaml(page, endless);
  await train(page);
  await expect(page.getByText(/^training, epoch [\d,]+ of/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Pause' }).press('Enter');
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await expect(page.getByRole('main').getByText('paused', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeFocused();
  const elapsed = page.getByText(/ elapsed$/);
  const before = await elapsed.textContent();
  await page.waitForTimeout(2_200);
  expect(await elapsed.textContent()).toBe(before);

  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('2 of 3 candidates done')).toBeVisible();
  await expect(elapsed).not.toHaveText(before ?? '');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^This run was interrupted/)).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText(/^network went on from epoch \d+\.$/)).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(page.getByText('This run was cancelled.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('pausing, paused and interrupted pages are accessible', { tag: '@long' }, async ({ page }) => {
  await openSetup(page, 'penguins.csv', 'species');
  await editYaml(page, endless);
  await train(page);
  await expect(page.getByText(/^training, epoch [\d,]+ of/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByText(/^This run was interrupted/)).toBeVisible();
  await expectAccessible(page);
  await page.goto('./#/runs');
  await expect(page.getByRole('button', { name: /^Resume/ })).toBeVisible();
  await expectAccessible(page);
});

test('a run whose page was left before its worker took it can be resumed at once, also by two presses', async ({
  page,
}) => {
  await openSetup(page, 'penguins.csv', 'species');
  // As if its code still came.
  await replaceTrainer(page, '');
  const runId = await train(page);
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await page.unrouteAll({ behavior: 'wait' });
  await page.reload();
  await expect(page.getByText(/^This run was interrupted/)).toBeVisible();
  await page.goto('./#/runs');
  await page.getByRole('button', { name: /^Resume/ }).dblclick();
  await expect(page.getByRole('status')).toHaveText(/ goes on\.$/);
  await expect(page.getByRole('alert')).toBeHidden();
  await page.goto(`./#/runs/${runId}`);
  await expectResults(page);
});

test('a second tab follows a run and sees its end', { tag: '@long' }, async ({ page, context }) => {
  await openSetup(page, 'penguins.csv', 'species');
  await editYaml(page, endless);
  await train(page);
  await expect(page.getByText(/^training, epoch [\d,]+ of/)).toBeVisible({ timeout: 60_000 });
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByText('Training in another tab')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(second.getByText('This run was cancelled.')).toBeVisible();
});

test(
  'a clustering that a reload interrupted gives the same weights when it is run again',
  { tag: '@long' },
  async ({ page }) => {
    test.setTimeout(180_000);
    const dataset = await importSample(page, 'seattle-weather.csv');
    const open = async (): Promise<void> => {
      await page.goto(`./#/setup/${dataset}?task=clustering`);
      await page.getByLabel('Backend').selectOption('wasm');
    };
    await open();
    await train(page);
    const whole = await hashes(page);
    expect(whole).toMatch(/[0-9a-f]{64}/);

    await open();
    // Intervals of so many resamples take seconds: time enough to be interrupted.
    await editYaml(page, (yaml) => yaml.replace('resamples: 1000', 'resamples: 10000'));
    await train(page);
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.reload();
    await expect(page.getByText(/^This run was interrupted/)).toBeVisible();
    await page.getByRole('button', { name: 'Run it again' }).click();
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
    await expect.poll(() => hashes(page), { timeout: 120_000 }).toBe(whole);
  },
);
