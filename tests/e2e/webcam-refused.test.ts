import { chromiumLaunch } from '../chromium.mjs';
import { expect, test } from './app.ts';

const launch = chromiumLaunch();

/** A browser that has a camera, and lends it to nobody. */
test.use({
  launchOptions: {
    ...launch,
    args: [
      ...launch.args,
      '--use-fake-device-for-media-stream',
      '--host-resolver-rules=MAP workshop.test 127.0.0.1',
    ],
  },
});

test('a camera that may not be used is told, with what to do', async ({ page }) => {
  await page.goto('./#/capture');
  await page.getByRole('button', { name: 'Turn the camera on' }).click();
  await expect(page.getByRole('alert')).toContainText('This page may not use the camera.');
  await expect(page.getByRole('alert')).toContainText('Allow it beside the address');
  await page.context().grantPermissions(['camera']);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByLabel('What the camera sees')).toBeVisible();
});

test('over plain http there is no camera, and the reason is told', async ({ page, address }) => {
  await page.goto(`${address.replace('127.0.0.1', 'workshop.test')}#/capture`);
  await page.getByRole('button', { name: 'Turn the camera on' }).click();
  await expect(page.getByRole('alert')).toContainText(
    'Browsers lend a camera only to pages that came by https, or from this machine.',
  );
});
