import { chromiumLaunch } from '../chromium.mjs';
import { expect, test as base } from './app.ts';
import { editYaml, endless, expectResults, openSetup, train, trainSample } from './journey.ts';

const launch = chromiumLaunch();

/** The page as a workshop opens it: by plain http, under a name that is not this machine's own. */
const test = base.extend({
  baseURL: async ({ address }, use) => use(address.replace('127.0.0.1', 'workshop.test')),
});
test.use({
  launchOptions: {
    ...launch,
    args: [...launch.args, '--host-resolver-rules=MAP workshop.test 127.0.0.1'],
  },
});

test('over plain http everything works, and one line says what is off and why', async ({
  page,
}) => {
  await page.goto('./');
  expect(await page.evaluate(() => [isSecureContext, crossOriginIsolated])).toEqual([false, false]);
  await expect(page.getByRole('contentinfo')).toContainText(
    'WebGPU and worker threads are off: browsers withhold this from pages on plain http. Everything still works, on WebAssembly.',
  );
  await trainSample(page, 'penguins.csv', 'species');
  await page.getByRole('link', { name: /^Predict \(/ }).click();
  await expect(page.getByText('onnxruntime, in this tab')).toBeVisible();
});

test(
  'over plain http a second training waits for the first, also in another tab',
  { tag: '@long' },
  async ({ page, context }) => {
    const datasetId = await openSetup(page, 'penguins.csv', 'species');
    await editYaml(page, endless);
    await train(page);
    const cancelButton = page.getByRole('button', { name: 'Cancel' });
    await expect(page.getByText('2 of 3 candidates done')).toBeVisible();
    const tab = await context.newPage();
    await tab.goto(`./#/setup/${datasetId}?target=species`);
    await expect(tab.getByRole('button', { name: 'Train' })).toBeEnabled();
    await train(tab);
    const waiting = tab.getByText('Waiting for its turn: other work is under way');
    await expect(waiting).toBeVisible();
    // Longer than a worker may be silent.
    await tab.waitForTimeout(12_000);
    await expect(waiting).toBeVisible();
    await cancelButton.click();
    await expect(page.getByText('This run was cancelled.')).toBeVisible();
    await expectResults(tab);
  },
);
